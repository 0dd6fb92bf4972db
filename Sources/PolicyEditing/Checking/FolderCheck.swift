package import Diagnostics
import PolicyAnalysis
package import PolicyEngine
import PolicyExports
package import PolicyTesting

/// All that is to be said of a policy folder: one analysis, for the command line and for editors.
package struct FolderCheck: Sendable {
  /// The files looked at.
  package let folder: PolicyFolder
  /// The policy set; nil when it has an error.
  package let policies: PolicySet?
  /// What is to be said of the policy set, its exports and its reports, as `validate` shows it.
  package let validation: [Diagnostic]
  /// The cases of the fixtures that have no mistake; nil without a policy set, or without fixtures.
  package let suite: FixtureSuite?
  /// What is wrong with the fixture files.
  package let fixtureMistakes: [Diagnostic]
  /// What came of reading the policy files.
  private let loaded: PolicyLoadResult

  /// Looks at the files of a folder, where it was looked at before at those alone that have changed since.
  package init(_ folder: PolicyFolder, after previous: FolderCheck? = nil) {
    self.folder = folder
    let known = previous.flatMap { $0.folder.policies == folder.policies ? $0.loaded : nil }
    let loaded = known ?? PolicySet.load(folder.policies, unreadable: folder.policyMistakes)
    self.loaded = loaded
    policies = loaded.policies
    guard let policies = loaded.policies else {
      validation = loaded.diagnostics
      suite = nil
      fixtureMistakes = []
      return
    }
    var mistakes = folder.fixtureMistakes
    suite = folder.fixtures.map { sources in
      FixtureSuite.load(
        sources, policies: policies, readFile: { try folder.base($0) }, into: &mistakes)
    }
    fixtureMistakes = mistakes
    let findings = Linter.findings(
      in: policies, fixtures: Self.use(of: suite, in: folder, policies, mistakes))
    var formats = folder.formatMistakes
    _ = ExportFormat.load(folder.exports, policies: policies, into: &formats)
    _ = ReportFormat.load(folder.reports, policies: policies, into: &formats)
    validation = (loaded.diagnostics + findings + formats).sortedByPlace()
  }

  /// What comes of the cases; nil where there are none to try.
  package func run() -> TestRun? {
    guard let policies, let suite else { return nil }
    return suite.run(on: policies)
  }

  /// What the linter is told of the fixtures; nil where the folder has none.
  private static func use(
    of suite: FixtureSuite?, in folder: PolicyFolder, _ policies: PolicySet,
    _ mistakes: [Diagnostic]
  ) -> FixtureUse? {
    guard let suite else { return nil }
    // An empty folder is no fixtures yet, and no mistake in them.
    if mistakes.allSatisfy({ $0.code == FixtureFiles.noFilesCode }),
      folder.fixtures?.isEmpty ?? true
    {
      return nil
    }
    return FixtureUse(
      rules: suite.rulesExpected, cases: suite.cases(in: policies),
      isIncomplete: mistakes.hasErrors)
  }
}
