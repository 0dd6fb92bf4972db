import CEL
import Diagnostics
import PolicyEngine

/// Rules in people's words, for those who have never seen a policy file.
extension RuleTextRenderer {
  /// The named parts of what the rule requires that made the difference, and the facts that decided.
  func renderInWords(_ rule: RuleExplanation, indent: Int, into layout: inout TextLayout) {
    var told = CitationCollector()
    for clause in rule.conditions.reversed() {
      for part in clause.role == .require ? clause.condition.parts : []
      where part.isDecisive && part.label != nil {
        let (mark, role) = part.truth.markAndRole
        layout.columns(part.label ?? "", "", indent: indent, lead: mark + " ", leadRole: role)
        let citations = part.decisiveCitations
        renderWords(citations.subtracting(told), of: rule, indent: indent + 4, into: &layout)
        told.add(citations)
      }
      let citations = clause.condition.decisiveCitations
      renderWords(citations.subtracting(told), of: rule, indent: indent + 2, into: &layout)
      told.add(citations)
    }
  }

  /// What was read, by labels and without places.
  func renderWords(
    _ citations: Citations, of rule: RuleExplanation, indent: Int, into layout: inout TextLayout
  ) {
    for fact in citations.withheld {
      layout.paragraph("\(fact.label ?? fact.name.lastNameInWords): withheld", indent: indent)
    }
    for computed in citations.computed {
      layout.paragraph(
        "\(computed.label ?? "computed"): \(computed.words)".printable, indent: indent)
    }
    let facts = FoldedFacts(citations.factsWorthTelling)
    for fact in facts.told {
      layout.paragraph(
        "\(fact.name(seenFrom: rule)): \(fact.stateInWords)".printable, indent: indent)
    }
    if let more = facts.moreInWords(\.nameAlone) {
      layout.paragraph(more.printable, indent: indent)
    }
    if citations.readsToday {
      layout.paragraph("today: \(ValueWords.text(of: today))", indent: indent)
    }
    for parameter in citations.parameters {
      var name = parameter.label ?? parameter.name.nameInWords
      for days in parameter.daysTold {
        layout.paragraph("\(name): \(days.words)".printable, indent: indent)
      }
      if let more = parameter.moreDays { layout.paragraph(more, indent: indent) }
      guard parameter.days.isEmpty else { continue }
      if let day = parameter.asOf { name += " on \(ValueWords.text(of: day))" }
      let rows = parameter.rows.map { "\(name), \($0.name): \($0.words)" }
      let words =
        rows.isEmpty ? ["\(name): \(parameter.words ?? "(no value in force)")"] : rows
      for line in words { layout.paragraph(line.printable, indent: indent) }
    }
  }
}

extension Citations.Fact {
  /// The fact by its label, behind the things that it stands in where these are not what the rule is about.
  func name(seenFrom rule: RuleExplanation) -> String {
    var words: [String] = []
    if let holder, holder.path != rule.path { words.append(holder.summary) }
    var name = ""
    for step in path.steps.dropFirst(holder?.path.steps.count ?? 0) {
      switch step {
      case .field(let field):
        name = field.nameInWords
      case .index(let position):
        words.append("\(name) no. \(position + 1)")
        name = ""
      case .key(let key): words.append(key)
      }
    }
    if !name.isEmpty { words.append(label ?? name) }
    return words.isEmpty ? path.description : words.joined(separator: ", ")
  }

  /// The fact by its label, whatever it stands in.
  fileprivate var nameAlone: String {
    let field = path.withoutPositions.steps.last
    return if let label { label } else if case .field(let name)? = field { name.nameInWords } else {
      path.description
    }
  }

  fileprivate var stateInWords: String {
    switch state {
    case .value(.list(let elements)) where isPresenceOnly || words == "":
      switch elements.count {
      case 0: "none"
      case 1: "1 entry"
      default: "\(elements.count) entries"
      }
    case .value: words.map { $0.isEmpty ? "(nothing)" : $0 } ?? "given"
    case .absent: "not given"
    case .missing: "missing"
    }
  }
}

extension String {
  /// A name such as `activelyTutored` as words: `actively tutored`.
  fileprivate var nameInWords: String {
    var words = ""
    for character in self {
      if character.isUppercase {
        words += " " + character.lowercased()
      } else {
        words.append(character)
      }
    }
    return words
  }

  /// The last of the names in a path such as `account.openingBalance`, as words.
  fileprivate var lastNameInWords: String {
    (split(separator: ".").last.map(String.init) ?? self).nameInWords
  }
}
