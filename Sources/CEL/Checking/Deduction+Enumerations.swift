import Diagnostics

/// Literals where a case of an enumeration is meant, and comparisons that can never come out true.
extension Deduction {
  /// Reports the literals within a node that are not cases of the enumeration they stand for.
  mutating func requireCases(of type: CELType, in node: CheckedExpression) {
    guard isStrict else { return }
    switch (type, node.kind) {
    case (.enumeration(let name), .constant(.string(let text))):
      requireCase(text, of: name, at: node.range)
    case (_, .conditional(_, let then, let otherwise)):
      requireCases(of: type, in: then)
      requireCases(of: type, in: otherwise)
    case (.list(let element), .list(let elements)):
      for item in elements { requireCases(of: element, in: item.value) }
    case (.map(let key, let value), .map(let entries)):
      for entry in entries {
        requireCases(of: key, in: entry.key)
        requireCases(of: value, in: entry.value)
      }
    case (.optional(let inner), .call("optional.of", _, let arguments)):
      if let first = arguments.first { requireCases(of: inner, in: first) }
    default: break
    }
  }

  /// Reports a text that is not a case of an enumeration.
  mutating func requireCase(_ text: String, of name: String, at range: SourceRange) {
    if isNoting { note(.enumerationCase(text, of: name), at: range, .enumeration(name)) }
    guard let enumeration = environment.enumerations[name], !enumeration.contains(text)
    else { return }
    report(.noCase(text, of: enumeration, at: range))
  }

  // MARK: Comparisons

  mutating func checkBinary(
    _ operation: Expression.BinaryOperator, _ left: Expression, _ right: Expression,
    _ expression: Expression
  ) -> CheckedExpression {
    switch operation {
    case .equal, .notEqual: checkEquality(operation, left, right, expression)
    case .isIn: checkMembership(left, right, expression)
    case .subtract where isCaseWithoutQuotes(expression):
      reportCaseWithoutQuotes(expression)
    default: checkOperator("_\(operation.rawValue)_", [left, right], expression)
    }
  }

  /// Whether a subtraction looks like one only because a case such as `career-ladder` lacks its quotes.
  private func isCaseWithoutQuotes(_ expression: Expression) -> Bool {
    guard isStrict, isCase(expression.range.text) else { return false }
    var operand = expression
    while case .binary(.subtract, let left, let right) = operand.kind {
      guard case .identifier = right.kind else { return false }
      operand = left
    }
    guard case .identifier(let name, _) = operand.kind else { return false }
    return checker.slots[name] == nil && !locals.contains { $0.name == name }
  }

  private mutating func reportCaseWithoutQuotes(_ expression: Expression) -> CheckedExpression {
    report(.caseWithoutQuotes(expression.range.text, at: expression.range))
    return errorNode(expression.range)
  }

  private mutating func checkEquality(
    _ operation: Expression.BinaryOperator, _ left: Expression, _ right: Expression,
    _ expression: Expression
  ) -> CheckedExpression {
    let sides = exactly([check(left), check(right)])
    let (left, right) = (sides[0], sides[1])
    requireCases(of: type(of: left), in: right)
    requireCases(of: type(of: right), in: left)
    let name = "_\(operation.rawValue)_"
    let call = node(
      .call(
        name: name, overloads: environment.overloads[name] ?? [], arguments: [left, right]),
      .bool, expression)
    guard !isDynamic else { return call }
    if canBeEqual(type(of: left), type(of: right)) { return call }
    report(.neverEqual(left, type(of: left), right, type(of: right), at: expression.range))
    return errorNode(expression.range)
  }

  private mutating func checkMembership(
    _ value: Expression, _ collection: Expression, _ expression: Expression
  ) -> CheckedExpression {
    let sides = exactly([check(value), check(collection)])
    let (value, collection) = (sides[0], sides[1])
    let valueType = type(of: value)
    var elementType: CELType?
    switch type(of: collection) {
    case .list(let element):
      elementType = element
      requireCases(of: .list(valueType), in: collection)
    case .map(let key, _): elementType = key
    default: break
    }
    guard let elementType, !isDynamic else {
      return resolveCall("@in", isMember: false, [value, collection], expression)
    }
    requireCases(of: elementType, in: value)
    let overloads = environment.overloads["@in"] ?? []
    let call = node(
      .call(
        name: "@in",
        overloads: overloads.filter { fits($0.parameters.last, type(of: collection)) },
        arguments: [value, collection]), .bool, expression)
    if canBeEqual(valueType, elementType) { return call }
    report(
      .neverIn(valueType, type(of: collection), elementType, at: expression.range))
    return errorNode(expression.range)
  }

  /// Whether a parameter is of the same kind of collection as a type.
  private func fits(_ parameter: CELType?, _ type: CELType) -> Bool {
    switch (parameter, type) {
    case (.list, .list), (.map, .map): true
    default: false
    }
  }

  /// Whether some value of one type equals some value of the other.
  private mutating func canBeEqual(_ left: CELType, _ right: CELType) -> Bool {
    switch (left, right) {
    case (.int, .uint), (.int, .double), (.uint, .int), (.uint, .double), (.double, .int),
      (.double, .uint), (.decimal, .int), (.int, .decimal), (.type, .type):
      return true
    case (.enumeration(let a), .enumeration(let b)): return !isStrict || a == b
    case (.list(let a), .list(let b)), (.optional(let a), .optional(let b)):
      return canBeEqual(a, b)
    case (.map(let a, let c), .map(let b, let d)): return canBeEqual(a, b) && canBeEqual(c, d)
    case (.null, _) where !isStrict, (_, .null) where !isStrict: return true
    default:
      return substitution.isAssignable(left, to: right)
        || substitution.isAssignable(right, to: left)
    }
  }
}
