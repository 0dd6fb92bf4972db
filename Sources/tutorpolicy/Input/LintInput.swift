import Diagnostics
import PolicyAnalysis
import PolicyEngine
import PolicyTesting

/// What the linter is given: a policy set with what is known of the fixtures in its folder.
struct LintInput {
  let policies: PolicySet
  /// The folder of the policies.
  let directory: String

  /// What the checks find.
  var findings: [Diagnostic] { Linter.findings(in: policies, fixtures: fixtures) }

  /// What the fixtures try; nil where the folder has none.
  private var fixtures: FixtureUse? {
    let folder = directory + (directory.hasSuffix("/") ? "fixtures" : "/fixtures")
    guard PathKind(at: folder) != nil else { return nil }
    var mistakes: [Diagnostic] = []
    let sources = FixtureFiles.sources(at: [folder], into: &mistakes)
    // An empty folder is no fixtures yet, and no mistake in them.
    if mistakes.allSatisfy({ $0.code == FixtureFiles.noFilesCode }), sources.isEmpty { return nil }
    let suite = FixtureSuite.load(
      sources, policies: policies, readFile: { try FixtureFiles.readBase($0) }, into: &mistakes)
    return FixtureUse(
      rules: suite.rulesExpected, cases: suite.cases(in: policies), isIncomplete: mistakes.hasErrors
    )
  }
}
