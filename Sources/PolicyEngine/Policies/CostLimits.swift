import CEL

/// How much work the expressions of a policy set may be.
public enum CostLimits {
  /// How many steps the evaluation of one expression may take before it is an error, and undetermined.
  ///
  /// A step is a node visited, an element of a list gone through, or sixteen bytes of text. A plain `all`
  /// over a hundred thousand elements takes half of them; one loop inside another over a thousand is too
  /// much. An explanation keeps every node visited, some two hundred bytes each.
  public static let steps = 1_000_000

  /// How deep the evaluation of an expression may go, through those of the terms that it reads.
  static let depth = Evaluator.depthLimit

  /// How many elements a list is taken to have when the steps are worked out in advance.
  ///
  /// As many as there are students in a room: a loop in a loop in a loop is allowed so, and a fourth
  /// hardly ever.
  public static let listSize = 30

  /// What works out the steps of expressions in advance; lists of parameters count with their own sizes, and those
  /// of facts with what is said that they have at most.
  static func estimate(
    parameters: [Parameter], types: [VocabularyType], terms: [FieldReference: CheckedExpression]
  ) -> CostEstimate {
    var sizes: [Int: Int] = [:]
    for (index, parameter) in parameters.enumerated() {
      let known = parameter.values.compactMap { $0.value.elementCount }.max()
      if let known { sizes[GlobalSlot.firstParameter + index] = known }
    }
    var fieldSizes: [FieldReference: Int] = [:]
    for type in types {
      for (index, fact) in type.facts.enumerated() {
        guard let limit = fact.atMost else { continue }
        fieldSizes[FieldReference(typeName: type.name, index: index, name: fact.name)] = limit
      }
    }
    return CostEstimate(
      assumingListSize: listSize, derivedFields: terms, globalSizes: sizes, fieldSizes: fieldSizes)
  }
}

extension CELValue {
  /// How many days the value has, where it is a calendar.
  private var calendarDays: Int {
    if case .opaque(let value) = self { value.elementCount } else { 0 }
  }

  /// How many elements or entries the value has; nil when it has none to count.
  fileprivate var elementCount: Int? {
    switch self {
    case .list(let elements): elements.count
    case .map(let map):
      map.entries.map { $0.value.calendarDays }.max().map { max(map.entries.count, $0) } ?? 0
    case .opaque(let value): value.elementCount
    default: nil
    }
  }
}
