import ArgumentParser
import Diagnostics
import PolicyEngine
import PolicyRemedies
import PolicyRendering

/// `tutorpolicy fix`: what would make sessions pass.
struct Fix: ParsableCommand {
  static let configuration = CommandConfiguration.command(
    "fix",
    abstract: "Says what would make sessions pass: what to do, and until when.",
    discussion: """
      For each decision that does not pass: the smallest sets of changes that the reader can make, after \
      which it does. Each was made in the session and decided before it is shown, and so was every part \
      of it, which is not enough. What is a matter of truth, such as who was tutored, is put as a \
      question. Where somebody else would have to change something, it says who; where nothing helps, \
      why.

      --audience tutor says it without paths and ids, and of sessions of others than --reader only the \
      verdicts: what would help could tell what is confidential. For administrator and auditor \
      it says which rules each step is for, and everything that was tried.

      The status is 0 where every decision asked for passes as it is, and 1 where something is to do or \
      nothing can be done.
      """)

  @OptionGroup var options: DecisionOptions

  @OptionGroup var audience: AudienceOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var jobs: JobOptions

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "Who asks: a role that the vocabulary names under changedBy; its 'reader' unless given.",
      valueName: "role"))
  var role: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "text for people, json for one array, ndjson for one line a session.", valueName: "format"))
  var format = SessionRun.Format.text

  func run() throws {
    let policies = try options.policyOptions.load(style: options.colors.errorStyle)
    let role = try self.role.map { try checked($0, in: policies) }
    let knowledge = PolicyKnowledge(policies)
    let renderer = RemedyTextRenderer(
      width: Terminal.standardOutput.width, style: options.colors.style, detail: audience.detail)
    try SessionRun(
      options: options, format: format, policies: policies, jobs: jobs.count,
      selection: selection.only,
      viewer: audience.viewer
    ).run { session in
      let remedies = knowledge.remedies(
        for: session.document, today: session.today, decisions: session.decisions, role: role,
        viewer: session.viewer)
      return SessionRun.Report(
        passes: remedies.passes, text: { renderer.render(remedies) },
        json: { remedies.prettyJSON }, ndjson: { Array((remedies.ndjsonLine + "\n").utf8) })
    }
  }

  private func checked(_ role: String, in policies: PolicySet) throws -> String {
    let roles = policies.vocabulary.roles
    if roles.contains(role) { return role }
    let unknown = Diagnostic(
      code: .unknownRole, "'\(role)' is nobody who can change a fact", at: nil,
      help: Suggestion.helpOrList(for: role, among: roles, listing: "the roles are"))
    StandardError.write(DiagnosticRenderer(style: options.colors.errorStyle).render(unknown))
    throw ExitStatus.usage
  }
}
