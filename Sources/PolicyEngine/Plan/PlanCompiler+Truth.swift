import CEL

/// Conditions and what they are made of: each gives a node, if need be one that is undetermined.
extension PlanCompiler {
  /// A condition of a rule.
  mutating func condition(_ condition: Condition, _ scope: Scope) -> Int32 {
    switch condition.kind {
    case .expression(let expression): truth(expression, scope)
    case .all(let parts): join(.and, parts, scope)
    case .any(let parts): join(.or, parts, scope)
    case .none(let parts): not(join(.or, parts, scope))
    // What is not known stays open here, and the general evaluator is asked.
    case .anyKnown(let parts): join(.or, parts, scope)
    // Whether there is a value depends on all that is read for it: the general evaluator is asked.
    case .gives: Self.undetermined
    case .inForce(let dates):
      governingDate.map { dates.contains($0) ? Self.yes : Self.no } ?? Self.undetermined
    }
  }

  private mutating func join(
    _ operation: PlanNode.Operation, _ parts: [Condition], _ scope: Scope
  ) -> Int32 {
    let nodes = parts.map { condition($0, scope) }
    let start = operation == .and ? Self.yes : Self.no
    let absorbing = operation == .and ? Self.no : Self.yes
    // Each part of a condition is evaluated when it is explained.
    if nodes.contains(absorbing), nodes.contains(where: { $0 > Self.yes }) { leftOut += 1 }
    return nodes.reversed().reduce(start) { rest, node in join(operation, node, rest) }
  }

  /// A Boolean expression.
  mutating func truth(_ expression: CheckedExpression, _ scope: Scope) -> Int32 {
    guard let inner = deeper(scope), let node = exactTruth(expression, inner) else {
      return fallback(expression)
    }
    return node
  }

  private mutating func exactTruth(_ expression: CheckedExpression, _ scope: Scope) -> Int32? {
    if case .bool(let isTrue)? = constant(expression, in: scope) {
      return isTrue ? Self.yes : Self.no
    }
    guard expression.type == .bool else { return nil }
    switch expression.kind {
    case .not(let operand): return not(truth(operand, scope))
    case .and(let left, let right): return join(.and, truth(left, scope), truth(right, scope))
    case .or(let left, let right): return join(.or, truth(left, scope), truth(right, scope))
    case .conditional(let condition, let then, let otherwise):
      return conditional(condition, then, otherwise, scope) { $0.truth($1, $2) }
    case .local(let depth, _):
      return place(depth, .bool, scope).flatMap { add(.boolOfLocal, $0, parts: []) }
    case .field(let operand, let field):
      guard factType(field) == .bool else { return nil }
      return fact(.boolAt, operand, field, scope)
    case .derived(let operand, let field):
      return term(operand, field, scope) { $0.truth($1, $2) }
    case .hasField(let operand, let field): return isPresent(operand, field, scope)
    case .comprehension(let comprehension): return loop(comprehension, scope)
    case .call(let name, _, let arguments): return call(name, arguments, scope)
    default: return nil
    }
  }

  // MARK: - Logic

  private mutating func not(_ node: Int32) -> Int32 {
    switch node {
    case Self.no: return Self.yes
    case Self.yes: return Self.no
    default:
      if nodes[Int(node)].operation == .not { return nodes[Int(node)].a }
      return add(.not, node, parts: [node]) ?? Self.undetermined
    }
  }

  private mutating func join(
    _ operation: PlanNode.Operation, _ left: Int32, _ right: Int32
  ) -> Int32 {
    let absorbing = operation == .and ? Self.no : Self.yes
    let neutral = operation == .and ? Self.yes : Self.no
    if right == absorbing, left > Self.yes { leftOut += 1 }
    if left == absorbing || right == absorbing { return absorbing }
    if left == neutral { return right }
    if right == neutral { return left }
    return add(operation, left, right, parts: [left, right]) ?? Self.undetermined
  }

  /// A conditional of any kind; one whose condition is constant is the side that is taken.
  mutating func conditional(
    _ condition: CheckedExpression, _ then: CheckedExpression, _ otherwise: CheckedExpression,
    _ scope: Scope, _ compile: (inout PlanCompiler, CheckedExpression, Scope) -> Int32?
  ) -> Int32? {
    let condition = truth(condition, scope)
    if condition == Self.yes { return compile(&self, then, scope) }
    if condition == Self.no { return compile(&self, otherwise, scope) }
    let then = compile(&self, then, scope)
    let otherwise = compile(&self, otherwise, scope)
    return add(.conditional, condition, then, otherwise, parts: [condition, then, otherwise])
  }

