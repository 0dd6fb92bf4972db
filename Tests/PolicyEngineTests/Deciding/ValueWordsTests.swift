import CEL
import Diagnostics
import PolicyEngine
import Testing

/// Values as texts for people have them.
@Suite struct ValueWordsTests {
  private func words(_ expression: String) throws -> String {
    let rule = """
      rules:
        - {rule: shown, title: Shown, decides: [payment], require: "false", because: "{\(expression)}"}
      """
    let result = PolicySet.load([
      try MistakenFile.base(), Source(name: "rules.yaml", text: rule),
    ])
    let policies = try #require(
      result.policies, "\(DiagnosticRenderer().render(result.diagnostics))")
    var mistakes: [Diagnostic] = []
    let document = try #require(
      FactDocument.read(
        json: Source(
          name: "d", text: #"{"id":"S","date":"2026-10-14","tags":["a","b"],"encounters":[]}"#),
        schema: policies.vocabulary.schema, into: &mistakes))
    let today = try #require(CivilDate("2026-10-14"))
    let explanation = policies.explain(document, today: today)
    return try #require(
      explanation.decisions.flatMap(\.rules).first { $0.id == "shown" }?.reason)
  }

  @Test(arguments: [
    ("[[1, 2], [], [0, -1]]", "(1, 2), (), (0, -1)"),
    ("[[[1], []], [[2, 3]]]", "((1), ()), ((2, 3))"),
    ("[session.tags, ['c']]", "(a, b), (c)"), ("[1, 2]", "1, 2"),
  ])
  func `lists in lists can be told apart`(expression: String, words: String) throws {
    #expect(try self.words(expression) == words)
  }

  @Test(arguments: [
    ("57600s", "16 hours"), ("3600s", "1 hour"), ("5400s", "1 hour 30 minutes"),
    ("60s", "1 minute"),
    ("61s", "1 minute 1 second"), ("0s", "0 minutes"), ("1.5s", "1.5 seconds"),
    ("-90m", "minus 1 hour 30 minutes"), ("168h", "168 hours"), ("20ms", "0.02 seconds"),
  ])
  func `durations are written as people write them`(duration: String, words: String) throws {
    #expect(try self.words("duration('\(duration)')") == words)
  }
}
