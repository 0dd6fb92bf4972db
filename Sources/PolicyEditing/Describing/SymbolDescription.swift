package import CEL
import Diagnostics
package import PolicyEngine

/// What is known of a symbol, in Markdown.
package struct SymbolDescription: Sendable {
  private let policies: PolicySet
  private let today: CivilDate

  /// Descriptions by a policy set, with the values in force on a date.
  package init(_ policies: PolicySet, today: CivilDate) {
    self.policies = policies
    self.today = today
  }

  /// The description of a symbol; nil for one that the policy set doesn't have.
  package func text(of symbol: Symbol) -> String? {
    let paragraphs =
      switch symbol.kind {
      case .document: documentText
      case .enumeration: enumerationText(symbol.name)
      case .enumerationCase: caseText(symbol)
      case .type: typeText(symbol.name)
      case .fact: factText(symbol)
      case .term: termText(symbol)
      case .parameter: parameterText(symbol.name)
      case .decision: decisionText(symbol.name)
      case .rule, .exception: ruleText(symbol.name)
      }
    guard let paragraphs else { return nil }
    return paragraphs.compactMap(\.self).joined(separator: "\n\n")
  }

  /// The value of a parameter on the date; nil where none is in force.
  package func valueInForce(of name: String) -> String? {
    policies.vocabulary.parameters.first { $0.name == name }?.value(on: today)
      .map { ValueLiteral.shortText(of: $0.value) }
  }

  // MARK: Words

  private var documentText: [String?]? {
    let vocabulary = policies.vocabulary
    return [
      "**\(vocabulary.documentName)**: the document, a \(vocabulary.types[vocabulary.documentType].name)"
    ]
  }

  private func enumerationText(_ name: String) -> [String?]? {
    policies.vocabulary.enumeration(named: name).map { enumeration in
      [
        "**\(name)**: one of",
        enumeration.cases.map { "- `\($0.value)`: \($0.label)" }.joined(separator: "\n"),
      ]
    }
  }

  private func caseText(_ symbol: Symbol) -> [String?]? {
    guard let owner = symbol.owner,
      let found = policies.vocabulary.enumeration(named: owner)?.cases
        .first(where: { $0.value == symbol.name })
    else { return nil }
    return ["**\(found.value)**: \(found.label), a case of `\(owner)`", found.help]
  }

  private func typeText(_ name: String) -> [String?]? {
    policies.vocabulary.type(named: name).map { type in
      [
        "**\(name)**" + (type.label.map { ": \($0)" } ?? ""),
        "Called `\(type.variable)` in its own rules and terms. Facts: "
          + type.facts.map { "`\($0.name)`" }.joined(separator: ", "),
      ]
    }
  }

  private func factText(_ symbol: Symbol) -> [String?]? {
    guard let type = symbol.owner.flatMap({ policies.vocabulary.type(named: $0) }),
      let fact = type.facts.first(where: { $0.name == symbol.name })
    else { return nil }
    return [
      "**\(type.variable).\(fact.name)**" + (fact.label.map { ": \($0)" } ?? ""),
      "A fact of type `\(fact.expressionType)`"
        + (fact.isOptional ? ", which may be missing" : "") + "."
        + (fact.isConfidential ? " It is confidential." : ""),
      fact.changedBy.map { "Changed by: \($0)" }, fact.help,
    ]
  }

  private func termText(_ symbol: Symbol) -> [String?]? {
    guard let type = symbol.owner.flatMap({ policies.vocabulary.type(named: $0) }),
      let term = type.terms.first(where: { $0.name == symbol.name })
    else { return nil }
    return [
      "**\(type.variable).\(term.name)**" + (term.label.map { ": \($0)" } ?? ""),
      "A term of type `\(term.definition.type)`, which stands for",
      "```cel\n\(term.definition.range.text)\n```",
    ]
  }

  private func parameterText(_ name: String) -> [String?]? {
    guard let parameter = policies.vocabulary.parameters.first(where: { $0.name == name }) else {
      return nil
    }
    if parameter.isCalendar { return calendarText(parameter) }
    let value = parameter.value(on: today).map {
      "On \(today): `\(ValueLiteral.shortText(of: $0.value))`, in force since \($0.from)"
    }
    return [
      "**\(name)**" + (parameter.label.map { ": \($0)" } ?? ""),
      "A parameter of type `\(parameter.type)`.",
      value ?? "On \(today) it has no value.", parameter.quote.map { "> \($0)" },
      parameter.source.map { "\(policies.vocabulary.sourceTitle): \($0)" },
    ]
  }

  private func calendarText(_ parameter: Parameter) -> [String?] {
    let years = parameter.calendars.flatMap { calendar in
      calendar.years.map { year in
        "- `\(calendar.name)`, \(year.name): \(year.days.lowerBound) to \(year.days.upperBound), "
          + "\(calendar.days(in: year.days).count) days"
      }
    }
    return [
      "**\(parameter.name)**" + (parameter.label.map { ": \($0)" } ?? ""), "A calendar.",
      years.joined(separator: "\n"), parameter.quote.map { "> \($0)" },
      parameter.source.map { "\(policies.vocabulary.sourceTitle): \($0)" },
    ]
  }

  private func decisionText(_ name: String) -> [String?]? {
    guard let index = policies.decisionIndex(named: name) else { return nil }
    let decision = policies.decisions[index]
    let needs = decision.needs.map { "`\(policies.decisions[$0].name)`" }
    return [
      "**\(name)**: \(decision.title), decided for each \(policies.vocabulary.types[decision.subjectType].name)",
      "\(decision.passWord), or \(decision.failWord)",
      needs.isEmpty ? nil : "Needs " + needs.joined(separator: ", ") + ".",
      "Rules:\n"
        + policies.rules(deciding: index).map { "- `\($0.id)`: \($0.title)" }
        .joined(separator: "\n"),
    ]
  }

  private func ruleText(_ id: String) -> [String?]? {
    guard let rule = policies.rules.first(where: { $0.id == id && $0.isDeclared }) else {
      return groundText(id) ?? giverText(id) ?? exceptionText(id)
    }
    let decides = rule.decides.map { "`\(policies.decisions[$0].name)`" }.joined(separator: ", ")
    return [
      "**\(id)**: \(rule.title)",
      "Decides \(decides), for each \(policies.vocabulary.types[rule.subjectType].name)"
        + Self.words(of: rule.severity),
      rule.when.map { "When " + Self.words(of: $0) },
      rule.declaredUnless.map { "Unless " + Self.words(of: $0) },
      rule.exceptions.isEmpty
        ? nil
        : "Exceptions: " + rule.exceptions.map { "`\($0.id)`" }.joined(separator: ", ") + ".",
      "Requires " + Self.words(of: rule.require), rule.quote.map { "> \($0)" },
      rule.source.map { "\(policies.vocabulary.sourceTitle): \($0)" },
    ]
  }

  private static func words(of severity: Rule.Severity) -> String {
    switch severity {
    case .error: "."
    case .warning: "; it only warns."
    case .observe: "; it is only counted."
    }
  }

  private func groundText(_ id: String) -> [String?]? {
    let granting = policies.rules.filter { $0.grounds.contains { $0.id == id } }
    guard let ground = granting.lazy.flatMap(\.grounds).first(where: { $0.id == id }) else {
      return nil
    }
    let decisions = granting.flatMap(\.decides).map { "`\(policies.decisions[$0].name)`" }
    return [
      "**\(id)**: \(ground.title)", "Grants \(decisions.joined(separator: ", ")).",
      "Where " + Self.words(of: Condition(unlabelled: ground.condition)),
      ground.quote.map { "> \($0)" },
      ground.source.map { "\(policies.vocabulary.sourceTitle): \($0)" },
    ]
  }

  private func giverText(_ id: String) -> [String?]? {
    let giving = policies.rules.filter { $0.given?.givers.contains { $0.id == id } ?? false }
    guard
      let giver = giving.lazy.compactMap(\.given).flatMap(\.givers).first(where: { $0.id == id })
    else { return nil }
    let decisions = giving.flatMap(\.decides).map { "`\(policies.decisions[$0].name)`" }
    return [
      "**\(id)**: \(giver.title)", "Gives the value of \(decisions.joined(separator: ", ")).",
      giver.condition.map { "Where " + Self.words(of: Condition(unlabelled: $0)) },
      "It gives `\(giver.value.range.text)`.", giver.quote.map { "> \($0)" },
      giver.source.map { "\(policies.vocabulary.sourceTitle): \($0)" },
    ]
  }

  private func exceptionText(_ id: String) -> [String?]? {
    let excepted = policies.rules.filter { $0.exceptions.contains { $0.id == id } }
    guard let exception = excepted.lazy.flatMap(\.exceptions).first(where: { $0.id == id }) else {
      return nil
    }
    let rules = excepted.map { "`\($0.id)`" }.joined(separator: ", ")
    return [
      "**\(id)**: \(exception.isWaiver ? "a waiver" : "an exception") to \(rules)",
      "Where " + Self.words(of: Condition(unlabelled: exception.condition)), exception.reason,
      exception.approvedBy.map { "Approved by \($0)." },
      exception.source.map { "\(policies.vocabulary.sourceTitle): \($0)" },
    ]
  }

  /// A condition in words: its label, or what it says.
  private static func words(of condition: Condition) -> String {
    if let label = condition.label { return label }
    func list(_ parts: [Condition], _ word: String) -> String {
      "\(word):\n" + parts.map { "- " + words(of: $0) }.joined(separator: "\n")
    }
    return switch condition.kind {
    case .expression(let expression):
      "`\(expression.range.text.split(whereSeparator: \.isWhitespace).joined(separator: " "))`"
    case .all(let parts): list(parts, "all of")
    case .any(let parts): list(parts, "one of")
    case .none(let parts): list(parts, "none of")
    case .anyKnown(let parts): list(parts, "one of these is known to hold")
    case .inForce(let dates): "in force \(dates.words)"
    case .gives(let given):
      "one of its rules gives a value: " + given.givers.map { "`\($0.id)`" }.joined(separator: ", ")
    }
  }
}

extension Condition {
  /// A condition without its own label, which says what it is part of.
  fileprivate init(unlabelled condition: Condition) {
    self.init(kind: condition.kind, label: nil, range: condition.range)
  }
}
