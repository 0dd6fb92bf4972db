import Foundation
import TestSupport
import Testing

/// What the server offers somebody who writes.
@Suite struct WritingTests {
  @Test(
    arguments: [
      (
        "work-orders.yaml", "require: has(session.workOrder)", "require: has(session.",
        ["workOrder", "tutor", "isCareerLadder"]
      ),
      (
        "work-orders.yaml", "require: has(session.workOrder)", "require: session.date.",
        ["addDays", "daysUntil"]
      ),
      (
        "work-orders.yaml", "require: has(session.workOrder)", "require: ses",
        ["session", "today", "backfillDays", "has", "size"]
      ),
      (
        "work-orders.yaml", "require: has(session.workOrder)",
        "require: session.workOrder.kind == 'car'", ["career-ladder", "homebound"]
      ),
      (
        "work-orders.yaml", "require: has(session.workOrder)",
        "require: session.encounters.all(e, e.student.)", ["name", "grades"]
      ),
      (
        "work-orders.yaml", "    require: has(session.workOrder)", "    sever",
        ["severity", "effective"]
      ),
      ("work-orders.yaml", "decides: [payment]", "decides: [pay", ["payment", "qualifiers"]),
      (
        "fixtures/work-orders.yaml", "cases:",
        "cases:\n  - case: x\n    expect:\n      violated: [has-", ["has-work-order"]
      ),
      (
        "fixtures/work-orders.yaml", "cases:", "cases:\n  - case: x\n    change:\n      work",
        ["workOrder.kind", "tags"]
      ),
      (
        "vocabulary.yaml", "type: WorkOrder?", "type: Work",
        ["WorkOrder", "WorkOrderKind", "string"]
      ),
    ] as [(String, String, String, [String])])
  func `offers what can stand there`(
    name: String, found: String, typed: String, wanted: [String]
  ) throws {
    let client = try EditorClient()
    let text = try client.text(name)
    try client.open(name)
    let range = try #require(text.range(of: found))
    let changed = text.replacingCharacters(in: range, with: typed)
    try client.change(name, to: changed)
    // The place is where somebody has stopped to type: before what closes a text or a call.
    let closing = typed.reversed().prefix { "')".contains($0) }.count
    let place = try client.place(name, typed, plus: 0, in: changed)
    let position = try #require(place["position"] as? [String: Int])
    let lines = typed.split(separator: "\n", omittingEmptySubsequences: false)
    let last = try #require(lines.last)
    let column = (lines.count == 1 ? position["character"] ?? 0 : 0) + last.utf8.count - closing
    let list = try client.request(
      "textDocument/completion",
      [
        "textDocument": ["uri": client.uri(name)],
        "position": ["line": (position["line"] ?? 0) + lines.count - 1, "character": column],
      ])
    let labels = (list["items"] as? [[String: Any]] ?? []).compactMap { $0["label"] as? String }
    for name in wanted { #expect(labels.contains(name), "\(typed): \(labels)") }
  }

  @Test(arguments: [
    ("work-orders.yaml", "backfillDays", "On 2026-11-23: `7`, in force since 2015-07-01"),
    ("work-orders.yaml", "has-work-order", "Requires `has(session.workOrder)`"),
    ("remedial.yaml", "encounter.hasLowGrade", "called"),
    ("vocabulary.yaml", "approvedSchools:", "Changed by: district office"),
    ("decisions.yaml", "state-report:", "Needs `qualifiers`."),
    ("vocabulary.yaml", "addDays", "date.addDays(int): date"),
    ("vocabulary.yaml", "grade-d-or-f", "a case of `RemedialCriterion`"),
  ])
  func `says what a name means`(name: String, found: String, words: String) throws {
    let client = try EditorClient()
    let hover = try client.request("textDocument/hover", client.place(name, found, plus: 1))
    let contents = try #require((hover["contents"] as? [String: Any])?["value"] as? String)
    #expect(contents.lowercased().contains(words.lowercased()), "\(contents)")
  }

  @Test func `fixes what has a nearest right name, and silences what is meant`() throws {
    let client = try EditorClient()
    try client.open("work-orders.yaml")
    let text = try client.text("work-orders.yaml")
    let wrong = text.replacing("decides: [payment]", with: "decides: [paymnt]")
    try client.change("work-orders.yaml", to: wrong)
    var place = try client.place("work-orders.yaml", "paymnt", in: wrong)
    let position = try #require(place["position"])
    place["range"] = ["start": position, "end": position]
    place["context"] = ["diagnostics": [Any]()]
    let actions = try client.list("textDocument/codeAction", place)
    #expect(actions.first?["title"] as? String == "Change to 'payment'")
    let silent =
      text
        + """

          - rule: nobody-tries
            title: T
            decides: [payment]
            require: "!has(session.workOrder) || session.workOrder.id != 'WO-X'"
            because: B
            fix: F

        """.split(separator: "\n", omittingEmptySubsequences: false).map {
        $0.isEmpty ? "" : String($0)
      }
      .joined(separator: "\n")
    try client.change("work-orders.yaml", to: silent)
    try client.receive()
    #expect(
      client.diagnostics["work-orders.yaml"]?.contains {
        $0["code"] as? String == "rule-without-fixture"
      } == true, "\(client.diagnostics)")
    place = try client.place("work-orders.yaml", "nobody-tries", plus: 2, in: silent)
    let at = try #require(place["position"])
    place["range"] = ["start": at, "end": at]
    place["context"] = ["diagnostics": [Any]()]
    let titles = try client.list("textDocument/codeAction", place).compactMap {
      $0["title"] as? String
    }
    #expect(titles.contains("Silence 'rule-without-fixture', with a reason to be written"))
    #expect(titles.contains("Add a case for 'nobody-tries'"), "\(titles)")
  }

  @Test func `shows values in force, and what comes of cases`() throws {
    let client = try EditorClient()
    let whole: [String: Any] = [
      "start": ["line": 0, "character": 0], "end": ["line": 1_000, "character": 0],
    ]
    let hints = try client.list(
      "textDocument/inlayHint",
      ["textDocument": ["uri": client.uri("work-orders.yaml")], "range": whole])
    #expect(hints.contains { $0["label"] as? String == "= 7" }, "\(hints)")
    let cases = try client.list(
      "textDocument/inlayHint",
      ["textDocument": ["uri": client.uri("fixtures/starting.yaml")], "range": whole])
    #expect(cases.count > 10)
    #expect(cases.allSatisfy { $0["label"] as? String == "✓" })
    let lenses = try client.list(
      "textDocument/codeLens", ["textDocument": ["uri": client.uri("work-orders.yaml")]])
    let titles = lenses.compactMap { ($0["command"] as? [String: Any])?["title"] as? String }
    #expect(titles.allSatisfy { $0.hasSuffix("all pass") }, "\(titles)")
    let outline = try client.list(
      "textDocument/documentSymbol", ["textDocument": ["uri": client.uri("fixtures/starting.yaml")]]
    )
    #expect(outline.first?["name"] as? String == "another session of the tutor")
    let symbols = try #require(
      try client.answer("workspace/symbol", ["query": "HasLow"])["result"] as? [[String: Any]])
    #expect(symbols.compactMap { $0["name"] as? String } == ["hasLowGrade"])
  }
}
