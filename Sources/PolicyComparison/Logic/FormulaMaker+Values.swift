import CEL
import PolicyEngine

/// What decisions give, as formulas.
extension FormulaMaker {
  /// That a value is given: undetermined where it is not known which.
  func isGiven(_ given: GivenValue, subject: Symbolic) -> FormulaID {
    let rules = given.givers.map { giver in
      (
        applies: giver.condition.map { formula(of: $0, subject: subject) } ?? store.yes,
        isKnown: known(giver.value, subject)
      )
    }
    let otherwise = given.otherwise.map { known($0, subject) } ?? store.no
    if given.choice == .first {
      return rules.reversed().reduce(otherwise) { rest, rule in
        store.choice(rule.applies, rule.isKnown, rest)
      }
    }
    // Two that apply may be a conflict, and a sum may leave its range: only one is followed.
    let any = store.or(rules.map(\.applies))
    let all = store.and(rules.map { store.choice($0.applies, $0.isKnown, store.yes) })
    let several = opaqueTruth(
      "\(given.choice.rawValue) of several",
      given.givers.map { value(of: $0.value, locals: [subject]) })
    return store.choice(any, store.and([all, several]), otherwise)
  }

  /// What is given, in a form that is the same only for what is the same.
  func form(of given: GivenValue, subject: Symbolic) -> [String] {
    let rules = given.givers.flatMap { giver in
      [
        "\(giver.condition.map { formula(of: $0, subject: subject) } ?? store.yes)",
        "\(value(of: giver.value, locals: [subject]))",
      ]
    }
    let otherwise = given.otherwise.map { "\(value(of: $0, locals: [subject]))" }
    return ["\(given.type) by \(given.choice)"] + rules + [otherwise ?? "nothing"]
  }

  /// True where an expression has a value; undetermined where not.
  private func known(_ expression: CheckedExpression, _ subject: Symbolic) -> FormulaID {
    store.choice(
      isKnown(value(of: expression, locals: [subject])), store.yes, store.undetermined)
  }

  private func opaqueTruth(_ name: String, _ operands: [Symbolic]) -> FormulaID {
    truth(opaque(name, operands, type: .bool))
  }
}
