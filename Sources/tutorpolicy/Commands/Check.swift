import ArgumentParser
import Diagnostics
import PolicyEngine

/// `tutorpolicy check`: decides sessions.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration.command(
    "check",
    abstract: "Decides sessions, and lists the rules that they violate.",
    discussion: """
      Prints for each session the outcome of each decision, then the rules violated, undetermined \
      (with the facts that are missing) and warning. 'explain' says why.

      With --format ndjson, one line a session in the order of the input: its id, the decisions with \
      'pass', 'fail' or 'undetermined', and the rules violated, undetermined and warning, each with \
      'at', the path of what the rule is about: encounters[3], or nothing for the session itself.

      --format csv has the same for a spreadsheet; a cell that it would take for a formula has a ' in front, \
      and control characters are written \\u{1b}. --format summary counts instead: the outcomes of \
      each decision, which rules are violated, alone and with others, and which facts are missing.

      NDJSON is decided as it comes, on all cores, in memory that does not grow with its length. A line \
      that is not a session is named on standard error with its number, and the rest goes on. Control-C ends the output with a whole line.

      The exit status is that of the whole, whatever is shown of it: see 'tutorpolicy --help'.
      """)

  @OptionGroup var options: DecisionOptions
  @OptionGroup var report: ReportOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var jobs: JobOptions
  @OptionGroup var whatIf: WhatIfOptions
  @OptionGroup var audience: AudienceOptions

  func validate() throws {
    if report.withFixes, report.format != .ndjson {
      throw ValidationError("--with-fixes adds ways out to --format ndjson")
    }
    if report.by != nil, report.format != .summary {
      throw ValidationError("--by counts sessions for --format summary")
    }
    if !whatIf.whatIf.isEmpty, report.withFixes {
      throw ValidationError("--with-fixes is for sessions as they are: take --what-if away")
    }
    if !whatIf.whatIf.isEmpty, report.format == .csv || report.format == .summary {
      throw ValidationError("--what-if shows what changes as --format text, json or ndjson")
    }
    if audience.audience == .tutor, report.format == .csv || report.format == .summary {
      throw ValidationError("--audience tutor is for --format text, json or ndjson")
    }
  }

  func run() throws {
    let policies = try options.policyOptions.load(style: options.colors.errorStyle)
    let decisions = try options.decisions(of: policies)
    let today = options.date(for: policies)
    let suppositions = try whatIf.suppositions(in: policies, style: options.colors.errorStyle)
    try CheckRun(
      options: options, report: report, selection: selection.only, policies: policies,
      grouping: try report.grouping(in: policies, style: options.colors.errorStyle),
      jobs: jobs.count,
      view: SessionView(
        policies: policies, viewer: audience.viewer, suppositions: suppositions, today: today,
        isTodaySupposed: options.isDateSupposed(for: policies), decisions: decisions)
    ).run()
  }
}
