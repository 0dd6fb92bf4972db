import CEL
import Diagnostics
import PolicyEngine

/// The grounds of a decision, and the exceptions by which rules do not apply.
extension RuleTextRenderer {
  /// Every ground with what keeps it from holding, those that are not in force too.
  func render(groundsOf rule: RuleExplanation, indent: Int, into layout: inout TextLayout) {
    let count = rule.grounds.count
    if rule.outcome == .violated {
      layout.paragraph(
        count == 1 ? "Its one ground does not hold:" : "None of its \(count) grounds holds:",
        indent: indent)
    } else if case .undetermined = rule.outcome {
      layout.paragraph(
        count == 1
          ? "Whether its one ground holds is not known:"
          : "None of its \(count) grounds is known to hold:", indent: indent)
    }
    for ground in rule.grounds { render(ground, of: rule, indent: indent, into: &layout) }
  }

  private func render(
    _ ground: GroundExplanation, of rule: RuleExplanation, indent: Int,
    into layout: inout TextLayout
  ) {
    let (mark, role) = ground.isInForce ? ground.condition.truth.markAndRole : ("·", .faint)
    layout.columns(
      ground.title, detail == .words ? "" : ground.id, indent: indent, lead: mark + " ",
      leadRole: role)
    let inner = indent + 4
    guard ground.isInForce else {
      layout.paragraph(
        "It is not in force: it holds \(ground.effective?.words ?? "on no day").", indent: inner,
        role: .faint)
      return
    }
    if let reason = ground.reason { layout.paragraph(reason.printable, indent: inner) }
    if ground.condition.truth == .fails {
      for miss in ground.condition.nearMisses {
        layout.paragraph(miss.words(timeZone: timeZone).printable, indent: inner)
      }
    }
    render(ground.condition.decisiveCitations, of: rule, indent: inner + 2, into: &layout)
    if let fix = ground.fix { render(fix, of: rule, indent: inner, into: &layout) }
    renderPlace(
      "Rule: \(ground.place.fileAndLine)", ground.source, ground.quote, indent: inner, into: &layout
    )
  }

  /// An exception by which a rule does not apply: why, who allowed it, and until when.
  func render(
    _ exception: ExceptionExplanation, of rule: RuleExplanation, indent: Int,
    into layout: inout TextLayout
  ) {
    let kind = exception.isWaiver ? "a waiver" : "an exception"
    let subject = rule.subjectSummary.map { $0.printable + ": " } ?? ""
    layout.columns(
      "\(subject)\(rule.title)", detail == .words ? "" : rule.id, indent: indent, lead: "· ",
      leadRole: .faint)
    let inner = indent + 4
    layout.paragraph(
      "This does not apply, by \(kind)"
        + (detail == .words ? "" : " ('\(exception.id)')")
        + (exception.reason.map { ": \($0.endingAsSentence)" } ?? ".").printable, indent: inner)
    let until = exception.lastDay.map { "It ends after \(ValueWords.text(of: $0))." }
    let words = [exception.approvedBy.map { "Approved by \($0)." }, until].compactMap(\.self)
    if !words.isEmpty { layout.paragraph(words.joined(separator: " ").printable, indent: inner) }
    let what = exception.isWaiver ? "Waiver" : "Exception"
    renderPlace(
      "\(what): \(exception.place.fileAndLine)", exception.source, nil, indent: inner, into: &layout
    )
  }
}

extension String {
  /// The text with a full stop, unless it ends in what ends a sentence.
  fileprivate var endingAsSentence: String {
    last.map { ".!?".contains($0) } ?? false ? self : self + "."
  }
}
