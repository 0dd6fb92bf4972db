import CEL
import PolicyEngine

/// What can be written in an expression.
struct ExpressionOffers {
  let policies: PolicySet

  init(_ policies: PolicySet) { self.policies = policies }

  private var vocabulary: Vocabulary { policies.vocabulary }

  /// The facts and terms of a type, and the functions that can be called on its values.
  func members(of type: CELType) -> [Completion.Offer] {
    var type = type
    if case .optional(let inner) = type { type = inner }
    var offers: [Completion.Offer] = []
    if case .object(let name) = type, let declared = vocabulary.type(named: name) {
      offers += declared.facts.map { fact in
        Completion.Offer(
          text: fact.name, kind: .fact,
          detail: "\(fact.expressionType)\(fact.isOptional ? "?" : "")",
          documentation: [fact.label, fact.help].compactMap(\.self).joined(separator: "\n\n"))
      }
      offers += declared.terms.map {
        Completion.Offer(
          text: $0.name, kind: .term, detail: $0.definition.type.description,
          documentation: $0.label)
      }
      return offers
    }
    return functions(on: type)
  }

  /// The variables, parameters and functions that an expression can begin with.
  func names(_ locals: [Environment.Variable]) -> [Completion.Offer] {
    var offers = locals.reversed().map {
      Completion.Offer(text: $0.name, kind: .variable, detail: $0.type.description)
    }
    if !locals.contains(where: { $0.name == vocabulary.documentName }) {
      offers.append(
        Completion.Offer(text: vocabulary.documentName, kind: .variable, detail: "the document"))
    }
    offers.append(Completion.Offer(text: "today", kind: .variable, detail: "date"))
    offers += vocabulary.parameters.map {
      Completion.Offer(
        text: $0.name, kind: .parameter, detail: $0.type.description, documentation: $0.label)
    }
    offers += vocabulary.parameters.filter { !$0.isCalendar }.map {
      Completion.Offer(
        text: "\($0.name).on", kind: .function, detail: "\($0.name).on(date): \($0.type)",
        documentation: "The value that is in force on another day.")
    }
    offers.append(
      Completion.Offer(
        text: "has", kind: .function, detail: "has(a.b): bool",
        documentation: "Whether the field is there; the way to ask for what may be missing."))
    return offers + functions(on: nil)
  }

  /// The cases of an enumeration, or the decisions.
  func cases(of name: String) -> [Completion.Offer] {
    if let enumeration = vocabulary.enumeration(named: name) {
      return enumeration.cases.map {
        Completion.Offer(
          text: $0.value, kind: .enumerationCase, detail: $0.label, documentation: $0.help)
      }
    }
    guard name == "decision" else { return [] }
    return policies.decisions.map {
      Completion.Offer(text: $0.name, kind: .enumerationCase, detail: $0.title)
    }
  }

  private func functions(on receiver: CELType?) -> [Completion.Offer] {
    FunctionDescription.offers(on: receiver).map {
      Completion.Offer(
        text: $0.name, kind: .function, detail: $0.usage, documentation: $0.documentation)
    }
  }
}