  /// The local at a depth, if it is a place of values of a type.
  func place(_ depth: Int, _ type: FactSchema.ValueType, _ scope: Scope) -> Int32? {
    guard scope.locals.indices.contains(depth), case .place(type) = scope.locals[depth] else {
      return nil
    }
    return Int32(truncatingIfNeeded: depth)
  }

  private mutating func isPresent(
    _ operand: CheckedExpression, _ field: FieldReference, _ scope: Scope
  ) -> Int32? {
    guard let type = typeIndex(field.typeName),
      schema.objectTypes[type].facts.indices.contains(field.index),
      let object = object(operand, scope)
    else { return nil }
    let isOptional = schema.objectTypes[type].facts[field.index].isOptional
    return add(
      .isPresent, object, isOptional ? 1 : 0, Int32(truncatingIfNeeded: field.index),
      parts: [object])
  }

  private mutating func loop(
    _ comprehension: CheckedExpression.Comprehension, _ scope: Scope
  ) -> Int32? {
    let operation: PlanNode.Operation
    switch comprehension.macro {
    case .all: operation = .all
    case .exists: operation = .exists
    case .existsOne: operation = .existsOne
    default: return nil
    }
    guard comprehension.variables.count == 1, let predicate = comprehension.predicate,
      let (list, element) = list(comprehension.range, scope)
    else { return nil }
    var inner = scope
    let kind: PlanElement
    if case .object(let type) = element {
      inner.locals.append(.row(type: type))
      kind = .row
    } else {
      inner.locals.append(.place(element))
      kind = element.wordCount == 2 ? .twoWords : .oneWord
    }
    let body = truth(predicate, inner)
    return add(
      operation, list, body, Int32(truncatingIfNeeded: scope.locals.count),
      value: PlanNode.loopValue(kind, bodyCost: cost(body)), parts: [list, body])
  }

  // MARK: - Calls

  private mutating func call(
    _ name: String, _ arguments: [CheckedExpression], _ scope: Scope
  ) -> Int32? {
    guard arguments.count == 2 else { return nil }
    let (left, right) = (arguments[0], arguments[1])
    switch name {
    case "_==_": return equal(left, right, scope)
    case "_!=_": return equal(left, right, scope).map { not($0) }
    case "_<_": return ordered(left, right, scope, .less)
    case "_<=_": return ordered(left, right, scope, .lessOrEqual)
    case "_>_": return ordered(right, left, scope, .less)
    case "_>=_": return ordered(right, left, scope, .lessOrEqual)
    case "@in": return isIn(left, right, scope)
    case "startsWith": return textual(.startsWith, left, right, scope)
    case "endsWith": return textual(.endsWith, left, right, scope)
    case "contains": return textual(.contains, left, right, scope)
    default: return nil
    }
  }

  private mutating func textual(
    _ operation: PlanNode.Operation, _ text: CheckedExpression, _ part: CheckedExpression,
    _ scope: Scope
  ) -> Int32? {
    guard text.type == .string else { return nil }
    let (text, part) = (string(text, scope), string(part, scope))
    return add(operation, text, part, parts: [text, part])
  }

  private mutating func equal(
    _ left: CheckedExpression, _ right: CheckedExpression, _ scope: Scope
  ) -> Int32? {
    if let left = constant(left, in: scope), let right = constant(right, in: scope) {
      return left.isEqual(to: right) ? Self.yes : Self.no
    }
    if case .enumeration(let name) = left.type, let enumeration = enumerationIndex(name) {
      return enumerationEqual(left, enumeration, right, scope)
    }
    if case .enumeration(let name) = right.type, let enumeration = enumerationIndex(name) {
      return enumerationEqual(right, enumeration, left, scope)
    }
    guard left.type == right.type else { return nil }
    switch left.type {
    case .bool:
      let (left, right) = (truth(left, scope), truth(right, scope))
      return add(.sameTruth, left, right, parts: [left, right])
    case .int, .date:
      let (left, right) = (number(left, scope), number(right, scope))
      return add(.numbersEqual, left, right, parts: [left, right])
    case .string:
      if let blank = isBlank(left, right, scope) ?? isBlank(right, left, scope) { return blank }
      let (left, right) = (string(left, scope), string(right, scope))
      return add(.stringsEqual, left, right, parts: [left, right])
    case .timestamp, .duration:
      let (left, right) = (instant(left, scope), instant(right, scope))
      return add(.instantsEqual, left, right, parts: [left, right])
    default: return nil
    }
  }

  /// `text.trim() == ''`, so that nothing need be trimmed.
  private mutating func isBlank(
    _ trimmed: CheckedExpression, _ empty: CheckedExpression, _ scope: Scope
  ) -> Int32? {
    guard case .call("trim", _, let arguments) = trimmed.kind, arguments.count == 1,
      case .string("")? = constant(empty, in: scope)
    else { return nil }
    let text = string(arguments[0], scope)
    return add(.isBlank, text, parts: [text])
  }

