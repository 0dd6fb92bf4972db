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

      The exit status is that of the whole: see 'tutorpolicy --help'.
      """)

  @OptionGroup var options: DecisionOptions

  func run() throws {
    let policies = try options.policyOptions.load(style: options.colors.errorStyle)
    let renderer = VerdictTextRenderer(
      policies: policies, width: Terminal.standardOutput.width, style: options.colors.style)
    try SessionRun(options: options, policies: policies).run { document, today, decisions in
      let verdict = policies.decide(document, today: today, decisions: decisions)
      return SessionRun.Report(
        passes: verdict.passes, text: { renderer.render(verdict) },
        json: { verdict.prettyJSON }, ndjson: { verdict.ndjsonLine })
    }
  }
}
