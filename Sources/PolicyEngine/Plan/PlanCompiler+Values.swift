import CEL

/// Expressions that are not conditions: each gives a node of the function's kind, or nil.
extension PlanCompiler {
  /// The word of a constant of a type: an int, or a date's day.
  static func number(_ value: CELValue, of type: CELType) -> Int64? {
    switch (value, type) {
    case (.int(let number), .int): number
    case (.date(let date), .date): Int64(date.daysSinceEpoch)
    default: nil
    }
  }

  /// An int, the day of a date, or the position of a case.
  mutating func number(_ expression: CheckedExpression, _ scope: Scope) -> Int32? {
    guard let scope = deeper(scope) else { return nil }
    let type = expression.type
    var enumeration: Int?
    if case .enumeration(let name) = type { enumeration = enumerationIndex(name) }
    guard type == .int || type == .date || enumeration != nil else { return nil }
    if let value = constant(expression, in: scope) {
      if let enumeration {
        guard case .string(let name) = value else { return nil }
        let position = position(of: name, in: enumeration)
        return position >= 0 ? add(.number, value: position, parts: []) : nil
      }
      return Self.number(value, of: type).flatMap { add(.number, value: $0, parts: []) }
    }
    let stored: FactSchema.ValueType =
      enumeration.map { .enumeration($0) } ?? (type == .int ? .int : .date)
    switch expression.kind {
    case .local(let depth, _):
      if type == .int, scope.locals.indices.contains(depth), case .number = scope.locals[depth] {
        return add(.numberInLocal, Int32(truncatingIfNeeded: depth), parts: [])
      }
      return place(depth, stored, scope).flatMap { add(.numberOfLocal, $0, parts: []) }
    case .field(let operand, let field):
      guard factType(field) == stored else { return nil }
      return fact(.numberAt, operand, field, scope)
    case .derived(let operand, let field):
      // A definition has the type of the term, so it's of the same kind wherever it is read.
      return term(operand, field, scope) { compiler, definition, scope in
        definition.type == type ? compiler.number(definition, scope) : nil
      }
    case .conditional(let condition, let then, let otherwise):
      guard then.type == type, otherwise.type == type else { return nil }
      return conditional(condition, then, otherwise, scope) { $0.number($1, $2) }
    case .call(let name, _, let arguments):
      if let value = handedOn(name, arguments, scope, { $0.number($1, $2) }) { return value }
      return enumeration == nil ? calculation(name, arguments, scope) : nil
    default: return nil
    }
  }

  private mutating func calculation(
    _ name: String, _ arguments: [CheckedExpression], _ scope: Scope
  ) -> Int32? {
    guard let first = arguments.first else { return nil }
    if arguments.count == 1 {
      switch name {
      case "size": return size(first, scope)
      case "date" where first.type == .timestamp:
        let instant = instant(first, scope)
        return add(.dayOfInstant, instant, parts: [instant])
      case "year", "getFullYear": return datePart(0, first, scope)
      case "month": return datePart(1, first, scope)
      case "day": return datePart(2, first, scope)
      case "dayOfWeek": return datePart(3, first, scope)
      case "-_" where first.type == .int:
        let (zero, number) = (add(.number, value: 0, parts: []), number(first, scope))
        return add(.subtract, zero, number, parts: [zero, number])
      case "getHours": return durationPart(3_600, first, scope)
      case "getMinutes": return durationPart(60, first, scope)
      case "getSeconds": return durationPart(1, first, scope)
      default: return nil
      }
    }
    guard arguments.count == 2 else { return nil }
    let second = arguments[1]
    switch (name, first.type, second.type) {
    case ("_[_]", .map, _): return numberOfKey(first, second, scope)
    case ("_+_", .int, .int): return binary(.add, first, second, scope)
    case ("_-_", .int, .int): return binary(.subtract, first, second, scope)
    case ("_*_", .int, .int): return binary(.multiply, first, second, scope)
    case ("daysUntil", .date, .date): return binary(.subtract, second, first, scope)
    case ("addDays", .date, .int): return binary(.addDays, first, second, scope, value: 1)
    case ("addWeeks", .date, .int): return binary(.addDays, first, second, scope, value: 7)
    default: return nil
    }
  }

  private mutating func binary(
    _ operation: PlanNode.Operation, _ first: CheckedExpression, _ second: CheckedExpression,
    _ scope: Scope, value: Int64 = 0
  ) -> Int32? {
    let (first, second) = (number(first, scope), number(second, scope))
    return add(operation, first, second, value: value, parts: [first, second])
  }

  private mutating func datePart(
    _ part: Int64, _ date: CheckedExpression, _ scope: Scope
  ) -> Int32? {
    guard date.type == .date else { return nil }
    let date = number(date, scope)
    return add(.datePart, date, value: part, parts: [date])
  }

  /// A whole part of a duration; those of an instant are another thing.
  private mutating func durationPart(
    _ seconds: Int64, _ duration: CheckedExpression, _ scope: Scope
  ) -> Int32? {
    guard duration.type == .duration else { return nil }
    let duration = instant(duration, scope)
    return add(.durationPart, duration, value: seconds, parts: [duration])
  }

  private mutating func size(_ operand: CheckedExpression, _ scope: Scope) -> Int32? {
    if operand.type == .string {
      let text = string(operand, scope)
      return add(.scalarCount, text, parts: [text])
    }
    let list = list(operand, scope)?.node
    return add(.listCount, list, parts: [list])
  }

  // MARK: - Strings

