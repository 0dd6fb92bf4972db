import Foundation
import TestSupport
import Testing

/// Values bound to one another, each read twice by the next: small to write, and doubled forty times.
@Suite struct SharingTests {
  private static func chain(_ start: String, _ step: String, end: String) -> String {
    let times = 40
    var text = end.replacing("$", with: "x\(times)")
    for index in (0..<times).reversed() {
      text = "cel.bind(x\(index + 1), \(step.replacing("$", with: "x\(index)")), \(text))"
    }
    return "cel.bind(x0, \(start), \(text))"
  }

  private static let conditions = [
    chain("session.n", "$ + $", end: "$ >= 0"),
    chain("session.n", "$ > 100 ? $ : $ - $", end: "$ <= 9"),
    chain("session.n > 3", "$ && $", end: "$"), chain("session.n > 3", "$ || !$", end: "$"),
    chain("session.texts", "[[$, $]].map(y, y[0])[0]", end: "size($) > 0"),
    chain(
      "session.texts", "$.exists(t, t == 'b') == $.exists(t, t == 'c') ? $ : $", end: "size($) > 1"),
    chain("session.id", "$ == 'x' ? $ + $ : $", end: "$ == 'S-2'"),
    chain("session.day", "$ < today ? $ : $.addDays(1)", end: "$ < today"),
    chain(
      "session.texts.exists(t, t == 'a')",
      "session.texts.exists(t, $) == session.texts.exists(t, $)", end: "!$"),
  ]

  private static let policies = """
    document: {session: Session}
    governedBy: session.day
    identifiedBy: session.id
    types:
      Session:
        facts:
          id: {type: string, changedBy: tutor}
          day: {type: date, changedBy: tutor}
          n: {type: int, changedBy: tutor}
          texts: {type: [string], changedBy: tutor}
    decisions: {go: {about: Session}}
    rules:

    """
    + conditions.enumerated().map { index, condition in
      """
        - rule: rule-\(index)
          title: Rule \(index)
          decides: [go]
          require: "\(condition)"
          because: "{\(condition)}"
          fix: Correct it.

      """
    }.joined()

  private static let fixtures = """
    topic: Sharing
    base: {id: S-1, day: 2026-10-14, n: 5, texts: [a, b]}
    today: 2026-11-23
    cases:
      - {case: as it is, expect: {decisions: {go: fail}, violated: [rule-6, rule-8]}}
    """

  private static let session = #"{"id":"S-1","day":"2026-10-14","n":5,"texts":["a","b"]}"#

  @Test(
    .timeLimit(.minutes(10)),
    arguments: [
      ["validate", "--details"], ["check", "session.json"], ["explain", "session.json"],
      ["explain", "session.json", "--between=2026-10-01..2026-10-31"],
      ["fix", "session.json"], ["test"], ["coverage"],
      ["mutate", "--no-search", "--filter", "rule-0"],
    ])
  func `are gone through once by every command`(command: [String]) async throws {
    let folder = try Folder(files: [
      "p.yaml": Self.policies, "fixtures/f.yaml": Self.fixtures, "session.json": Self.session,
    ])
    let arguments = command.map { $0 == "session.json" ? folder.path + "/session.json" : $0 }
    let onDay = ["check", "explain", "fix"].contains(command[0]) ? [today] : []
    let result = try await runCommand(
      builtProduct("tutorpolicy"), arguments + ["--policies", folder.path] + onDay,
      environment: ["NO_COLOR": "", "COLUMNS": "100"])
    #expect([0, 1].contains(result.status), "\(result.standardError)")
  }
}
