import CEL

/// What an expression refers to.
extension CheckedExpression {
  /// Whether the expression reads the variable at a slot, itself or through the definition of a term.
  func reads(
    global slot: Int, through definitions: [FieldReference: CheckedExpression]
  ) -> Bool {
    if case .global(slot, _) = kind { return true }
    if case .derived(_, let field) = kind, let definition = definitions[field],
      definition.reads(global: slot, through: definitions)
    {
      return true
    }
    return children.contains { $0.reads(global: slot, through: definitions) }
  }

  /// The derived fields that the expression reads itself, not through their definitions.
  var derivedFields: Set<FieldReference> {
    var fields: Set<FieldReference> = []
    if case .derived(_, let field) = kind { fields.insert(field) }
    for child in children { fields.formUnion(child.derivedFields) }
    return fields
  }
}
