public import Diagnostics
import PolicyEngine
import PolicyRendering

/// Renders a plan for a terminal: counts first, then what is behind them.
public struct PlanTextRenderer {
  let width: Int
  let style: TextStyle

  /// A renderer of lines so many columns wide.
  public init(width: Int, style: TextStyle) {
    self.width = width
    self.style = style
  }

  /// The plan, ending in a line break.
  public func render(_ plan: PolicyPlan) -> String {
    var layout = TextLayout(width: width, style: style)
    layout.line(style("PLAN", .strong) + "   \(plan.old.name) → \(plan.new.name)")
    layout.blankLine()
    render(plan.edits, into: &layout)
    ProofTextRenderer(style: style).render(plan.proofs, into: &layout)
    if let replay = plan.replay {
      ReplayTextRenderer(style: style, plan: plan).render(replay, into: &layout)
    } else {
      layout.blankLine()
      layout.paragraph(
        "none replayed: --sessions FILE... decides recorded ones by both", indent: 0,
        lead: style("SESSIONS", .strong) + "   ")
    }
    renderFixtures(of: plan, into: &layout)
    render(plan.acknowledgement, into: &layout)
    return layout.text
  }

  private func render(_ edits: [PolicyEdit], into layout: inout TextLayout) {
    guard !edits.isEmpty else {
      layout.line(style("EDITED", .strong) + "   nothing: both say the same")
      return
    }
    layout.paragraph(edits.summary, indent: 0, lead: style("EDITED", .strong) + "   ")
    layout.blankLine()
    for edit in edits {
      layout.columns(
        edit.words, edit.range?.fileAndLine ?? "", indent: 2, lead: "\(edit.mark) ",
        leadRole: edit.role)
      for line in edit.lines {
        layout.paragraph("\(line.part): \(line.words)", indent: 6)
      }
    }
  }

  private func renderFixtures(of plan: PolicyPlan, into layout: inout TextLayout) {
    layout.blankLine()
    layout.line(style("FIXTURES", .strong) + "   " + plan.fixtureSummary)
    guard !plan.fixtures.isEmpty else { return }
    layout.blankLine()
    for fixture in plan.fixtures {
      layout.columns(fixture.title, fixture.range.fileAndLine, indent: 2, lead: "~ ")
      layout.paragraph(fixture.directions.map(\.words).joined(separator: "; "), indent: 6)
    }
  }

  private func render(_ found: Acknowledgement, into layout: inout TextLayout) {
    guard !found.isWhole else { return }
    layout.blankLine()
    let mistakes = found.mistakes.count
    var counts: [String] = []
    if !found.unlisted.isEmpty {
      let count = found.unlisted.count
      counts.append("\(counted(count, "change")) that \(count == 1 ? "is" : "are") not listed")
    }
    if mistakes > 0 {
      counts.append("\(mistakes) listed that \(mistakes == 1 ? "is" : "are") not as expected")
    }
    layout.paragraph(
      "\(counts.joined(separator: ", ")) in \(PolicySet.expectedChangesFile)", indent: 0,
      lead: style("NOT ACKNOWLEDGED", .strong) + "   ")
    layout.blankLine()
    for change in found.unlisted.prefix(12) {
      layout.paragraph(change.words, indent: 2, lead: "· ")
    }
    if found.unlisted.count > 12 { layout.line("  and \(found.unlisted.count - 12) more") }
    for mistake in found.mistakes {
      layout.columns(
        mistake.message, mistake.range?.fileAndLine ?? "", indent: 2, lead: "! ",
        leadRole: .doubtful)
    }
  }
}
