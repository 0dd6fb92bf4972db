import ArgumentParser
import Diagnostics
import PolicyEngine
import PolicyTesting

/// Where the policies and their fixtures are.
struct FixtureOptions: ParsableArguments {
  /// What stands there.
  struct Input {
    let policies: PolicySet
    /// The cases without a mistake.
    let suite: FixtureSuite
    /// The status for the mistakes of the fixture files.
    let status: ExitStatus
    /// The session files read, as they were before.
    let bases: FileStamps
  }

  @OptionGroup var policyOptions: PolicyOptions

  @Argument(help: ArgumentHelp("Fixture files, or folders of them.", valueName: "path"))
  var paths: [String] = []

  func validate() throws {
    if paths.contains("") { throw ValidationError("the name of a file is empty") }
  }

  /// The folder of the policies.
  var policies: String { policyOptions.policies }

  /// Where files are looked at for changes.
  var watchedPaths: [String] { [policies] + paths }

  /// The policies and the cases; the mistakes of either are written to standard error.
  ///
  /// - Throws: `ExitStatus.invalidPolicies` when the policies have an error.
  func load(style: TextStyle) throws -> Input {
    let policySet = try policyOptions.load(style: style)
    var bases = FileStamps([:])
    var diagnostics: [Diagnostic] = []
    let folder = policies.hasSuffix("/") ? "fixtures" : "/fixtures"
    let sources = FixtureFiles.sources(
      at: paths.isEmpty ? [policies + folder] : paths, into: &diagnostics)
    let suite = FixtureSuite.load(
      sources, policies: policySet,
      readFile: { path in
        bases = bases.adding(FileStamps(at: [path]))
        return try FixtureFiles.readBase(path)
      }, into: &diagnostics)
    StandardError.write(DiagnosticRenderer(style: style).render(diagnostics.sortedByPlace()))
    let errors = diagnostics.count { $0.severity == .error }
    if errors > 0 {
      let count = errors == 1 ? "1 error" : "\(errors) errors"
      StandardError.write("\(count) in the fixtures: what has one was not tried\n")
    }
    return Input(
      policies: policySet, suite: suite,
      status: errors == 0 ? .passes : .unreadableDocument, bases: bases)
  }
}

/// Which cases are tried.
struct CaseOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only the cases whose topic or name contains this, whatever the letter case.",
      valueName: "text"))
  var filter: String?

  /// The cases of a suite that are asked for.
  func cases(of suite: FixtureSuite) -> FixtureSuite {
    filter.map { suite.filtered(by: $0) } ?? suite
  }
}
