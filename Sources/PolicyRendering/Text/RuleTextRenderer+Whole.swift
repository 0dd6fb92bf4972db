import CEL
import Diagnostics
import PolicyEngine

/// Rules with all their conditions as they are written, for those who keep or examine the policy files.
extension RuleTextRenderer {
  /// Every condition that was looked at: which it is, its outcome, what it read and where it stands.
  func renderWhole(_ rule: RuleExplanation, indent: Int, into layout: inout TextLayout) {
    for clause in rule.conditions {
      render(
        clause.condition, called: clause.role.rawValue, of: rule, indent: indent, into: &layout)
    }
  }

  private func render(
    _ condition: ConditionExplanation, called role: String?, of rule: RuleExplanation, indent: Int,
    into layout: inout TextLayout
  ) {
    let (mark, markRole) = condition.truth.markAndRole
    let words = [
      role.map { $0 + ":" },
      condition.combination.map { $0 == .anyKnown ? "known: any of" : "\($0.rawValue) of" },
      condition.label,
      condition.label == nil ? condition.expression : nil,
    ].compactMap { $0 }.joined(separator: " ")
    let weight = condition.isDecisive ? "" : " (made no difference)"
    layout.columns(
      words + weight, condition.place.fileAndLine, indent: indent, lead: mark + " ",
      leadRole: markRole)
    let inner = indent + 4
    if condition.label != nil, let expression = condition.expression {
      layout.paragraph(expression, indent: inner)
    }
    render(condition.citations, of: rule, indent: inner, into: &layout)
    for term in condition.citations.terms {
      layout.columns(
        "\(term.path) is \(term.definition)", term.place.fileAndLine, indent: inner)
    }
    for part in condition.parts {
      render(part, called: nil, of: rule, indent: inner, into: &layout)
    }
  }
}

extension RuleExplanation {
  /// The rule's outcome, as a sentence.
  var outcomeWords: String {
    switch outcome {
    case .violated:
      switch severity {
      case .error: "It is violated."
      case .warning: "It is violated, and only warns."
      case .observe: "It is violated, and only observed."
      }
    case .undetermined: "It is undetermined."
    case .satisfied: "It is satisfied."
    case .doesNotApply(.notInForce): "It is not in force on the governing date."
    case .doesNotApply(.whenFalse): "It does not apply: what it is about ('when') is not so."
    case .doesNotApply(.unlessTrue):
      exceptions.isEmpty
        ? "It does not apply: its exception ('unless') is so."
        : "It does not apply, by \(exceptions.map { "'\($0.id)'" }.joined(separator: " and "))."
    }
  }
}

extension ExplanationTextRenderer {
  /// What everything was decided by: the date decided for, the governing date, and each dated value used.
  func renderGoverningDate(of explanation: Explanation, into layout: inout TextLayout) {
    let facts = explanation.governing.facts.map(\.path.description).joined(separator: ", ")
    if let date = explanation.governingDate {
      layout.paragraph(
        "By rules and dated values in force on \(ValueWords.text(of: date)) (\(facts)):",
        indent: 0)
    } else {
      layout.paragraph("The governing date is not known (\(facts)).", indent: 0)
    }
    for parameter in explanation.parametersUsed {
      let since = parameter.since.map { "since \(ValueWords.shortText(of: $0)), " } ?? ""
      for words in parameter.literals {
        layout.columns(words.printable, since + parameter.place.fileAndLine, indent: 2)
      }
    }
  }
}

extension Explanation {
  /// Every parameter that any condition or deadline read, each once.
  fileprivate var parametersUsed: [Citations.ParameterValue] {
    var used = CitationCollector()
    for rule in decisions.lazy.flatMap(\.rules) {
      if let fix = rule.fix { used.add(parametersOf: fix.citations) }
      for clause in rule.conditions {
        clause.condition.forEach { used.add(parametersOf: $0) }
      }
    }
    return used.citations.parameters
  }
}

extension ConditionExplanation {
  /// Goes through what it and its parts read, whether or not they made the difference.
  fileprivate func forEach(_ body: (Citations) -> Void) {
    body(citations)
    for part in parts { part.forEach(body) }
  }
}
