import CEL
import Diagnostics
import PolicyEngine

/// Renders when the answer changes: a paragraph for the days on which it is the same, with why it changed.
struct TimelineTextRenderer {
  let rules: RuleTextRenderer

  private var isInWords: Bool { rules.detail == .words }

  func render(_ timeline: Timeline, into layout: inout TextLayout) {
    guard let first = timeline.from, let last = timeline.until else { return }
    let range = "\(ValueWords.text(of: first)) to \(ValueWords.text(of: last))"
    layout.line(
      rules.style(isInWords ? "On other days" : "ON OTHER DAYS", .strong)
        + "   every day from \(range)")
    for span in timeline.spans {
      layout.blankLine()
      layout.paragraph(
        days(of: span, in: timeline), indent: 2, role: .strong)
      render(span, into: &layout)
    }
  }

  private func days(of span: Timeline.Span, in timeline: Timeline) -> String {
    let (first, last) = (ValueWords.text(of: span.from), ValueWords.text(of: span.until))
    var words = span.from == span.until ? "on \(first)" : "\(first) to \(last)"
    if timeline.spans.count == 1 {
      words = "the same on all of these days"
    } else if span.until == timeline.until {
      words = span.from == span.until ? "from \(first)" : "from \(first) to the end"
    }
    let asked = timeline.asked.filter { span.from <= $0 && $0 <= span.until }
    if timeline.spans.count > 1, !asked.isEmpty {
      words += " (with \(asked.map { ValueWords.text(of: $0) }.joined(separator: ", ")))"
    }
    return words
  }

  private func render(_ span: Timeline.Span, into layout: inout TextLayout) {
    let names = span.decisions.map { isInWords ? $0.title : $0.name }
    let column = names.map(\.terminalColumns).max() ?? 0
    for (decision, name) in zip(span.decisions, names) {
      let words = [decision.word, decision.prospect?.words].compactMap(\.self)
      layout.columns(
        words.joined(separator: ", "), "", indent: 4,
        lead: "\(decision.outcome.mark) \(name.padded(to: column))   ",
        leadRole: decision.outcome.role)
    }
    var rules = rules
    rules.today = span.from
    for change in span.changes {
      let subject = change.rule.subjectSummary.map { $0 + ": " } ?? ""
      layout.columns(
        subject + change.words(on: span.from, isInWords: isInWords),
        isInWords ? "" : change.rule.id, indent: 6, lead: "· ")
      rules.render(change.citations, of: change.rule, indent: 8, into: &layout)
    }
  }
}

extension Timeline.Change {
  /// What is said of the rule now, and why not any more what was said before.
  fileprivate func words(on day: CivilDate, isInWords: Bool) -> String {
    switch cause {
    case .deadline(let last):
      return "\(ValueWords.text(of: last)) was the last day to fix this: \(rule.title)"
    case .values(let values):
      let names = values.map { isInWords ? $0.label ?? $0.name : $0.name }.joined(separator: ", ")
      return "\(verb) with the new value of \(names): \(rule.title)"
    case .force:
      return
        "the rule \(to.outcome == .satisfied ? "is no longer" : "is now") in force: \(rule.title)"
    case .day:
      return "\(verb) from this day on: \(rule.title)"
    }
  }

  private var verb: String {
    switch to.outcome {
    case .satisfied, .doesNotApply: "no longer \(from.outcome.name)"
    case .violated where from.outcome == .violated: "violated, with another last day to fix it,"
    case .violated, .undetermined: to.outcome.name
    }
  }
}
