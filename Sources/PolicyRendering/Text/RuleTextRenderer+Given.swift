import CEL
import Diagnostics
import PolicyEngine

/// How the value that a decision gives came about.
extension RuleTextRenderer {
  /// Each rule with what it gave, and the facts that it was read from.
  func render(
    _ given: GivenExplanation, of rule: RuleExplanation, indent: Int, into layout: inout TextLayout
  ) {
    if given.givers.count > 1 { layout.paragraph(given.choice.words, indent: indent) }
    for giver in given.givers { render(giver, of: rule, indent: indent, into: &layout) }
    if let otherwise = given.otherwise {
      let value = given.words.map { "\($0.printable), as " } ?? ""
      let written = detail == .words ? "" : " ('otherwise: \(otherwise)')"
      layout.paragraph(
        "No rule applies, so that it is \(value)the decision says then\(written).".printable,
        indent: indent)
    } else if case .violated = rule.outcome {
      layout.paragraph("No rule applies, and nothing is given otherwise.", indent: indent)
    }
  }

  /// A rule by which a decision has a value, for one that passes.
  func renderGiven(_ rule: RuleExplanation, indent: Int, into layout: inout TextLayout) {
    guard let given = rule.given else { return }
    let subject = rule.subjectSummary.map { $0.printable + ": " } ?? ""
    layout.columns(
      subject + (given.words.map { "It gives \($0.printable)" } ?? rule.title),
      detail == .words ? "" : rule.id, indent: indent, lead: "✓ ", leadRole: .good)
    render(given, of: rule, indent: indent + 4, into: &layout)
  }

  private func render(
    _ giver: GivenExplanation.Giver, of rule: RuleExplanation, indent: Int,
    into layout: inout TextLayout
  ) {
    let (mark, role): (String, TextStyle.Role) =
      switch giver.truth {
      case .holds?: ("✓", .good)
      case .undetermined?, .withheld?: ("?", .doubtful)
      case .fails?, nil: ("·", .faint)
      }
    let value = giver.words.map { ": \($0.printable)" } ?? ""
    let unasked = giver.truth == nil ? ": not asked, since an earlier one gives" : ""
    layout.columns(
      giver.title + value + unasked, detail == .words ? "" : giver.id, indent: indent,
      lead: mark + " ", leadRole: role)
    let inner = indent + 4
    guard giver.truth != nil else { return }
    guard giver.isInForce else {
      layout.paragraph(
        "It is not in force: it holds \(giver.effective?.words ?? "on no day").", indent: inner,
        role: .faint)
      return
    }
    if giver.truth == .fails {
      for miss in giver.condition?.nearMisses ?? [] {
        layout.paragraph(miss.words(timeZone: timeZone).printable, indent: inner)
      }
    }
    var told = CitationCollector()
    for citations in [giver.citations, giver.condition?.decisiveCitations].compactMap({ $0 }) {
      render(citations.subtracting(told), of: rule, indent: inner + 2, into: &layout)
      told.add(citations)
    }
    if giver.truth != .fails {
      renderPlace(
        "Rule: \(giver.place.fileAndLine)", giver.source, giver.quote, indent: inner,
        into: &layout)
    }
  }
}

extension GivenValue.Choice {
  /// How the value comes of those of several rules, as a line before them.
  fileprivate var words: String {
    switch self {
    case .first: "The first of these rules that applies gives it:"
    case .only: "The one of these rules that applies gives it:"
    case .sum: "It is the sum of what these rules give:"
    case .greatest: "It is the greatest of what these rules give:"
    case .least: "It is the least of what these rules give:"
    }
  }
}
