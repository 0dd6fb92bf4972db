import CEL
import Foundation
import LanguageServerProtocol
import PolicyLanguageServer
import TestSupport
import Testing

@Suite struct ServerTests {
  @Test func `says of every file what validate and test say, and takes it back`() throws {
    let client = try EditorClient()
    try client.receive()
    #expect(client.diagnostics.isEmpty)
    let text = try client.text("work-orders.yaml")
    try client.open("work-orders.yaml")
    try client.change(
      "work-orders.yaml", to: text.replacing("2015-07-01: 7", with: "2015-07-01: 8"))
    try client.receive()
    // A threshold that is wrong fails the cases on its edge, in their own file.
    let failing = try #require(client.diagnostics["fixtures/work-orders.yaml"])
    #expect(failing.allSatisfy { $0["code"] as? String == "fixture-fails" })
    try client.change("work-orders.yaml", to: text.replacing("int\n", with: "itn\n"))
    try client.receive()
    let mistakes = try #require(client.diagnostics["work-orders.yaml"])
    #expect(mistakes.first?["code"] as? String == "unknown-type")
    #expect((mistakes.first?["message"] as? String)?.contains("help: did you mean 'int'?") == true)
    #expect(client.diagnostics["fixtures/work-orders.yaml"] == nil)
    try client.change("work-orders.yaml", to: text)
    try client.receive()
    #expect(client.diagnostics.isEmpty)
  }

  @Test func `counts characters as the client asks for`() throws {
    for (encodings, column) in [(["utf-8"], 8), ([], 5), (["utf-16"], 5)] as [([String], Int)] {
      let client = try EditorClient(encodings: encodings)
      try client.open("x.yaml", text: "sourceTitle: A\nrules: []\n")
      try client.change(
        "x.yaml",
        [
          "text": "\"é😀\": x",
          "range": [
            "start": ["line": 1, "character": 0], "end": ["line": 1, "character": 9],
          ],
        ])
      try client.change(
        "x.yaml",
        [
          "text": "y",
          "range": [
            "start": ["line": 1, "character": encodings == ["utf-8"] ? 10 : 7],
            "end": ["line": 1, "character": encodings == ["utf-8"] ? 11 : 8],
          ],
        ])
      let folds = try client.list(
        "textDocument/selectionRange",
        [
          "textDocument": ["uri": client.uri("x.yaml")],
          "positions": [["line": 1, "character": 0]],
        ])
      let range = try #require(folds.first?["range"] as? [String: [String: Int]])
      #expect(range["end"]?["character"] == column, "\(encodings) \(range)")
    }
  }

  @Test func `answers what can't be answered with the right errors`() throws {
    let server = PolicyServer(folder: packageRoot.appending(path: "policies").path) { _ in
      CivilDate(daysSinceEpoch: 20_000)
    }
    func code(_ text: String) throws -> Int? {
      let answers = server.handle(Data(text.utf8))
      let answer = try #require(answers.first)
      let message = try #require(JSONSerialization.jsonObject(with: answer) as? [String: Any])
      return (message["error"] as? [String: Any])?["code"] as? Int
    }
    #expect(try code("{") == -32700)
    #expect(try code("[]") == -32600)
    #expect(try code("{\"jsonrpc\":\"2.0\"}") == -32600)
    #expect(try code("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"shutdown\"}") == -32600)
    let hover = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"textDocument/hover\",\"params\":{}}"
    #expect(try code(hover) == -32002)
    let initialize =
      "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"initialize\",\"params\":{\"capabilities\":{}}}"
    #expect(try code(initialize) == nil)
    #expect(try code(initialize) == -32600)
    #expect(try code(hover) == -32602)
    #expect(try code("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"textDocument/x\"}") == -32601)
    #expect(server.handle(Data("{\"jsonrpc\":\"2.0\",\"method\":\"$/x\"}".utf8)).isEmpty)
    #expect(server.handle(Data("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":1}".utf8)).isEmpty)
    #expect(try code("{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"shutdown\"}") == nil)
    #expect(try code(hover) == -32600)
    #expect(server.exitStatus == nil)
    _ = server.handle(Data("{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}".utf8))
    #expect(server.exitStatus == 0)
    let cancelled = try #require(
      PolicyServer.failure(.requestCancelled, to: Data(hover.utf8)).first)
    #expect(String(decoding: cancelled, as: UTF8.self).contains("-32800"))
  }

  @Test func `cuts the stream into messages wherever it is cut itself`() {
    var framing = MessageFraming()
    let bytes =
      MessageFraming.framed(Data("{}".utf8)) + Data("X: 1\r\n\r\n".utf8)
      + Data("Content-Type: a\r\ncontent-length: 3\r\n\r\nabc".utf8)
    var pieces: [MessageFraming.Piece] = []
    for byte in bytes {
      framing.receive(Data([byte]))
      while let piece = framing.next() { pieces.append(piece) }
    }
    #expect(
      pieces == [.message(Data("{}".utf8)), .unusableHeader, .message(Data("abc".utf8))])
  }
}

extension EditorClient {
  /// What was last said, as a text that can be compared.
  var said: [String] {
    diagnostics.flatMap { name, found in
      found.map { diagnostic in
        let start = (diagnostic["range"] as? [String: [String: Int]])?["start"] ?? [:]
        return "\(name):\(start["line"] ?? -1):\(start["character"] ?? -1) "
          + "\(diagnostic["code"] ?? "") \(diagnostic["message"] ?? "")"
      }
    }.sorted().map { $0.replacing(workspace.path, with: "") }
  }
}
