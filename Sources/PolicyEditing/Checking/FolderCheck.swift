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

  /// Looks at the files of a folder.
  package init(_ folder: PolicyFolder) { self.init(LoadedFolder(folder)) }

  /// Looks at what more there is to say where the policy set is read already.
  ///
  /// Where `isCancelled` says in the meantime that nobody waits for it, some of it is left out.
  package init(_ loaded: LoadedFolder, unless isCancelled: () -> Bool = { false }) {
    folder = loaded.folder
    policies = loaded.policies
    guard let policies = loaded.policies else {
      validation = loaded.mistakes
      suite = nil
      fixtureMistakes = []
      return
    }
    let folder = loaded.folder
    var mistakes = folder.fixtureMistakes
    suite = folder.fixtures.map { sources in
      FixtureSuite.load(
        sources, policies: policies, readFile: { try folder.base($0) }, into: &mistakes)
    }
    fixtureMistakes = mistakes
    let findings = Linter.findings(
      in: policies, fixtures: Self.use(of: suite, in: folder, policies, mistakes),
      unless: isCancelled)
    var formats = folder.formatMistakes
    _ = ExportFormat.load(folder.exports, policies: policies, into: &formats)
    _ = ReportFormat.load(folder.reports, policies: policies, into: &formats)
    validation = (loaded.mistakes + findings + formats).sortedByPlace()
  }

  /// What comes of the cases; nil where there are none to try, and where nobody waits for it any more.
  ///
  /// - Parameters:
  ///   - known: What came of cases before, with these policies and sessions, by the places of the cases: of
  ///     a file that is the same since, they are not tried again.
  ///   - isCancelled: Asked before each case whether somebody still waits.
  /// - Returns: The results, in the order of the cases.
  package func run(
    knowing known: [SourceRange: CaseResult] = [:], unless isCancelled: () -> Bool = { false }
  ) -> TestRun? {
    guard let policies, let suite else { return nil }
    var results: [CaseResult] = []
    for fixture in suite.cases {
      if let result = known[fixture.range] {
        results.append(result)
        continue
      }
      if isCancelled() { return nil }
      results.append(fixture.run(on: policies))
    }
    return TestRun(results: results, count: suite.cases.count)
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
