import Foundation
import TestSupport
import Testing

/// What a line of `check --format ndjson` holds.
private struct Line: Decodable {
  struct Finding: Decodable {
    let rule: String
    let at: String
  }

  let id: String
  let decisions: [String: String]
  let violated: [Finding]
  let undetermined: [Finding]
  let warnings: [Finding]
}

/// What a line of `explain --format ndjson` holds, as far as the tests look.
private struct ExplanationLine: Decodable {
  struct Decision: Decodable {
    struct Rule: Decodable {
      let rule: String
      let outcome: String
    }
    let rules: [Rule]
  }
  let decisions: [Decision]
}

@Suite struct ExampleTests {
  static let examples = files(in: "Examples/sessions", withExtensions: ["yaml", "json"])

  /// The rules of the handbook, by the ids that reports and bookmarks use.
  static let handbookRules = [
    "no-other-active-session", "school-chosen", "career-ladder-description",
    "family-event-approved", "has-work-order", "work-order-within-backfill-window",
    "session-finished", "homebound-by-assigned-teacher", "detention-only-not-remedial",
    "credit-recovery-material", "remedial-criterion-recorded", "remedial-subject-recorded",
    "claimed-criterion-on-record", "times-within-session", "session-ended-before-tagging",
    "career-ladder-goal-tag", "criterion-met-but-not-remedial", "detention-not-recorded",
    "outside-school-day",
  ]

  private static let allDecisions = [
    "start", "qualifiers", "attendance", "payment", "export", "assign-work-order", "tag",
    "state-report",
  ].map { "--decision=" + $0 }

  @Test func `there are examples`() {
    #expect(Self.examples.count >= 14)
  }

  @Test(arguments: examples)
  func `an example is explained as recorded`(example: String) async throws {
    let result = try await tutorpolicy("explain", "Examples/sessions/" + example, today)
    #expect(result.standardError == "")
    #expect([0, 1].contains(result.status))
    let name = example.replacing(/\.(yaml|json)$/, with: ".txt")
    try assertSnapshot(result.steadyOutput, named: name, in: "explain")
  }

  @Test(arguments: examples)
  func `the ways out of an example are told as recorded`(example: String) async throws {
    let result = try await tutorpolicy("fix", "Examples/sessions/" + example, today)
    #expect(result.standardError == "")
    #expect([0, 1].contains(result.status))
    let name = example.replacing(/\.(yaml|json)$/, with: ".txt")
    try assertSnapshot(result.standardOutput, named: name, in: "fix")
  }

  @Test(arguments: examples.filter { handbookRules.contains($0.replacing(".yaml", with: "")) })
  func `an example named by a rule is found by that rule`(example: String) async throws {
    let line = try await check(example)
    let found = line.violated + line.warnings
    #expect(found.contains { $0.rule == example.replacing(".yaml", with: "") })
  }

  @Test func `every rule of the handbook has examples on both sides`() async throws {
    let paths = Self.examples.map { "Examples/sessions/" + $0 }
    let result = try await run(["explain", today, "--format=ndjson"] + paths)
    var outcomes: [String: Set<String>] = [:]
    for line in result.standardOutput.split(separator: "\n") {
      let explanation = try JSONDecoder().decode(ExplanationLine.self, from: Data(line.utf8))
      for rule in explanation.decisions.flatMap(\.rules) {
        outcomes[rule.rule, default: []].insert(rule.outcome)
      }
    }
    for rule in Self.handbookRules {
      #expect(outcomes[rule, default: []].isSuperset(of: ["violated", "satisfied"]), "\(rule)")
    }
  }

  private func check(_ example: String) async throws -> Line {
    let result = try await run(["check", "Examples/sessions/" + example, today, "--format=ndjson"])
    return try JSONDecoder().decode(Line.self, from: Data(result.standardOutput.utf8))
  }

  private func run(_ arguments: [String]) async throws -> CommandResult {
    try await runCommand(builtProduct("tutorpolicy"), arguments + Self.allDecisions)
  }
}