  private mutating func enumerationEqual(
    _ value: CheckedExpression, _ enumeration: Int, _ other: CheckedExpression, _ scope: Scope
  ) -> Int32? {
    if case .string(let name)? = constant(other, in: scope) {
      let value = number(value, scope)
      return add(
        .numberEqualsConstant, value, value: position(of: name, in: enumeration), parts: [value])
    }
    if other.type == value.type {
      let (value, other) = (number(value, scope), number(other, scope))
      return add(.numbersEqual, value, other, parts: [value, other])
    }
    let (value, other) = (string(value, scope), string(other, scope))
    return add(.stringsEqual, value, other, parts: [value, other])
  }

  private enum Order {
    case less, lessOrEqual
  }

  private mutating func ordered(
    _ left: CheckedExpression, _ right: CheckedExpression, _ scope: Scope, _ order: Order
  ) -> Int32? {
    let isStrict = order == .less
    switch (left.type, right.type) {
    case (.int, .int), (.date, .date):
      let (left, right) = (number(left, scope), number(right, scope))
      return add(isStrict ? .numberLess : .numberLessOrEqual, left, right, parts: [left, right])
    case (.timestamp, .timestamp), (.duration, .duration):
      let (left, right) = (instant(left, scope), instant(right, scope))
      return add(isStrict ? .instantLess : .instantLessOrEqual, left, right, parts: [left, right])
    case (.string, .string), (.enumeration, .string), (.string, .enumeration),
      (.enumeration, .enumeration):
      let (left, right) = (string(left, scope), string(right, scope))
      return add(isStrict ? .stringLess : .stringLessOrEqual, left, right, parts: [left, right])
    default: return nil
    }
  }

  // MARK: - Membership

  private mutating func isIn(
    _ element: CheckedExpression, _ collection: CheckedExpression, _ scope: Scope
  ) -> Int32? {
    switch constant(collection, in: scope) {
    case .list(let values)?: return isIn(element, values, scope)
    case .map(let map)?: return isIn(element, map.entries.map(\.key), scope)
    case nil: break
    default: return nil
    }
    guard let (list, type) = list(collection, scope) else { return nil }
    switch type {
    case .string:
      let text = string(element, scope)
      return add(.inStringList, text, list, parts: [text, list])
    case .int, .date:
      guard element.type == (type == .int ? .int : .date) else { return nil }
      let value = number(element, scope)
      return add(.inNumberList, value, list, parts: [value, list])
    case .enumeration(let enumeration):
      let value: Int32?
      if case .string(let name)? = constant(element, in: scope) {
        value = add(.number, value: position(of: name, in: enumeration), parts: [])
      } else {
        guard element.type == .enumeration(schema.enumerations[enumeration].name) else {
          return nil
        }
        value = number(element, scope)
      }
      return add(.inNumberList, value, list, parts: [value, list])
    default: return nil
    }
  }

  private mutating func isIn(
    _ element: CheckedExpression, _ values: [CELValue], _ scope: Scope
  ) -> Int32? {
    if let value = constant(element, in: scope) {
      return values.contains { $0.isEqual(to: value) } ? Self.yes : Self.no
    }
    switch element.type {
    case .enumeration(let name):
      guard let enumeration = enumerationIndex(name), let names = values.asStrings else {
        return nil
      }
      let positions = names.map { position(of: $0, in: enumeration) }.filter { $0 >= 0 }
      let value = number(element, scope)
      guard schema.enumerations[enumeration].cases.count <= 64 else {
        return inNumbers(value, positions)
      }
      let mask = positions.reduce(Int64(0)) { $0 | 1 << $1 }
      return add(.inMask, value, value: mask, extraCost: 2 * values.count, parts: [value])
    case .string:
      guard let names = values.asStrings else { return nil }
      let text = string(element, scope)
      return add(.inStrings, text, setIndex(names), extraCost: 2 * names.count, parts: [text])
    case .int, .date:
      var numbers: [Int64] = []
      for value in values {
        guard let number = Self.number(value, of: element.type) else { return nil }
        numbers.append(number)
      }
      return inNumbers(number(element, scope), numbers)
    default: return nil
    }
  }

  private mutating func inNumbers(_ value: Int32?, _ numbers: [Int64]) -> Int32? {
    add(
      .inNumbers, value, numberRange(numbers), Int32(truncatingIfNeeded: numbers.count),
      extraCost: 2 * numbers.count, parts: [value])
  }
}

extension [CELValue] {
  /// The strings that all of them are; nil when one is something else.
  fileprivate var asStrings: [String]? {
    let strings = compactMap { if case .string(let text) = $0 { text } else { nil } }
    return strings.count == count ? strings : nil
  }
}
