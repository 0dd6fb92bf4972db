import ArgumentParser
import Diagnostics
import PolicyEngine

/// `tutorpolicy check`: decides sessions.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Decides sessions, and lists the rules that they violate.",
    discussion: """
      Prints for each session what each decision comes to, then the rules violated, undetermined \
      (with the facts that are missing) and warning. 'explain' says why.

      With --format ndjson, one line a session in the order of the input: its id, the decisions with \
      'pass', 'fail' or 'undetermined', and the rules violated, undetermined and warning, each with \
      'at', the path of what the rule is about: encounters[3], or nothing for the session itself.

      --format csv has the same for a spreadsheet. --format summary counts instead: what each decision \
      comes to, which rules are violated, alone and with others, and which facts are missing.

      NDJSON is decided as it comes, on all cores, in memory that does not grow with its length. A line that is no session is named on standard error with \
      its number, and the rest goes on. Control-C ends the output with a whole line.

      The exit status is that of the whole, whatever is shown of it: see 'tutorpolicy --help'.
      """)

  @OptionGroup var options: DecisionOptions
  @OptionGroup var report: ReportOptions

  func validate() throws {
    if report.withFixes, report.format != .ndjson {
      throw ValidationError("--with-fixes adds ways out to --format ndjson")
    }
    if report.by != nil, report.format != .summary {
      throw ValidationError("--by counts sessions for --format summary")
    }
  }

  func run() throws {
    let policies = try options.policyOptions.load(style: options.colors.errorStyle)
    try CheckRun(
      options: options, report: report, policies: policies,
      decisions: try options.decisions(of: policies), today: options.date(for: policies),
      grouping: try report.grouping(in: policies, style: options.colors.errorStyle)
    ).run()
  }
}
