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
    commandName: "test",
    abstract: "Tries the fixtures: sessions with what the policies must decide of them.",
    discussion: """
      Fixtures are YAML files; unless paths are given, those in the folder 'fixtures' of the policies. \
      A failure shows the case with its place, what was expected, what came, and the rules with the \
      facts that decided.

      A case with a mistake (an unknown rule, a change that changes nothing, nothing expected) is an \
      error, and a run without cases is a failure: nothing passes because nothing was tried.

      --watch tries them again whenever a policy, fixture or session file changes, until control-C, and \
      ends with the status of the last run.

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

  @Flag(name: .long, help: "Try them again whenever a file changes.")
  var watch = false

  @Flag(name: .long, help: "Rewrite what failing cases expect to what came.")
  var accept = false

  @OptionGroup var colors: ColorOptions

  @Argument(help: ArgumentHelp("Fixture files, or folders of them.", valueName: "path"))
  var paths: [String] = []

  func validate() throws {
    if watch, accept || format != .text {
      throw ValidationError("'--watch' goes with neither '--accept' nor another '--format'")
    }
  }

  func run() throws {
    let status = watch ? runWatching() : runOnce().status
    if status != .passes { throw status }
  }

  /// Runs again and again; gives the status of the last run.
  private func runWatching() -> ExitStatus {
    let interruption = Interruption()
    var status = ExitStatus.passes
    FileWatch.run(
      stamps: { FileStamps(at: [policyOptions.policies] + paths + $0) },
      wait: { interruption.wait(milliseconds: 250) },
      { changed in
        var output = StandardOutput()
        if Terminal.standardOutput.isTerminal { output.write("\u{1B}[2J\u{1B}[H") }
        if !changed.isEmpty { output.write("changed: \(changed.joined(separator: ", "))\n\n") }
        output.flush()
        let run = runOnce()
        status = run.status
        return run.bases
      })
    return status
  }

  /// Runs; gives the session files read, too, as they were before.
  private func runOnce() -> (status: ExitStatus, bases: FileStamps) {
    do {
      let policies = try policyOptions.load(style: colors.errorStyle)
      let input = FixtureInput(paths: paths, policyOptions: policyOptions)
        .load(for: policies, style: colors.errorStyle)
      let selected = filter.map { input.suite.filtered(by: $0) } ?? input.suite
      let run = selected.run(on: policies, stopsAtFirstFailure: failFast)
      report(run)
      if accept { try rewrite(run) }
      return (max(input.status, run.passes ? .passes : .fails), input.bases)
    } catch {
      return (error as? ExitStatus ?? .fails, FileStamps([:]))
    }
  }

  private func report(_ run: TestRun) {
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

  /// The cases, the status that the mistakes of the files come to, which are written to standard error,
  /// and the session files read, as they were before.
  func load(
    for policies: PolicySet, style: TextStyle
  ) -> (suite: FixtureSuite, status: ExitStatus, bases: FileStamps) {
    var bases = FileStamps([:])
    var diagnostics: [Diagnostic] = []
    let folder = policyOptions.policies.hasSuffix("/") ? "fixtures" : "/fixtures"
    let sources = FixtureFiles.sources(
      at: paths.isEmpty ? [policyOptions.policies + folder] : paths, into: &diagnostics)
    let suite = FixtureSuite.load(
      sources, policies: policies,
      readFile: { path in
        bases = bases.adding(FileStamps(at: [path]))
        return try FixtureFiles.read(path)
      }, into: &diagnostics)
    StandardError.write(DiagnosticRenderer(style: style).render(diagnostics.sortedByPlace()))
    return (suite, diagnostics.isEmpty ? .passes : .unreadableDocument, bases)
  }
}
