import Diagnostics

/// The first pass of checking: resolves names and overloads, one function for each kind of node.
///
/// A mistake is reported where it is found, and makes an error node, whose type is accepted everywhere,
/// so that nothing is reported for its sake again.
struct Deduction {
  let checker: Checker
  /// The variables of the frame, the innermost last.
  var locals: [Environment.Variable]
  var substitution: TypeSubstitution
  var diagnostics: [Diagnostic] = []
  /// What the names mean; nil where nobody asks.
  var uses: [NameUse]?

  init(checker: Checker, locals: [Environment.Variable]) {
    self.checker = checker
    self.locals = locals
    substitution = TypeSubstitution(takesNull: checker.mode == .standard)
  }

  var environment: Environment { checker.environment }
  var isStrict: Bool { checker.mode == .strict }
  var isDynamic: Bool { checker.mode == .dynamic }

  // MARK: Helpers

  func node(
    _ kind: CheckedExpression.Kind, _ type: CELType, _ expression: Expression
  ) -> CheckedExpression {
    CheckedExpression(
      kind: kind, type: isDynamic && type != .error ? .dyn : type, range: expression.range)
  }

  func errorNode(_ range: SourceRange) -> CheckedExpression {
    CheckedExpression(kind: .error, type: .error, range: range)
  }

  mutating func report(_ diagnostic: Diagnostic) {
    if !isDynamic { diagnostics.append(diagnostic) }
  }

  /// What is known so far of a node's type.
  func type(of node: CheckedExpression) -> CELType {
    substitution.resolved(node.type, isFinal: false)
  }

  /// Checks nodes with more variables on the frame.
  mutating func with<T>(
    _ variables: [Environment.Variable], _ body: (inout Deduction) -> T
  ) -> T {
    locals += variables
    defer { locals.removeLast(variables.count) }
    return body(&self)
  }

  /// Reports a node whose type is not the expected one.
  mutating func require(_ expected: CELType, of node: CheckedExpression) {
    requireCases(of: expected, in: node)
    let actual = type(of: node)
    if substitution.isAssignable(actual, to: expected) { return }
    // A text that must be a case is judged by its value.
    if isTextForCases(actual, expected) { return }
    if expected == .bool {
      report(.notACondition(type(of: node), at: node.range))
    } else {
      report(.wrongType(type(of: node), expected: expected, at: node.range))
    }
  }

  private func isTextForCases(_ actual: CELType, _ expected: CELType) -> Bool {
    guard isStrict else { return false }
    switch (expected, actual) {
    case (.enumeration, .string): return true
    case (.list(let a), .list(let b)): return isTextForCases(b, a)
    case (.map(let a, let c), .map(let b, let d)):
      return (a == b || isTextForCases(b, a)) && (c == d || isTextForCases(d, c))
    default: return false
    }
  }

  // MARK: Nodes

  mutating func check(_ expression: Expression) -> CheckedExpression {
    switch expression.kind {
    case .literal(let value): return node(.constant(value), value.type, expression)
    case .identifier(let name, let isAbsolute):
      return checkIdentifier(name, isAbsolute: isAbsolute, expression)
    case .select(let operand, let field, let isOptional):
      return checkSelect(operand, field, isOptional: isOptional, expression)
    case .has(let operand, let field): return checkHas(operand, field, expression)
    case .index(let operand, let index, let isOptional):
      return checkOperator(isOptional ? "_[?_]" : "_[_]", [operand, index], expression)
    case .call(let target, let function, let arguments):
      return checkCall(target, function, arguments, expression)
    case .not(let operand):
      return node(.not(checkCondition(operand)), .bool, expression)
    case .negation(let operand): return checkOperator("-_", [operand], expression)
    case .and(let operands): return checkChain(operands, isAnd: true, expression)
    case .or(let operands): return checkChain(operands, isAnd: false, expression)
    case .binary(let operation, let left, let right):
      return checkBinary(operation, left, right, expression)
    case .conditional(let condition, let then, let otherwise):
      return checkConditional(condition, then, otherwise, expression)
    case .list(let elements): return checkList(elements, expression)
    case .map(let entries): return checkMap(entries, expression)
    case .comprehension(let comprehension):
      return checkComprehension(comprehension, expression)
    case .listMacro(let macro): return checkListMacro(macro, expression)
    case .bind(let name, let value, let body):
      let value = check(value)
      let body = with([variable(name, value.type)]) { $0.check(body) }
      return node(
        .bind(name: name.text, depth: locals.count, value: value, body: body), body.type,
        expression)
    case .optionalMap(let operand, let variable, let body, let isFlat):
      return checkOptionalMap(operand, variable, body, isFlat: isFlat, expression)
    case .error: return errorNode(expression.range)
    }
  }

