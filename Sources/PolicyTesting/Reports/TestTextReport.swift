public import Diagnostics
import PolicyEngine
import PolicyRendering

/// A test run for people: each failure with its place, what was expected, what came and why.
public struct TestTextReport: Sendable {
  private let style: TextStyle
  private let rules: ExplanationTextRenderer

  /// A report of the given width and style.
  public init(width: Int, style: TextStyle) {
    self.style = style
    rules = ExplanationTextRenderer(width: width, style: style)
  }

  /// The failures and a summary, ending in a line break.
  public func render(_ run: TestRun) -> String {
    run.failures.map { render($0) + "\n" }.joined() + summary(of: run) + "\n"
  }

  private func render(_ result: CaseResult) -> String {
    let fixture = result.fixture
    var text = style("✗", .bad) + " " + style(fixture.title.printable, .strong)
    text += style("   \(fixture.range.fileAndLine)", .faint) + "\n"
    for mismatch in result.mismatches {
      text += "    \(mismatch.subject)"
      text += style("   \(mismatch.range.fileAndLine)", .faint) + "\n"
      text += "      expected  \(mismatch.expected.printable)\n"
      text += "      actual    " + style(mismatch.actual.printable, .bad) + "\n"
      if let origin = mismatch.origin { text += "      from      \(origin.printable)\n" }
      if let difference = mismatch.difference { text += "      \(difference.printable)\n" }
    }
    let decisive = result.decisiveRules
    if !decisive.isEmpty, let explanation = result.explanation {
      text += "    why, decided for \(fixture.today):\n"
      for rule in decisive {
        text += style("      \(OutcomeWord(rule.outcome).rawValue)", .faint) + "\n"
        text += rules.render(rule, of: explanation, indent: 6)
      }
    }
    return text
  }

  private func summary(of run: TestRun) -> String {
    guard run.count > 0 else {
      return style("there is no case to try: nothing was tested", .bad)
    }
    let failed = run.failures.count
    let passed = run.results.count - failed
    var parts = ["\(passed) of \(run.count) \(run.count == 1 ? "case passes" : "cases pass")"]
    if failed > 0 { parts.append(style("\(failed) failed", .bad)) }
    let untried = run.count - run.results.count
    if untried > 0 { parts.append("\(untried) not tried") }
    return parts.joined(separator: ", ")
  }
}
