import CEL

/// What an expression refers to.
extension CheckedExpression {
  /// Whether the expression reads a variable for whose slot `isSought` holds, itself or through a term.
  ///
  /// `readers` are the terms that do, as `readers(of:in:)` finds them.
  func reads(through readers: Set<FieldReference>, globalWhere isSought: (Int) -> Bool) -> Bool {
    switch kind {
    case .global(let slot, _) where isSought(slot): true
    case .derived(_, let field) where readers.contains(field): true
    default: children.contains { $0.reads(through: readers, globalWhere: isSought) }
    }
  }

  /// The derived fields that the expression reads itself, not through their definitions.
  var derivedFields: Set<FieldReference> {
    var fields: Set<FieldReference> = []
    if case .derived(_, let field) = kind { fields.insert(field) }
    for child in children { fields.formUnion(child.derivedFields) }
    return fields
  }

  /// The terms that read a variable for whose slot `isSought` holds, themselves or through others.
  ///
  /// Each definition is gone through once for each step that the reading is removed from it.
  static func readers(
    in definitions: [FieldReference: CheckedExpression], globalWhere isSought: (Int) -> Bool
  ) -> Set<FieldReference> {
    var readers: Set<FieldReference> = []
    var isGrowing = true
    while isGrowing {
      let before = readers.count
      for (field, definition) in definitions where !readers.contains(field) {
        if definition.reads(through: readers, globalWhere: isSought) { readers.insert(field) }
      }
      isGrowing = readers.count > before
    }
    return readers
  }
}
