import ArgumentParser
import Diagnostics
import PolicyEngine
import PolicyRemedies

/// `tutorpolicy explain`: decides sessions and says why.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Decides sessions, and says why: the reasons, the facts, and what to do by when.",
    discussion: """
      For each decision asked for: the verdict, whether it can still be mended, then every rule that \
      is violated or undetermined with its reason, the facts that decided and where they stand, the \
      dated values used, what to do, and the place of the rule in the policy files and the handbook. \
      Rules that are satisfied or do not apply follow in a line each. Last, for each decision that does \
      not pass, comes the best way out; 'tutorpolicy fix' has all of them.

      --format json gives all of it, with the conditions of every rule, in a stable shape; with \
      --format ndjson it streams, a session a line.
      """)

  @OptionGroup var options: DecisionOptions
  @OptionGroup var whatIf: WhatIfOptions
  @OptionGroup var days: DayOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "text for people, json for one array, ndjson for one line a session.", valueName: "format"))
  var format = SessionRun.Format.text

  func run() throws {
    let policies = try options.policyOptions.load(style: options.colors.errorStyle)
    let knowledge = PolicyKnowledge(policies)
    let remedyRenderer = RemedyTextRenderer(
      width: Terminal.standardOutput.width, style: options.colors.style)
    let renderer = ExplanationTextRenderer(
      width: Terminal.standardOutput.width, style: options.colors.style)
    let suppositions = try whatIf.suppositions(in: policies, style: options.colors.errorStyle)
    try SessionRun(options: options, format: format, policies: policies).run(
      supposing: suppositions
    ) { document, supposed, today, decisions in
      var explanation = policies.explain(document, today: today, decisions: decisions)
      explanation.whatIf = supposed?.decide(by: policies, today: today, decisions: decisions).whatIf
      explanation.timeline = days.timeline(
        of: document, by: policies, today: today, decisions: decisions)
      let remedies = knowledge.remedies(for: document, today: today, decisions: decisions)
      return SessionRun.Report(
        passes: explanation.passes,
        text: { renderer.render(explanation) + remedyRenderer.renderLines(of: remedies) },
        json: { explanation.prettyJSON(with: remedies) },
        ndjson: { explanation.ndjsonLine(with: remedies) })
    }
  }
}
