import ArgumentParser
import Diagnostics
import PolicyComparison
import PolicyEngine
import PolicyTesting

/// `tutorpolicy plan`: what a change of the policies changes.
struct PlanCommand: ParsableCommand {
  /// The form of the output.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, markdown, json, github
  }

  static let configuration = CommandConfiguration.command(
    "plan",
    abstract: "Shows what a change of the policies changes.",
    discussion: """
      OLD and NEW are folders or git revisions: HEAD, main, HEAD~3:policies. A revision without a path \
      is read at the folder of the policies; NEW is that folder itself unless given. Nothing is written.

      Shown is what was edited, by meaning; of each decision and rule, by dates, whether it is proved to \
      be the same for every session, with the smallest session that shows a difference; with --sessions \
      how many recorded sessions change, and what would still make those pass that fail now; and the \
      fixtures that are decided otherwise.

      A change that is meant is listed in expected-changes.yaml beside the new policies. What is not \
      listed, or is listed and does not happen, is a failure.

      EXIT STATUS
        0  nothing changes, or every change is listed
        1  something changes that is not listed, or is listed and does not change
        2  wrong usage: OLD or NEW is not there
        3  one of the policy sets, or the list of expected changes, has errors
        4  a session can't be read
      """)

  @OptionGroup var policyOptions: PolicyOptions

  @Argument(help: ArgumentHelp("The policies as they were: a folder or a git revision."))
  var old: String

  @Argument(help: ArgumentHelp("The policies as they are to be; the folder unless given."))
  var new: String?

  @Option(
    name: .long, parsing: .upToNextOption,
    help: ArgumentHelp(
      "Recorded sessions: .ndjson (a session a line), .yaml or .json; - is standard input.",
      valueName: "file"))
  var sessions: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The date that recorded sessions are decided for, as YYYY-MM-DD; the date in the district's time "
        + "zone unless given.", valueName: "date"))
  var today: DateArgument?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A decision to replay; may be given several times. Unless given: all but those on request.",
      valueName: "name"))
  var decision: [String] = []

  @Option(
    name: .long, help: "text, markdown (for a pull request), json or github (annotations).")
  var format = Format.text

  @OptionGroup var jobs: JobOptions

  @OptionGroup var colors: ColorOptions

  func validate() throws {
    if old.isEmpty || new == "" { throw ValidationError("the name of a folder is empty") }
    if sessions.contains("") { throw ValidationError("the name of a file is empty") }
  }

  func run() throws {
    let sides = ComparedPolicies(folder: policyOptions.policies, style: colors.errorStyle)
    var plan = PolicyPlan(
      old: try sides.load(old), new: try sides.load(new ?? policyOptions.policies))
    let folder = new.flatMap { PathKind(at: $0) == .folder ? $0 : nil } ?? policyOptions.policies
    plan.expected = try sides.expectedChanges(in: folder, of: plan)
    if let fixtures = FixtureSuite.reader(ofFolder: folder) { plan.decideFixtures(fixtures) }
    var status = ExitStatus.passes
    if !sessions.isEmpty {
      let (replay, isWhole) = ReplayRun(
        questions: try questions(plan), files: sessions, jobs: jobs.count, style: colors.errorStyle
      ).run()
      plan.replay = replay
      if !isWhole { status = .unreadableDocument }
    }
    write(plan)
    if !plan.acknowledgement.isWhole { status = max(status, .fails) }
    if status != .passes { throw status }
  }

  private func questions(_ plan: PolicyPlan) throws -> ReplayQuestions {
    do throws(UnknownDecision) {
      return try ReplayQuestions(
        old: plan.old.policies, new: plan.new.policies,
        today: today?.date ?? plan.new.policies.dateNow, decisions: decision)
    } catch {
      StandardError.write("error: \(error.description)\n")
      throw ExitStatus.usage
    }
  }

  private func write(_ plan: PolicyPlan) {
    var output = StandardOutput()
    switch format {
    case .text:
      output.write(
        PlanTextRenderer(width: Terminal.standardOutput.width, style: colors.style).render(plan))
    case .markdown: output.write(plan.markdown)
    case .json: output.write(plan.json + "\n")
    case .github: output.write(WorkflowAnnotations.render(plan.annotations))
    }
    output.flush()
  }
}
