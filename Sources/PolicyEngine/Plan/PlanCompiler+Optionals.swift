import CEL

/// Optionals, which the plan has no values of: an expression that gives one is taken apart into the condition that it has a
/// value, and an expression that gives the value where it has.
extension PlanCompiler {
  /// An optional as two expressions without any.
  struct TakenApart {
    /// Whether there is a value.
    let isPresent: CheckedExpression
    /// The value, where there is one.
    let value: CheckedExpression
  }

  /// An optional taken apart; nil for those that can't be.
  func takenApart(_ optional: CheckedExpression) -> TakenApart? {
    guard case .optional(let type) = optional.type else { return nil }
    func make(_ kind: CheckedExpression.Kind, _ type: CELType) -> CheckedExpression {
      CheckedExpression(kind: kind, type: type, range: optional.range)
    }
    switch optional.kind {
    case .optionalField(let operand, let field), .field(let operand, let field):
      if case .object = operand.type {
        return TakenApart(
          isPresent: make(.hasField(operand, field), .bool),
          value: make(.field(operand, field), type))
      }
      // What is read from an optional is optional itself.
      guard let outer = takenApart(operand) else { return nil }
      let hasField = make(.hasField(outer.value, field), .bool)
      return TakenApart(
        isPresent: make(.and(outer.isPresent, hasField), .bool),
        value: make(.field(outer.value, field), type))
    case .call("_[?_]", _, let arguments):
      guard arguments.count == 2, case .map = arguments[0].type else { return nil }
      func call(_ name: String, _ arguments: [CheckedExpression], _ type: CELType)
        -> CheckedExpression
      {
        make(.call(name: name, overloads: [], arguments: arguments), type)
      }
      return TakenApart(
        isPresent: call("@in", [arguments[1], arguments[0]], .bool),
        value: call("_[_]", arguments, type))
    case .optionalMap(let operand, _, let depth, let body, isFlat: false):
      guard let operand = takenApart(operand) else { return nil }
      return TakenApart(
        isPresent: operand.isPresent, value: body.replacing(localAt: depth, with: operand.value))
    default: return nil
    }
  }

  /// The value of a call that hands on what is in an optional; nil for other calls.
  mutating func handedOn(
    _ name: String, _ arguments: [CheckedExpression], _ scope: Scope,
    _ compile: (inout PlanCompiler, CheckedExpression, Scope) -> Int32?
  ) -> Int32? {
    guard name == "orValue", arguments.count == 2, let optional = takenApart(arguments[0]) else {
      return nil
    }
    let isPresent = truth(optional.isPresent, scope)
    let value = compile(&self, optional.value, scope)
    let other = compile(&self, arguments[1], scope)
    return add(.orValue, isPresent, value, other, parts: [isPresent, value, other])
  }
}

extension CheckedExpression {
  /// The expression with another in the place of a variable, which nothing in it binds anew.
  fileprivate func replacing(
    localAt depth: Int, with value: CheckedExpression
  ) -> CheckedExpression {
    func replaced(_ part: CheckedExpression) -> CheckedExpression {
      part.replacing(localAt: depth, with: value)
    }
    func made(_ kind: Kind) -> CheckedExpression {
      CheckedExpression(kind: kind, type: type, range: range)
    }
    switch kind {
    case .local(depth, _): return value
    case .field(let operand, let field): return made(.field(replaced(operand), field))
    case .derived(let operand, let field): return made(.derived(replaced(operand), field))
    case .hasField(let operand, let field): return made(.hasField(replaced(operand), field))
    case .optionalField(let operand, let field):
      return made(.optionalField(replaced(operand), field))
    case .not(let operand): return made(.not(replaced(operand)))
    case .and(let left, let right): return made(.and(replaced(left), replaced(right)))
    case .or(let left, let right): return made(.or(replaced(left), replaced(right)))
    case .conditional(let condition, let then, let otherwise):
      return made(
        .conditional(replaced(condition), then: replaced(then), else: replaced(otherwise)))
    case .call(let name, let overloads, let arguments):
      return made(.call(name: name, overloads: overloads, arguments: arguments.map(replaced)))
    case .list(let elements):
      return made(
        .list(
          elements.map { ListElement(value: replaced($0.value), isOptional: $0.isOptional) }))
    case .constant, .global, .local, .unresolved, .error: return self
    // Those with variables of their own would have them at other depths than the plan does: left to the evaluator.
    case .member, .hasMember, .optionalMember, .map, .comprehension, .bind, .optionalMap:
      return made(.error)
    }
  }
}
