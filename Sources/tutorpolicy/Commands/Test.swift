import ArgumentParser
import Diagnostics
import PolicyEngine
import PolicyTesting

/// `tutorpolicy test`: tries the fixtures.
struct Test: ParsableCommand {
  /// The form of the output.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, tap, junit, github, json
  }

  static let configuration = CommandConfiguration.command(
    "test",
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
        5  a fixture file can't be rewritten
      """)

  @OptionGroup var chosen: CaseOptions

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

  @OptionGroup var fixtures: FixtureOptions

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
      stamps: { FileStamps(at: fixtures.watchedPaths + $0) },
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
      let input = try fixtures.load(style: colors.errorStyle)
      let run = chosen.cases(of: input.suite)
        .run(on: input.policies, stopsAtFirstFailure: failFast)
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
      try source.replaceContents(with: bytes)
      StandardError.write("rewritten: \(source.name)\n")
    }
    for mismatch in unresolved {
      StandardError.write(
        "left as it is, since only a person can tell: \(mismatch.subject), "
          + "\(mismatch.range.fileAndLine)\n")
    }
  }
}
