extension CheckedExpression {
  /// How many nodes deep evaluating the expression goes at most, where `depths` has the same of the derived
  /// fields that it reads.
  package func evaluationDepth(_ depths: [FieldReference: Int]) -> Int {
    var deepest = children.map { $0.evaluationDepth(depths) }.max() ?? 0
    if case .derived(_, let field) = kind { deepest = max(deepest, depths[field] ?? 0) }
    return deepest + 1
  }

  /// The same of each of some definitions, which read only one another, and never themselves.
  package static func evaluationDepths(
    of definitions: [FieldReference: CheckedExpression]
  ) -> [FieldReference: Int] {
    var depths: [FieldReference: Int] = [:]
    func add(_ field: FieldReference) {
      guard depths[field] == nil, let definition = definitions[field] else { return }
      // Nothing, should the definition read itself.
      depths[field] = 0
      definition.forEachDerivedField(add)
      depths[field] = definition.evaluationDepth(depths)
    }
    for field in definitions.keys { add(field) }
    return depths
  }

  private func forEachDerivedField(_ body: (FieldReference) -> Void) {
    if case .derived(_, let field) = kind { body(field) }
    for child in children { child.forEachDerivedField(body) }
  }
}
