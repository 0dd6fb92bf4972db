import ArgumentParser
import Diagnostics
import PolicyEngine
import PolicyTesting

/// `tutorpolicy mutate`: tries the fixtures on policies with a slip in them.
struct Mutate: ParsableCommand {
  /// The form of the output.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, github, json
  }

  static let configuration = CommandConfiguration.command(
    "mutate",
    abstract: "Makes every small slip in the policies, and shows those that no fixture notices.",
    discussion: """
      Each change is made by itself, in the text of the policy files: a comparison turned round or \
      made strict, a threshold or date one step off, a condition left out or negated, 'all' for 'any', \
      a case for another, an item left out, the last day of a fix off or left out, a rule or a need left \
      out, a severity changed. The files \
      themselves are not touched. What the policy checks refuse counts as noticed by them.

      A change that survives is shown with its place and, where a session is found that is decided \
      otherwise, with a case to put into a fixture file. The search ends after 2,000 sessions \
      for a change, and 400,000 for all together, and says so. Changes that provably make no difference to \
      any session are counted apart.

      EXIT STATUS
        0  a fixture notices every change, or as many as --fail-under asks for
        1  fewer are noticed, none was tried, or the fixtures fail as the policies are
        2  wrong usage
        3  the policy set has errors
        4  a fixture file has mistakes
      """)

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only changes in rules, terms, parameters and decisions whose name contains this.",
      valueName: "text"))
  var filter: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Fail when less than this is noticed, from 0 to 100.", valueName: "percent"))
  var failUnder: Double = 100

  @Option(name: .long, help: "text, github (annotations) or json.")
  var format = Format.text

  @Flag(name: .long, help: "Don't look for cases that would notice what survives.")
  var noSearch = false

  @OptionGroup var colors: ColorOptions

  @OptionGroup var fixtures: FixtureOptions

  func validate() throws { try Percent.validate(failUnder) }

  func run() throws {
    let input = try fixtures.load(style: colors.errorStyle)
    guard input.status == .passes else { throw input.status }
    let sources = PolicySet.sources(inDirectory: fixtures.policies)
    let line = StatusLine()
    let wanted = filter?.lowercased()
    let run = MutationRun.run(
      input.suite, on: sources, seeking: !noSearch,
      where: { mutation in wanted.map { mutation.owner.lowercased().contains($0) } ?? true },
      advance: { done, count in line?.show("\(done) of \(count) changes tried") })
    line?.clear()
    guard let run else {
      StandardError.write(
        "the fixtures do not pass as the policies are, so they can't tell changes: "
          + "see 'tutorpolicy test'\n")
      throw ExitStatus.fails
    }
    var output = StandardOutput()
    switch format {
    case .text: output.write(MutationReport(style: colors.style).render(run))
    case .github: output.write(WorkflowAnnotations.render(run.diagnostics))
    case .json: output.write(run.json + "\n")
    }
    output.flush()
    if run.tried == 0 || run.score < failUnder { throw ExitStatus.fails }
  }
}
