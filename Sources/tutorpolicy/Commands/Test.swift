import ArgumentParser
import Diagnostics
import Foundation
import PolicyEngine
import PolicyTesting

/// `tutorpolicy test`: tries the fixtures.
struct Test: ParsableCommand {
  /// The form of the output.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, tap, junit, github, json
  }

  static let configuration = CommandConfiguration(
    abstract: "Tries the fixtures: sessions with what the policies must decide of them.",
    discussion: """
      Fixtures are YAML files; unless paths are given, those in the folder 'fixtures' of the policies. \
      A failure shows the case with its place, what was expected, what came, and the rules with the \
      facts that decided.

      A case with a mistake (an unknown rule, a change that changes nothing, nothing expected) is an \
      error, and a run without cases is a failure: nothing passes because nothing was tried.

      --accept rewrites what the failing cases expect, in place, to what came; review it as a diff.

      EXIT STATUS
        0  there are cases, and all of them pass
        1  a case fails, or there is none
        2  wrong usage
        3  the policy set has errors; nothing was tried
        4  a fixture file has mistakes (the cases without one are still tried)
      """)

  @OptionGroup var policyOptions: PolicyOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only the cases whose topic or name contains this, whatever the letter case.",
      valueName: "text"))
  var filter: String?

  @Option(
    name: .long,
    help: "text, tap (Test Anything Protocol), junit (XML), github (annotations) or json.")
  var format = Format.text

  @Flag(name: .long, help: "End at the first case that fails.")
  var failFast = false

  @Flag(name: .long, help: "Rewrite what failing cases expect to what came.")
  var accept = false

  @OptionGroup var colors: ColorOptions

  @Argument(help: ArgumentHelp("Fixture files, or folders of them.", valueName: "path"))
  var paths: [String] = []

  func run() throws {
    let policies = try policyOptions.load(style: colors.errorStyle)
    let (suite, status) = FixtureInput(paths: paths, policyOptions: policyOptions)
      .load(for: policies, style: colors.errorStyle)
    let selected = filter.map { suite.filtered(by: $0) } ?? suite
    let run = selected.run(on: policies, stopsAtFirstFailure: failFast)
    var output = StandardOutput()
    switch format {
    case .text:
      let report = TestTextReport(width: Terminal.standardOutput.width, style: colors.style)
      output.write(report.render(run))
    case .tap: output.write(run.tap)
    case .junit: output.write(run.junit)
    case .github: output.write(WorkflowAnnotations.render(run.diagnostics))
    case .json: output.write(run.json + "\n")
    }
    output.flush()
    if accept { try rewrite(run) }
    let final = max(status, run.passes ? .passes : .fails)
    if final != .passes { throw final }
  }

  /// Writes the files in which expectations change; the run stays a failure, for it was one.
  private func rewrite(_ run: TestRun) throws {
    let (files, unresolved) = Acceptance.rewrite(run)
    for (source, bytes) in files {
      do {
        try Data(bytes).write(to: URL(filePath: source.name), options: .atomic)
      } catch {
        StandardError.write("error: '\(source.name)' can't be written\n")
        throw ExitStatus.unreadableDocument
      }
      StandardError.write("rewritten: \(source.name)\n")
    }
    if unresolved > 0 {
      StandardError.write("\(unresolved) left as they are: only a person can tell these\n")
    }
  }
}

/// The fixtures that a command works on.
struct FixtureInput {
  let paths: [String]
  let policyOptions: PolicyOptions

  /// The cases, and the status that the mistakes of the files come to; these are written to standard error.
  func load(for policies: PolicySet, style: TextStyle) -> (suite: FixtureSuite, status: ExitStatus)
  {
    var diagnostics: [Diagnostic] = []
    let folder = policyOptions.policies.hasSuffix("/") ? "fixtures" : "/fixtures"
    let sources = FixtureFiles.sources(
      at: paths.isEmpty ? [policyOptions.policies + folder] : paths, into: &diagnostics)
    let suite = FixtureSuite.load(
      sources, policies: policies, readFile: { try FixtureFiles.read($0) }, into: &diagnostics)
    StandardError.write(DiagnosticRenderer(style: style).render(diagnostics.sortedByPlace()))
    return (suite, diagnostics.isEmpty ? .passes : .unreadableDocument)
  }
}