  /// An operand that must be true or false.
  mutating func checkCondition(_ expression: Expression) -> CheckedExpression {
    let condition = check(expression)
    if !isDynamic { require(.bool, of: condition) }
    return condition
  }

  /// Operands joined in pairs, so that a long chain makes no deep tree; their order stays.
  private mutating func checkChain(
    _ operands: [Expression], isAnd: Bool, _ expression: Expression
  ) -> CheckedExpression {
    var level = operands.map { checkCondition($0) }
    while level.count > 1 {
      level = stride(from: 0, to: level.count, by: 2).map { start in
        guard start + 1 < level.count else { return level[start] }
        let (left, right) = (level[start], level[start + 1])
        return CheckedExpression(
          kind: isAnd ? .and(left, right) : .or(left, right), type: isDynamic ? .dyn : .bool,
          range: left.range.union(right.range))
      }
    }
    return CheckedExpression(
      kind: level.first?.kind ?? .error, type: isDynamic ? .dyn : .bool, range: expression.range)
  }

  private mutating func checkConditional(
    _ condition: Expression, _ then: Expression, _ otherwise: Expression,
    _ expression: Expression
  ) -> CheckedExpression {
    let condition = checkCondition(condition)
    let branches = exactly([check(then), check(otherwise)], convertingInts: true)
    let (then, otherwise) = (branches[0], branches[1])
    requireCases(of: type(of: then), in: otherwise)
    requireCases(of: type(of: otherwise), in: then)
    var joined = joinable(then, otherwise)
    if joined == nil {
      report(
        .differentBranches(type(of: then), type(of: otherwise), at: expression.range))
      joined = .error
    }
    return node(
      .conditional(condition, then: then, else: otherwise), joined ?? .error, expression)
  }

  /// The type that values of both nodes have; nil when there is none but `dyn`.
  mutating func joinable(_ left: CheckedExpression, _ right: CheckedExpression) -> CELType? {
    joinable(type(of: left), type(of: right))
  }

  mutating func joinable(_ left: CELType, _ right: CELType) -> CELType? {
    if left == .error || right == .error { return .error }
    if case .enumeration(let a) = left, case .enumeration(let b) = right, a != b { return .string }
    guard
      substitution.isAssignable(right, to: left) || substitution.isAssignable(left, to: right)
    else { return nil }
    return substitution.mostGeneral(
      substitution.resolved(left, isFinal: false), substitution.resolved(right, isFinal: false))
  }

  private mutating func checkList(
    _ elements: [Expression.ListElement], _ expression: Expression
  ) -> CheckedExpression {
    var element: CELType?
    let values = exactly(elements.map { check($0.value) }, convertingInts: true)
    let checked = zip(elements, values).map { written, value in
      let type = withType(of: value, isOptional: written.isOptional)
      if isStrict, let element, element.isNullBeside(type) {
        report(.nullAmongOptionals(at: value.range))
      }
      join(&element, type)
      return CheckedExpression.ListElement(value: value, isOptional: written.isOptional)
    }
    return node(
      .list(checked), .list(element ?? substitution.freshVariable()), expression)
  }

  private mutating func checkMap(
    _ entries: [Expression.MapEntry], _ expression: Expression
  ) -> CheckedExpression {
    var key: CELType?
    var value: CELType?
    let keys = entries.map { (key: check($0.key), value: check($0.value)) }
    let values = exactly(keys.map(\.value), convertingInts: true)
    let checked = entries.indices.map { index in
      let written = entries[index]
      let entry = CheckedExpression.MapEntry(
        key: keys[index].key, value: values[index], isOptional: written.isOptional)
      let keyType = type(of: entry.key)
      if !isDynamic, !keyType.canBeKey { report(.notAKey(keyType, at: entry.key.range)) }
      join(&key, keyType)
      join(&value, withType(of: entry.value, isOptional: written.isOptional))
      return entry
    }
    if isStrict { reportRepeatedKeys(checked) }
    return node(
      .map(checked),
      .map(key ?? substitution.freshVariable(), value ?? substitution.freshVariable()),
      expression)
  }