  /// A string, or the name of a case as one.
  mutating func string(_ expression: CheckedExpression, _ scope: Scope) -> Int32? {
    guard let scope = deeper(scope) else { return nil }
    if let value = constant(expression, in: scope) {
      guard case .string(let text) = value else { return nil }
      return add(.string, stringIndex(text), parts: [])
    }
    if case .enumeration(let name) = expression.type {
      guard let enumeration = enumerationIndex(name) else { return nil }
      let position = number(expression, scope)
      return add(
        .caseName, position, caseNames(of: enumeration),
        Int32(truncatingIfNeeded: schema.enumerations[enumeration].cases.count), parts: [position])
    }
    guard expression.type == .string else { return nil }
    switch expression.kind {
    case .local(let depth, _):
      return place(depth, .string, scope).flatMap { add(.stringOfLocal, $0, parts: []) }
    case .field(let operand, let field):
      guard factType(field) == .string else { return nil }
      return fact(.stringAt, operand, field, scope)
    case .derived(let operand, let field):
      return term(operand, field, scope) { $0.string($1, $2) }
    case .conditional(let condition, let then, let otherwise):
      return conditional(condition, then, otherwise, scope) { $0.string($1, $2) }
    case .call("_[_]", _, let arguments):
      guard arguments.count == 2 else { return nil }
      if case .map = arguments[0].type { return stringOfKey(arguments[0], arguments[1], scope) }
      guard arguments[1].type == .int, let (list, element) = list(arguments[0], scope),
        element == .string
      else { return nil }
      let position = number(arguments[1], scope)
      return add(.stringElement, list, position, parts: [list, position])
    case .call(let name, _, let arguments):
      return handedOn(name, arguments, scope) { $0.string($1, $2) }
    default: return nil
    }
  }

  // MARK: - Instants

  /// A timestamp or a duration.
  mutating func instant(_ expression: CheckedExpression, _ scope: Scope) -> Int32? {
    guard let scope = deeper(scope) else { return nil }
    let type = expression.type
    guard type == .timestamp || type == .duration else { return nil }
    switch constant(expression, in: scope) {
    case .timestamp(let instant)?:
      return add(.instant, instant.nanoseconds, value: instant.seconds, parts: [])
    case .duration(let duration)?:
      return add(.instant, duration.nanoseconds, value: duration.seconds, parts: [])
    case nil: break
    default: return nil
    }
    let stored: FactSchema.ValueType = type == .timestamp ? .timestamp : .duration
    switch expression.kind {
    case .local(let depth, _):
      return place(depth, stored, scope).flatMap { add(.instantOfLocal, $0, parts: []) }
    case .field(let operand, let field):
      guard factType(field) == stored else { return nil }
      return fact(.instantAt, operand, field, scope)
    case .derived(let operand, let field):
      return term(operand, field, scope) { $0.instant($1, $2) }
    case .conditional(let condition, let then, let otherwise):
      return conditional(condition, then, otherwise, scope) { $0.instant($1, $2) }
    case .call(let name, _, let arguments): return instant(name, arguments, scope)
    default: return nil
    }
  }

  private mutating func instant(
    _ name: String, _ arguments: [CheckedExpression], _ scope: Scope
  ) -> Int32? {
    switch (name, arguments.map(\.type)) {
    case ("_-_", [.timestamp, .timestamp]):
      let (left, right) = (instant(arguments[0], scope), instant(arguments[1], scope))
      return add(.difference, left, right, parts: [left, right])
    case ("timeOfDay", [.timestamp]):
      let instant = instant(arguments[0], scope)
      return add(.timeOfDay, instant, parts: [instant])
    case ("_[_]", let types) where types.count == 2:
      return instantOfKey(arguments[0], arguments[1], scope)
    default: return handedOn(name, arguments, scope) { $0.instant($1, $2) }
    }
  }

  // MARK: - Objects and lists

  /// An object, as a node or as one of the objects that need none.
  mutating func object(_ expression: CheckedExpression, _ scope: Scope) -> Int32? {
    guard let scope = deeper(scope), case .object(let name) = expression.type,
      let type = typeIndex(name)
    else { return nil }
    switch expression.kind {
    case .global(GlobalSlot.document, _):
      return type == schema.documentType ? PlanObject.document : nil
    case .local(let depth, _):
      guard scope.locals.indices.contains(depth), case .row(type) = scope.locals[depth] else {
        return nil
      }
      return PlanObject.local(depth)
    case .field(let operand, let field):
      guard factType(field) == .object(type) else { return nil }
      return fact(.objectAt, operand, field, scope)
    case .derived(let operand, let field):
      return term(operand, field, scope) { $0.object($1, $2) }
    case .conditional(let condition, let then, let otherwise):
      return conditional(condition, then, otherwise, scope) { $0.object($1, $2) }
    default: return nil
    }
  }

  /// A list of the document, with the type of its elements.
  mutating func list(
    _ expression: CheckedExpression, _ scope: Scope
  ) -> (node: Int32, element: FactSchema.ValueType)? {
    guard let scope = deeper(scope) else { return nil }
    switch expression.kind {
    case .local(let depth, _):
      guard scope.locals.indices.contains(depth),
        case .place(.list(let element)) = scope.locals[depth],
        let node = add(.listOfLocal, Int32(truncatingIfNeeded: depth), parts: [])
      else { return nil }
      return (node, element)
    case .field(let operand, let field):
      guard case .list = expression.type, case .list(let element)? = factType(field),
        let node = fact(.listAt, operand, field, scope)
      else { return nil }
      return (node, element)
    default: return nil
    }
  }
}
