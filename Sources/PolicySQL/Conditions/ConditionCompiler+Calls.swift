import CEL
import PolicyEngine

/// Calls of the language's operators and functions.
extension ConditionCompiler {
  mutating func call(
    _ name: String, _ arguments: [CheckedExpression], _ type: CELType, _ scope: Scope
  ) throws -> String {
    if let optional = try optionalCall(name, arguments, scope) { return optional }
    switch (name, arguments.count) {
    case ("_==_", 2): return try equal(arguments[0], arguments[1], scope)
    case ("_!=_", 2): return SQLLogic.not(try equal(arguments[0], arguments[1], scope))
    case ("_<_", 2), ("_<=_", 2), ("_>_", 2), ("_>=_", 2):
      return try ordered(name.trimmingUnderscores, arguments[0], arguments[1], scope)
    case ("@in", 2): return try membership(arguments[0], arguments[1], scope)
    case ("_[_]", 2): return try element(arguments[0], arguments[1], type, scope)
    case ("size", 1): return try size(arguments[0], scope)
    case ("_+_", 2), ("_-_", 2), ("_*_", 2), ("_/_", 2), ("_%_", 2):
      return try calculation(name.trimmingUnderscores, arguments, scope)
    case ("-_", 1) where arguments[0].type == .int:
      return dialect.calculation("-", "0", try value(arguments[0], scope))
    default: break
    }
    if let written = try textCall(name, arguments, scope) { return written }
    if let written = try dateCall(name, arguments, scope) { return written }
    throw SQLRefusal(
      "'\(Overload.displayName(name))' of these types has no form in SQL that means the same")
  }

  /// Some values, where all of them have one of some types.
  mutating func values(
    _ arguments: [CheckedExpression], _ types: [CELType], _ scope: Scope
  ) throws -> [String]? {
    guard arguments.count == types.count,
      zip(arguments, types).allSatisfy({ $0.type.sqlKind == $1 })
    else { return nil }
    return try arguments.map { try value($0, scope) }
  }

  // MARK: - Comparison

  private mutating func equal(
    _ left: CheckedExpression, _ right: CheckedExpression, _ scope: Scope
  ) throws -> String {
    if let left = constant(left), let right = constant(right) {
      return dialect.bool(left.isEqual(to: right))
    }
    let types = (left.type.sqlKind, right.type.sqlKind)
    switch types {
    case (.bool, .bool), (.int, .int), (.double, .double), (.string, .string), (.date, .date),
      (.timestamp, .timestamp), (.duration, .duration), (.int, .double), (.double, .int):
      let (a, b) = try compared(left, right, scope)
      return "\(a) = \(b)"
    case (.list(let element), .list(let other)) where element == other && element.isPlain:
      return try dialect.equal(lists: try value(left, scope), try value(right, scope), element)
    default:
      throw SQLRefusal("'\(left.type)' and '\(right.type)' can't be compared in SQL exactly")
    }
  }

  private mutating func ordered(
    _ order: String, _ left: CheckedExpression, _ right: CheckedExpression, _ scope: Scope
  ) throws -> String {
    switch (left.type.sqlKind, right.type.sqlKind) {
    case (.string, .string):
      let (a, b) = try compared(left, right, scope)
      return "\(dialect.ordered(a)) \(order) \(dialect.ordered(b))"
    case (.bool, .bool), (.int, .int), (.double, .double), (.date, .date),
      (.timestamp, .timestamp), (.duration, .duration), (.int, .double), (.double, .int):
      let (a, b) = try compared(left, right, scope)
      return "\(a) \(order) \(b)"
    default:
      throw SQLRefusal("'\(left.type)' and '\(right.type)' can't be compared in SQL exactly")
    }
  }

  /// Two values that are compared: of an int and a double the int is made a double, as the language does it.
  private mutating func compared(
    _ left: CheckedExpression, _ right: CheckedExpression, _ scope: Scope
  ) throws -> (String, String) {
    let (a, b) = (try value(left, scope), try value(right, scope))
    let isMixed = left.type != right.type && [left.type, right.type].contains(.double)
    func side(_ text: String, _ node: CheckedExpression) -> String {
      isMixed && node.type == .int ? dialect.double(ofInt: text) : SQLLogic.parenthesized(text)
    }
    return (side(a, left), side(b, right))
  }

  /// The value that an expression has whatever the document says.
  func constant(_ node: CheckedExpression) -> CELValue? {
    if case .global(GlobalSlot.decision, _) = node.kind { return decision.map { .string($0) } }
    return node.constantValue
  }

  // MARK: - Numbers

  private mutating func calculation(
    _ operation: String, _ arguments: [CheckedExpression], _ scope: Scope
  ) throws -> String {
    let (left, right) = (try value(arguments[0], scope), try value(arguments[1], scope))
    switch (operation, arguments[0].type.sqlKind, arguments[1].type.sqlKind) {
    case (_, .int, .int): return dialect.calculation(operation, left, right)
    case ("+", .string, .string):
      return "\(SQLLogic.parenthesized(left)) || \(SQLLogic.parenthesized(right))"
    case ("+", .timestamp, .duration): return dialect.instant(left, adding: right)
    case ("+", .duration, .timestamp): return dialect.instant(right, adding: left)
    case ("-", .timestamp, .duration):
      return dialect.instant(left, adding: dialect.calculation("-", "0", right))
    case ("-", .timestamp, .timestamp):
      return dialect.bounded(dialect.microseconds(from: right, to: left), Self.durations)
    case ("+", .duration, .duration), ("-", .duration, .duration):
      return dialect.bounded(
        dialect.calculation(operation, left, right), Self.durations)
    case (_, .double, .double):
      throw SQLRefusal("databases differ in what doubles become where they are infinite or none")
    default:
      throw SQLRefusal(
        "'\(operation)' of '\(arguments[0].type)' and '\(arguments[1].type)' has no form in SQL")
    }
  }

  /// The durations of the language in microseconds: whole seconds, rounded down, lie below the limit.
  static let durations =
    (1_000_000 - CELDuration.secondsLimit * 1_000_000)...(CELDuration.secondsLimit * 1_000_000 - 1)

  private mutating func size(_ operand: CheckedExpression, _ scope: Scope) throws -> String {
    switch operand.type.sqlKind {
    case .string: return dialect.size(ofText: try value(operand, scope))
    case .list: return dialect.size(ofList: try value(operand, scope))
    case .map:
      return try parameterValue(operand, of: .int) { value, compiler in
        guard case .map(let map) = value else { throw SQLRefusal("this is not a table") }
        return compiler.dialect.int(Int64(map.entries.count))
      }
    default: throw SQLRefusal("the size of '\(operand.type)' has no form in SQL")
    }
  }
}

extension String {
  /// The operator of a call's name: `<` of `_<_`.
  fileprivate var trimmingUnderscores: String { replacing("_", with: "") }
}

extension CELType {
  /// The type with closed lists taken for the texts that they are.
  var sqlKind: CELType {
    switch self {
    case .enumeration: .string
    case .list(let element): .list(element.sqlKind)
    case .optional(let value): .optional(value.sqlKind)
    default: self
    }
  }

  /// Whether values are single ones that SQL compares as the language does.
  var isPlain: Bool {
    switch self {
    case .bool, .int, .string, .date, .timestamp, .duration, .enumeration: true
    default: false
    }
  }
}