  private mutating func reportRepeatedKeys(_ entries: [CheckedExpression.MapEntry]) {
    var keys = CELMap.Keys()
    for entry in entries {
      guard case .constant(let key) = entry.key.kind else { continue }
      if keys.has(key) { report(.repeatedKey(at: entry.key.range)) } else { keys.insert(key) }
    }
  }

  /// The type that an element adds to its list or map: inside of the optional where it is written `?e`.
  private mutating func withType(
    of value: CheckedExpression, isOptional: Bool
  ) -> CELType {
    let actual = type(of: value)
    guard isOptional, !isDynamic else { return actual }
    let inner = substitution.freshVariable()
    guard substitution.isAssignable(actual, to: .optional(inner)) else {
      report(.notOptional(actual, at: value.range))
      return .error
    }
    return substitution.resolved(inner, isFinal: false)
  }

  /// The type of elements so far together with another; `dyn` where they have nothing in common.
  private mutating func join(_ element: inout CELType?, _ type: CELType) {
    guard let known = element else {
      element = type
      return
    }
    element = joinable(known, type) ?? .dyn
  }

  private mutating func checkComprehension(
    _ comprehension: Expression.Comprehension, _ expression: Expression
  ) -> CheckedExpression {
    let range = check(comprehension.range)
    let types = variableTypes(range, count: comprehension.variables.count)
    let variables = zip(comprehension.variables, types).map { variable($0, $1) }
    let macro = comprehension.macro
    let (predicate, transform) = with(variables) { deduction in
      (
        comprehension.predicate.map { deduction.checkCondition($0) },
        comprehension.transform.map { deduction.check($0) }
      )
    }
    let computed = transform.map { type(of: $0) } ?? .dyn
    let result: CELType
    switch macro {
    case .all, .exists, .existsOne: result = .bool
    case .filter: result = .list(types.last ?? .dyn)
    case .map, .transformList, .reduce: result = .list(computed)
    case .transformMap: result = .map(types.first ?? .dyn, computed)
    case .transformMapEntry:
      let entry = CELType.map(substitution.freshVariable(), substitution.freshVariable())
      if let transform, !substitution.isAssignable(computed, to: entry) {
        report(.wrongType(computed, expected: .map(.dyn, .dyn), at: transform.range))
      }
      result = entry
    }
    return node(
      .comprehension(
        CheckedExpression.Comprehension(
          macro: macro, range: range, variables: variables.map(\.name), predicate: predicate,
          transform: transform)), result, expression)
  }

  /// The types of a comprehension's variables; reports a range that has no elements.
  mutating func variableTypes(_ range: CheckedExpression, count: Int) -> [CELType] {
    var actual = type(of: range)
    if case .parameter = actual {
      let list = CELType.list(substitution.freshVariable())
      _ = substitution.isAssignable(actual, to: list)
      actual = list
    }
    switch actual {
    case .list(let element): return count == 2 ? [.int, element] : [element]
    case .map(let key, let value): return count == 2 ? [key, value] : [key]
    case .dyn: return Array(repeating: .dyn, count: count)
    case .error: break
    default: report(.nothingToIterate(actual, at: range.range))
    }
    return Array(repeating: .error, count: count)
  }

  private mutating func checkOptionalMap(
    _ operand: Expression, _ variable: Expression.Name, _ body: Expression, isFlat: Bool,
    _ expression: Expression
  ) -> CheckedExpression {
    let operand = check(operand)
    let inner = substitution.freshVariable()
    if !isDynamic, !substitution.isAssignable(type(of: operand), to: .optional(inner)) {
      report(.notOptional(type(of: operand), at: operand.range))
    }
    let value = self.variable(variable, substitution.resolved(inner, isFinal: false))
    let body = with([value]) { $0.check(body) }
    var result = CELType.optional(body.type)
    if isFlat {
      result = .optional(substitution.freshVariable())
      if !isDynamic, !substitution.isAssignable(type(of: body), to: result) {
        report(.notOptional(type(of: body), at: body.range))
      }
    }
    return node(
      .optionalMap(
        operand, name: variable.text, depth: locals.count, body: body, isFlat: isFlat), result,
      expression)
  }
}

extension CELType {
  /// Whether one of two types is null and the other that of optional values.
  fileprivate func isNullBeside(_ other: CELType) -> Bool {
    switch (self, other) {
    case (.null, .optional), (.optional, .null): true
    default: false
    }
  }

  /// Whether values of the type may be keys of a map.
  var canBeKey: Bool {
    switch self {
    case .bool, .int, .uint, .string, .enumeration, .dyn, .error, .parameter: true
    default: false
    }
  }
}
