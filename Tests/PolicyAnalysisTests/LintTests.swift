import Diagnostics
import Foundation
import PolicyAnalysis
import PolicyEngine
import TestSupport
import Testing

/// A policy file in which a check finds something, read together with the base.
struct LintFile: Sendable, CustomTestStringConvertible {
  let name: String

  var testDescription: String { name }

  static let folder = packageRoot.appending(path: "Tests/PolicyAnalysisTests/Fixtures")

  static let all: [LintFile] = {
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "lint").path)
    return (names ?? []).filter { $0.hasSuffix(".yaml") }.sorted().map { LintFile(name: $0) }
  }()

  static func base() throws -> Source {
    Source(
      name: "base.yaml", bytes: Array(try Data(contentsOf: folder.appending(path: "base.yaml"))))
  }

  func text() throws -> String {
    try String(contentsOf: Self.folder.appending(path: "lint/\(name)"), encoding: .utf8)
  }

  func load() throws -> PolicySet {
    try policies([try Self.base(), Source(name: name, text: try text())])
  }
}

/// The policy set of sources without mistakes.
func policies(_ sources: [Source]) throws -> PolicySet {
  let result = PolicySet.load(sources)
  return try #require(
    result.policies, "\(DiagnosticRenderer().render(result.diagnostics))")
}

/// What the linter finds, where the fixtures try all rules but those whose id begins with `untried`.
func findings(in policies: PolicySet) -> [Diagnostic] {
  let ids = policies.rules.map(\.id).filter { !$0.hasPrefix("untried") }
  let fixtures = FixtureUse(
    rules: Set(ids), cases: ["Medium": ["paper"]], isIncomplete: false)
  return Linter.findings(in: policies, fixtures: fixtures)
}

@Suite struct LintTests {
  @Test func `there is a file for every check`() {
    #expect(LintFile.all.map(\.name) == LintCheck.allCases.map { "\($0.rawValue).yaml" }.sorted())
  }

  @Test func `nothing is found in the base`() throws {
    let policies = try policies([try LintFile.base()])
    #expect(DiagnosticRenderer().render(findings(in: policies)) == "")
  }

  @Test(arguments: LintFile.all)
  func `a check finds what it is for, and nothing else is found`(file: LintFile) throws {
    let findings = findings(in: try file.load())
    #expect(!findings.isEmpty)
    for finding in findings {
      #expect(
        "\(finding.code.rawValue).yaml" == file.name, "\(DiagnosticRenderer().render(finding))")
      #expect(finding.severity == .warning)
    }
    try assertSnapshot(
      DiagnosticRenderer().render(findings),
      named: file.name.replacing(".yaml", with: ".txt"), in: "lint")
  }

  @Test(arguments: LintFile.all)
  func `a check has a page with its example and what is found in it`(file: LintFile) throws {
    let name = file.name.replacing(".yaml", with: "")
    let page = try String(
      contentsOf: packageRoot.appending(
        path: "Sources/PolicyEngine/PolicyEngine.docc/Warnings/\(name).md"), encoding: .utf8)
    let finding = try String(
      contentsOf: packageRoot.appending(
        path: "Tests/PolicyAnalysisTests/Snapshots/lint/\(name).txt"), encoding: .utf8)
    #expect(page.contains("```yaml\n\(try file.text())```\n"))
    #expect(page.contains("```\n\(finding)```\n"))
  }

  @Test func `without fixtures, no rule has one, and of cases nothing is said`() throws {
    let policies = try policies([try LintFile.base()])
    let findings = Linter.findings(in: policies, fixtures: nil)
    #expect(findings.map(\.code) == policies.rules.map { _ in .ruleWithoutFixture })
  }

  @Test func `with mistakes in the fixtures, it is said that nothing is known of them`() throws {
    let policies = try policies([try LintFile.base()])
    let findings = Linter.findings(
      in: policies, fixtures: FixtureUse(rules: [], cases: [:], isIncomplete: true))
    #expect(
      findings.map(\.message) == [
        "the fixtures have mistakes, so it is not known which rules they try"
      ])
  }

  @Test(arguments: [
    (
      "{mising-fix: why}", "'mising-fix' is not a check", "mising-fix",
      "did you mean 'missing-fix'?"
    ),
    (
      "{missing-fix: ' '}", "'missing-fix' is silenced without a reason", "missing-fix",
      "write why behind the colon, for whoever reads the file next"
    ),
    (
      "{missing-fix: }", "'missing-fix' is silenced without a reason", "missing-fix",
      "write why behind the colon, for whoever reads the file next"
    ),
    (
      "{mutant: nobody minds}", "'mutant' does not say which changes are accepted", "mutant",
      "write each change as 'tutorpolicy mutate' shows it, or its kind, with the reason: "
        + "{mutant: {comparison: the reason}}"
    ),
    (
      "{mutant: {comparison: }}", "'comparison' is accepted without a reason", "comparison",
      "write why behind the colon, for whoever reads the file next"
    ),
  ])
  func `a silence must name a check and give a reason`(
    lint: String, message: String, marked: String, help: String
  ) throws {
    let rule = """
      rules:
        - rule: long-id
          title: The id is long
          decides: [lend]
          require: size(loan.id) > 3
          lint: \(lint)
      """
    let result = PolicySet.load([try LintFile.base(), Source(name: "rule.yaml", text: rule)])
    #expect(result.policies == nil)
    let mistake = try #require(result.diagnostics.first)
    #expect(result.diagnostics.count == 1)
    #expect(mistake.message == message)
    #expect(mistake.range?.text == marked)
    #expect(mistake.help == help)
  }
}

@Suite struct LintBoundTests {
  @Test func `terms of terms of terms are followed as far as there is room`() throws {
    let terms = (1..<70).map { "      t\($0): thing.t\($0 - 1) && thing.flag && limit > 3\n" }
    let findings = try findings(
      terms: "      t0: thing.flag\n" + terms.joined(), require: "!thing.t69 || thing.flag")
    #expect(findings == ["never-violated"])
  }

  @Test func `many choices at once are left open`() throws {
    let parts = (0..<1_500).map { "(thing.count == \($0) || thing.count > \($0 + 1))" }
    let list = "{all: [\(parts.map { "\"\($0)\"" }.joined(separator: ", "))]}"
    #expect(try findings(terms: "      t0: thing.flag && limit > 3", require: list) == [])
  }

  /// What is found in a rule that requires a condition.
  private func findings(terms: String, require: String) throws -> [String] {
    let text = """
      document: {thing: Thing}
      governedBy: thing.date
      types:
        Thing:
          lint: {unused-term: an example, unused-fact: an example}
          facts: {date: date, flag: bool, count: int}
          terms:
      \(terms)
      parameters: {limit: {type: int, values: {2020-01-01: 4}}}
      decisions: {go: {about: Thing}}
      rules:
        - rule: one
          title: One
          decides: [go]
          require: \(require.hasPrefix("{") ? require : "\"\(require)\"")
          because: x
          fix: y
      """
    let policies = try policies([Source(name: "chain.yaml", text: text)])
    return PolicyAnalysisTests.findings(in: policies).map(\.code.rawValue).filter {
      $0 != "unused-silence"
    }
  }
}
