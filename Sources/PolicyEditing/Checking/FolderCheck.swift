package import Diagnostics
import PolicyAnalysis
package import PolicyEngine
import PolicyExports
package import PolicyTesting

/// All that is to be said of a policy folder: one analysis, for the command line and for editors.
package struct FolderCheck: Sendable {
  /// What is to be said of the policy set, its exports and its reports, as `validate` shows it.
  package let validation: [Diagnostic]
  /// The cases.
  package let cases: FolderCases

  /// Looks at the files of a folder.
  package init(_ folder: PolicyFolder) { self.init(FolderCases(LoadedFolder(folder))) }

  /// Looks at what more there is to say where the policy set and the cases are read already.
  ///
  /// - Parameters:
  ///   - cases: The cases, with the policies.
  ///   - isCancelled: Where it says in the meantime that nobody waits, some of it is left out.
  package init(_ cases: FolderCases, unless isCancelled: () -> Bool = { false }) {
    self.cases = cases
    let loaded = cases.loaded
    guard let policies = loaded.policies else {
      validation = loaded.mistakes
      return
    }
    let findings =
      isCancelled()
      ? [] : Linter.findings(in: policies, fixtures: cases.use, unless: isCancelled)
    var formats = loaded.folder.formatMistakes
    _ = ExportFormat.load(loaded.folder.exports, policies: policies, into: &formats)
    _ = ReportFormat.load(loaded.folder.reports, policies: policies, into: &formats)
    validation = (loaded.mistakes + findings + formats).sortedByPlace()
  }

  /// The files looked at.
  package var folder: PolicyFolder { cases.loaded.folder }
  /// The policy set; nil when it has an error.
  package var policies: PolicySet? { cases.loaded.policies }
  /// The cases of the fixtures that have no mistake; nil without a policy set, or without fixtures.
  package var suite: FixtureSuite? { cases.suite }
  /// What is wrong with the fixture files.
  package var fixtureMistakes: [Diagnostic] { cases.mistakes }

  /// What comes of the cases; nil where there are none to try, and where nobody waits for it any more.
  ///
  /// - Parameter isCancelled: Asked before each case whether nobody waits any more.
  /// - Returns: The results, in the order of the cases.
  package func run(unless isCancelled: () -> Bool = { false }) -> TestRun? {
    SettledFolder(cases, unless: isCancelled)?.run
  }
}
