import Foundation
import TestSupport
import Testing

/// What the server does when it is told to, and what it says in parts.
@Suite struct CommandTests {
  private let name = "fixtures/work-orders.yaml"

  /// A client with a case that fails, and the argument that names the case.
  private func failing() throws -> (client: EditorClient, text: String, argument: [String: Any]) {
    let client = try EditorClient()
    let text = try client.text(name).replacing(
      "decisions: {payment: pass, export: pass}", with: "decisions: {payment: fail, export: pass}")
    try client.open(name, text: text)
    try client.receive()
    let place = try client.place(name, "a session as it should be", in: text)
    let position = try #require(place["position"] as? [String: Int])
    return (client, text, ["uri": client.uri(name), "line": position["line"] ?? 0])
  }

  @Test func `a case is run, and accepted where it fails`() throws {
    let (client, _, argument) = try failing()
    let lenses = try client.list(
      "textDocument/codeLens", ["textDocument": ["uri": client.uri(name)]])
    let titles = lenses.compactMap { ($0["command"] as? [String: Any])?["title"] as? String }
    #expect(titles.prefix(3) == ["fails: run", "accept what comes", "passes: run"])
    let command = try #require(lenses[1]["command"] as? [String: Any])
    #expect(command["command"] as? String == "tutorpolicy.acceptCase")
    #expect(
      (command["arguments"] as? [[String: Any]])?.first?["line"] as? Int == argument["line"] as? Int
    )

    let run = try client.messages(
      "workspace/executeCommand", ["command": "tutorpolicy.runCase", "arguments": [argument]])
    #expect(run.count == 2)
    let shown = try #require((run[0]["params"] as? [String: Any])?["message"] as? String)
    #expect(shown.contains("expected  fail\n      actual    pass"), "\(shown)")

    let accepted = try client.messages(
      "workspace/executeCommand", ["command": "tutorpolicy.acceptCase", "arguments": [argument]])
    #expect(accepted[0]["method"] as? String == "workspace/applyEdit")
    let edit = try #require((accepted[0]["params"] as? [String: Any])?["edit"] as? [String: Any])
    let changes = try #require(edit["changes"] as? [String: [[String: Any]]])
    #expect(changes[client.uri(name)]?.compactMap { $0["newText"] as? String } == ["pass"])
  }

  @Test func `what comes is a code action, too`() throws {
    let (client, text, _) = try failing()
    var place = try client.place(name, "payment: fail, export", in: text)
    let position = try #require(place["position"])
    place["range"] = ["start": position, "end": position]
    place["context"] = ["diagnostics": [Any]()]
    // The mistake stands at the value, which begins behind the key.
    let wanted = try client.place(name, "fail, export", in: text)
    place["range"] = ["start": wanted["position"], "end": wanted["position"]]
    let titles = try client.list("textDocument/codeAction", place).compactMap {
      $0["title"] as? String
    }
    #expect(titles == ["Expect what comes of 'a session as it should be is paid and exported'"])
  }

  @Test(arguments: [
    ("tutorpolicy.runCase", 0, "there is no case on this line, or it has a mistake"),
    ("tutorpolicy.other", 0, "there is no command 'tutorpolicy.other'"),
  ])
  func `what can't be done is refused`(command: String, line: Int, message: String) throws {
    let client = try EditorClient()
    let answer = try client.answer(
      "workspace/executeCommand",
      ["command": command, "arguments": [["uri": client.uri(name), "line": line]]])
    #expect((answer["error"] as? [String: Any])?["message"] as? String == message)
  }

  @Test func `long lists come in parts where a client asks for them`() throws {
    let client = try EditorClient()
    let whole = try client.list("workspace/symbol", ["query": ""])
    #expect(whole.count > 100)
    let parts = try client.messages(
      "workspace/symbol", ["query": "", "partialResultToken": "symbols"])
    let items = parts.dropLast().flatMap { message -> [[String: Any]] in
      let params = message["params"] as? [String: Any]
      #expect(message["method"] as? String == "$/progress")
      #expect(params?["token"] as? String == "symbols")
      return params?["value"] as? [[String: Any]] ?? []
    }
    #expect(parts.count == (whole.count + 99) / 100 + 1)
    #expect(
      items.compactMap { $0["name"] as? String } == whole.compactMap { $0["name"] as? String })
    #expect((parts.last?["result"] as? [Any])?.isEmpty == true)
  }

  @Test func `an expression is explained for a session, as on the command line`() throws {
    let client = try EditorClient()
    var params = try client.place("ending.yaml", "date(session.end) == date(session.start)")
    params["session"] =
      client.workspace.appending(path: "Examples/sessions/outside-school-day.yaml").absoluteString
    params["today"] = "2026-11-23"
    let results = try client.list("tutorpolicy/explain", params)
    #expect(results.first?["about"] as? String == "session")
    let text = try #require(results.first?["text"] as? String)
    #expect(text.contains("session.end: Tue 17 Nov 2026 7:30 pm"), "\(text)")
    params["session"] = client.uri("decisions.yaml")
    let refused = try client.answer("tutorpolicy/explain", params)
    #expect((refused["error"] as? [String: Any])?["code"] as? Int == -32803)
  }

  @Test func `what a request has found out is said all the same`() throws {
    let client = try EditorClient()
    let policies = "work-orders.yaml"
    let text = try client.text(policies)
    try client.open(policies)
    let wrong = text.replacing("2015-07-01: 7", with: "2015-07-01: 8")
    for (text, fails) in [(wrong, true), (text, false)] {
      try client.change(policies, to: text)
      _ = try client.list(
        "textDocument/codeLens", ["textDocument": ["uri": client.uri(policies)]])
      try client.receive()
      #expect((client.diagnostics[name] != nil) == fails)
    }
  }

  @Test func `the variable of a macro is renamed in its expression alone`() throws {
    let client = try EditorClient()
    let file = "ending.yaml"
    var place = try client.place(file, "session.encounters.all(e, has(e.departed))", plus: 23)
    let prepared = try client.request("textDocument/prepareRename", place)
    #expect(prepared["placeholder"] as? String == "e")
    place["newName"] = "another"
    let edit = try client.request("textDocument/rename", place)
    let changes = try #require(edit["changes"] as? [String: [[String: Any]]])
    #expect(changes.keys.sorted() == [client.uri(file)])
    #expect(changes[client.uri(file)]?.count == 2)
    for (wrong, message) in [
      ("session", "that means something here"),
      ("a b", "can't be the name of a variable"), ("e", "is the name already"),
    ] {
      place["newName"] = wrong
      let answer = try client.answer("textDocument/rename", place)
      let said = (answer["error"] as? [String: Any])?["message"] as? String
      #expect(said?.contains(message) == true, "\(wrong): \(answer)")
    }
  }

  @Test func `a rule shows what it said of last month's sessions`() throws {
    let client = try EditorClient(sessions: "Examples/sessions/week-42.ndjson")
    try client.receive()
    let lenses = try client.list(
      "textDocument/codeLens", ["textDocument": ["uri": client.uri("work-orders.yaml")]])
    let titles = lenses.compactMap { ($0["command"] as? [String: Any])?["title"] as? String }
    #expect(
      titles.allSatisfy { $0.contains(/all pass · last month violated in \d+ of \d+ sessions/) },
      "\(titles)")
  }
}
