/// Formulas put together, with constants taken out and operands in one order.
extension Formula {
  /// True when all are.
  static func all(_ operands: [Formula]) -> Formula {
    combine(operands, neutral: true) { if case .and(let inner) = $0 { inner } else { nil } }
      .map(Formula.and)
  }

  /// True when one is.
  static func any(_ operands: [Formula]) -> Formula {
    combine(operands, neutral: false) { if case .or(let inner) = $0 { inner } else { nil } }
      .map(Formula.or)
  }

  /// True where the formula is false.
  static func negation(of formula: Formula) -> Formula {
    switch formula {
    case .constant(let value): .constant(!value)
    case .undetermined: .undetermined
    case .not(let inner): inner
    default: .not(formula)
    }
  }

  /// What is left to combine, or its value.
  private enum Combined {
    case one(Formula)
    case several([Formula])

    func map(_ combine: ([Formula]) -> Formula) -> Formula {
      switch self {
      case .one(let formula): formula
      case .several(let operands): combine(operands)
      }
    }
  }

  private static func combine(
    _ operands: [Formula], neutral: Bool, flattening inner: (Formula) -> [Formula]?
  ) -> Combined {
    var kept: [Formula] = []
    var seen: Set<Formula> = []
    for operand in operands.flatMap({ inner($0) ?? [$0] }) {
      if let value = operand.constant {
        if value != neutral { return .one(.constant(!neutral)) }
      } else if seen.insert(operand).inserted {
        kept.append(operand)
      }
    }
    guard let first = kept.first else { return .one(.constant(neutral)) }
    return kept.count == 1 ? .one(first) : .several(kept)
  }

  /// The keys of all values that the formula speaks of.
  var keys: Set<String> {
    switch self {
    case .constant, .undetermined: []
    case .atom(let atom): Set(atom.keys)
    case .not(let operand): operand.keys
    case .and(let operands), .or(let operands):
      operands.reduce(into: []) { $0.formUnion($1.keys) }
    case .choice(let condition, let then, let otherwise):
      condition.keys.union(then.keys).union(otherwise.keys)
    }
  }
}
