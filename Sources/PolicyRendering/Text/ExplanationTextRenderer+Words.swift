import Diagnostics
import PolicyEngine

/// Explanations in people's words: what is wrong with each decision asked for, and what to do about it.
extension ExplanationTextRenderer {
  /// The explanation without paths, ids and places, ending in a line break.
  func renderInWords(_ report: ExplanationReport) -> String {
    let explanation = report.explanation
    var layout = TextLayout(width: width, style: style)
    let id = explanation.id.map { explanation.summary == nil ? $0 : " (\($0))" } ?? ""
    layout.paragraph(
      ((explanation.summary ?? "") + id).printable, indent: 0, role: .strong)
    layout.paragraph(
      "Decided for \(ValueWords.text(of: explanation.today)).", indent: 0, role: .faint)
    if explanation.isWithholding {
      layout.paragraph(Self.withholdingWords, indent: 0, role: .faint)
    }
    report.whatIf?.render(indent: 2, inWordsOf: explanation, into: &layout)
    let rules = RuleTextRenderer(explanation, style: style, detail: detail)
    for decision in explanation.decisions where decision.isAskedFor {
      layout.blankLine()
      renderHeadlineInWords(decision, into: &layout)
      render(decision, of: explanation, by: rules, into: &layout)
    }
    if let timeline = report.timeline {
      layout.blankLine()
      TimelineTextRenderer(rules: rules).render(timeline, into: &layout)
    }
    layout.endWithoutBlankLine()
    return layout.text
  }

  private func renderHeadlineInWords(
    _ decision: DecisionExplanation, into layout: inout TextLayout
  ) {
    var line = style(decision.title.printable, .strong) + ": "
    line += style(decision.word.printable, decision.outcome.role)
    line += decision.valueWords
    if let prospect = decision.prospect?.words { line += ", " + prospect }
    layout.line(line)
  }

  /// The grounds by which a decision passes, and the exceptions by which its rules do not apply.
  private func renderPassing(
    _ decision: DecisionExplanation, by rules: RuleTextRenderer, into layout: inout TextLayout
  ) {
    for rule in decision.rules {
      let subject = rule.subjectSummary.map { $0.printable + ": " } ?? ""
      for ground in rule.grounds
      where rule.outcome == .satisfied && ground.condition.truth == .holds {
        layout.paragraph(
          "\(subject)granted: \(ground.title)".printable, indent: 2, lead: "✓ ")
      }
      if rule.outcome == .satisfied { rules.renderGiven(rule, indent: 2, into: &layout) }
      for exception in rule.exceptions {
        rules.render(exception, of: rule, indent: 2, into: &layout)
      }
    }
  }

  /// What is wrong with a decision and with those it needs, unless these are shown by themselves.
  private func render(
    _ decision: DecisionExplanation, of explanation: Explanation, by rules: RuleTextRenderer,
    into layout: inout TextLayout
  ) {
    var told: Set<String> = [decision.name]
    var pending = [decision]
    var satisfied: Set<String> = []
    while let next = pending.first {
      pending.removeFirst()
      for rule in next.rules where rule.isWorthTelling {
        layout.blankLine()
        rules.render(rule, indent: 2, into: &layout)
      }
      renderPassing(next, by: rules, into: &layout)
      let wrong = Set(next.rules.filter(\.isWorthTelling).map(\.id))
      satisfied.formUnion(
        next.rules.filter {
          $0.outcome == .satisfied && !$0.isOfParts && !wrong.contains($0.id)
        }.map(\.id))
      for need in explanation.decisions where next.needs.contains(need.name) {
        guard told.insert(need.name).inserted else { continue }
        if !need.isAskedFor {
          pending.append(need)
        } else if need.outcome != .pass {
          layout.blankLine()
          layout.paragraph(
            "\(need.title): \(need.word), as said there".printable, indent: 2,
            lead: need.outcome.mark + " ")
        }
      }
    }
    if !satisfied.isEmpty {
      if decision.outcome != .pass { layout.blankLine() }
      let other = decision.outcome == .pass ? "" : "other "
      layout.paragraph(
        "\(satisfied.count) \(other)\(satisfied.count == 1 ? "requirement is" : "requirements are") met",
        indent: 2, lead: "✓ ")
    }
  }
}
