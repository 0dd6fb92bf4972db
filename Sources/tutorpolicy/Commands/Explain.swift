import ArgumentParser
import Diagnostics
import PolicyEngine
import PolicyRemedies
import PolicyRendering

/// `tutorpolicy explain`: decides sessions and says why.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration.command(
    "explain",
    abstract: "Decides sessions, and says why: the reasons, the facts, and what to do by when.",
    discussion: """
      For each decision asked for: the verdict, whether it can still be fixed, then every rule that \
      is violated or undetermined with its reason, the facts that decided and where they stand, the \
      dated values used, what to do, and the place of the rule in the policy files and the handbook. \
      Rules that are satisfied or do not apply follow in a line each. Last, for each decision that does \
      not pass, comes the best way out; 'tutorpolicy fix' has all of them.

      --format json gives all of it, with the conditions of every rule, in a stable shape; with \
      --format ndjson it streams, a session a line.

      --audience renders the same for its reader. A tutor's view never shows facts that the policies \
      mark confidential, in whatever format, unless --reader is the tutor whose session it is; the \
      verdicts stay, and so does which rules are violated. What is wrong with a file that is not a session \
      is not shown to a tutor either. --what-if supposes of sessions of others only what nothing \
      confidential follows from; whose session it is can't be supposed. Nor does --today \
      try other days on them, where a rule compares the day with something confidential.

      --at FILE:LINE:COLUMN shows instead what the condition at that place of a policy file gives for \
      each session, part by part.
      """)

  @OptionGroup var options: DecisionOptions
  @OptionGroup var whatIf: WhatIfOptions
  @OptionGroup var days: DayOptions
  @OptionGroup var audience: AudienceOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var jobs: JobOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "text for people, json for one array, ndjson for one line a session.", valueName: "format"))
  var format = SessionRun.Format.text

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What the condition at this place of a policy file gives, part by part.",
      valueName: "file:line:column"))
  var at: PlaceArgument?

  func validate() throws {
    guard at != nil else { return }
    if audience.audience == .tutor || days.between != nil || !days.alsoOn.isEmpty {
      throw ValidationError(
        "--at shows all that an expression reads, for one day: leave out --audience tutor, --also-on and --between"
      )
    }
  }

  func run() throws {
    let policies = try options.policyOptions.load(style: options.colors.errorStyle)
    if let at {
      return try ExplainAt(place: at, options: options, policies: policies).run(
        format, jobs: jobs.count,
        suppositions: try whatIf.suppositions(in: policies, style: options.colors.errorStyle))
    }
    let knowledge = PolicyKnowledge(policies)
    let remedyRenderer = RemedyTextRenderer(
      width: Terminal.standardOutput.width, style: options.colors.style, detail: audience.detail)
    let renderer = ExplanationTextRenderer(
      width: Terminal.standardOutput.width, style: options.colors.style,
      detail: audience.detail)
    try SessionRun(
      options: options, format: format, policies: policies, jobs: jobs.count,
      selection: selection.only,
      viewer: audience.viewer,
      suppositions: try whatIf.suppositions(in: policies, style: options.colors.errorStyle)
    ).run { session in
      let (document, today) = (session.document, session.today)
      let explanation = policies.explain(
        document, today: today, decisions: session.decisions, for: session.viewer)
      let whatIf =
        session.supposed?.decide(
          by: policies, today: today, decisions: session.decisions, for: session.viewer
        ).whatIf
      // What would help, or change the answer, may tell what is withheld: that a record would bear
      // something out.
      var remedies: Remedies?
      var timeline: Timeline?
      if !explanation.isWithholding {
        timeline = days.timeline(
          of: document, by: policies, today: today, decisions: session.decisions)
        remedies = knowledge.remedies(
          for: document, today: today, decisions: session.decisions, extent: .best)
      }
      var report = ExplanationReport(explanation, whatIf: whatIf, timeline: timeline)
      if let remedies { report = report.settled(by: remedies) }
      return SessionRun.Report(
        passes: explanation.passes,
        text: {
          renderer.render(report) + (remedies.map { remedyRenderer.renderLines(of: $0) } ?? "")
            + renderer.renderProvenance(of: explanation)
        },
        json: { remedies.map { report.prettyJSON(with: $0) } ?? report.prettyJSON },
        ndjson: {
          var line: [UInt8] = []
          report.writeLine(with: remedies, to: &line)
          return line
        })
    }
  }
}
