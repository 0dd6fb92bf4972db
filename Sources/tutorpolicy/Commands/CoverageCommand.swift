import ArgumentParser
import Diagnostics
import PolicyEngine
import PolicyTesting

/// `tutorpolicy coverage`: what the fixtures show of the policies.
struct CoverageCommand: ParsableCommand {
  /// The form of the output.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, annotated, github, json
  }

  static let configuration = CommandConfiguration.command(
    "coverage",
    abstract: "Shows what the fixtures leave untried in the policies, at its place.",
    discussion: """
      To be seen are: each rule applying, not applying, satisfied, violated and undetermined; each part \
      of a condition true and false, in rules, terms and texts; each value of a parameter and each \
      effective date on the day itself and the day next to it; the words of each reason and fix, \
      expected by a case. What no session could show is recognised, marked with a dash, and asked of \
      nobody.

      EXIT STATUS
        0  as much is seen as --fail-under asks for
        1  less is, or the fixtures fail, or there is none
        2  wrong usage
        3  the policy set has errors
        4  a fixture file has mistakes
      """)

  @OptionGroup var chosen: CaseOptions

  @Option(
    name: .long,
    help: ArgumentHelp("Fail when less than this is seen, from 0 to 100.", valueName: "percent"))
  var failUnder: Double = 0

  @Option(
    name: .long,
    help: "text, annotated (the policy files, with it beside each line), github or json.")
  var format = Format.text

  @OptionGroup var colors: ColorOptions

  @OptionGroup var fixtures: FixtureOptions

  func validate() throws { try Percent.validate(failUnder) }

  func run() throws {
    let input = try fixtures.load(style: colors.errorStyle)
    let selected = chosen.cases(of: input.suite)
    let coverage = selected.coverage(of: input.policies)
    var output = StandardOutput()
    switch format {
    case .text: output.write(CoverageReport(style: colors.style).render(coverage))
    case .annotated: output.write(CoverageAnnotation(style: colors.style).render(coverage))
    case .github: output.write(WorkflowAnnotations.render(coverage.diagnostics))
    case .json: output.write(coverage.json + "\n")
    }
    output.flush()
    let isEnough = coverage.caseCount > 0 && coverage.percent >= failUnder
    let final = max(input.status, isEnough && pass(selected, input.policies) ? .passes : .fails)
    if final != .passes { throw final }
  }

  /// Whether the cases pass; what cases show that fail is worth little.
  private func pass(_ suite: FixtureSuite, _ policies: PolicySet) -> Bool {
    if suite.run(on: policies, stopsAtFirstFailure: true).passes { return true }
    StandardError.write("the fixtures do not pass: see 'tutorpolicy test'\n")
    return false
  }
}

/// A share that options ask for.
enum Percent {
  static func validate(_ percent: Double) throws {
    guard (0...100).contains(percent) else {
      throw ValidationError("'--fail-under' is a percentage, from 0 to 100")
    }
  }
}
