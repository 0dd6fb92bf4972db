extension CheckedExpression {
  /// The expression with values for some of its variables, by their slots, and without the parts that
  /// these make superfluous: `x == 1 ? a : b` with 1 for `x` is `a`.
  ///
  /// It means the same, save that an error in a part that is left out does not count: what is left out is
  /// never evaluated, or absorbed by the logic around it.
  public func specialized(_ values: [Int: CELValue]) -> CheckedExpression {
    if case .global(let slot, _) = kind, let value = values[slot] { return constant(value) }
    let kind = mappingChildren { $0.specialized(values) }
    switch kind {
    case .conditional(let condition, let then, let otherwise):
      if let isTrue = condition.constantBool { return isTrue ? then : otherwise }
    case .not(let operand):
      if let isTrue = operand.constantBool { return constant(.bool(!isTrue)) }
    case .and(let left, let right), .or(let left, let right):
      // What settles the whole, and what leaves it to the other side.
      let settling = if case .or = kind { true } else { false }
      if left.constantBool == settling || right.constantBool == settling {
        return constant(.bool(settling))
      }
      if left.constantBool != nil { return right }
      if right.constantBool != nil { return left }
    default: break
    }
    var folding = ConstantFolding(isStrict: false)
    return folding.folded(CheckedExpression(kind: kind, type: type, range: range))
  }

  private func constant(_ value: CELValue) -> CheckedExpression {
    CheckedExpression(kind: .constant(value), type: type, range: range)
  }

  private var constantBool: Bool? {
    if case .constant(.bool(let bool)) = kind { bool } else { nil }
  }
}
