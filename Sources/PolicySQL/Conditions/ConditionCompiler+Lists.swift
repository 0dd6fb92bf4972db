import CEL
import PolicyEngine

/// Lists: membership, elements, and the macros that go through them.
extension ConditionCompiler {
  mutating func membership(
    _ element: CheckedExpression, _ collection: CheckedExpression, _ scope: Scope
  ) throws -> String {
    let value = try value(element, scope)
    if case .global(let slot, _) = collection.kind, slot >= GlobalSlot.firstParameter {
      guard element.type.isPlain else {
        throw SQLRefusal("whether '\(element.type)' is in a list can't be asked in SQL exactly")
      }
      return try parameterValue(collection, of: .bool) { choices, compiler in
        try compiler.isOne(of: choices.choices, value, element.type)
      }
    }
    if let choices = collection.constantValue {
      return try isOne(of: choices.choices, value, element.type)
    }
    guard case .list(let type) = collection.type, type.sqlKind == element.type.sqlKind, type.isPlain
    else {
      throw SQLRefusal(
        "whether '\(element.type)' is in '\(collection.type)' can't be asked in SQL exactly")
    }
    return try dialect.contains(list: try self.value(collection, scope), value, type)
  }

  /// Whether a value is one of some that were known when the policies were loaded.
  private func isOne(of choices: [CELValue]?, _ value: String, _ type: CELType) throws -> String {
    guard let choices else { throw SQLRefusal("this is not a list of single values") }
    guard !choices.isEmpty else { return SQLLogic.value("FALSE", ifKnown: [value]) }
    let literals = try choices.map { choice in
      guard choice.type == type.sqlKind else {
        throw SQLRefusal("a list of values of several types has no form in SQL")
      }
      return try literal(choice, type)
    }
    return "\(SQLLogic.parenthesized(value)) IN (\(literals.joined(separator: ", ")))"
  }

  mutating func element(
    _ collection: CheckedExpression, _ index: CheckedExpression, _ type: CELType, _ scope: Scope
  ) throws -> String {
    if case .list = collection.type, index.type == .int {
      return try dialect.element(
        of: try value(collection, scope), at: try value(index, scope), type)
    }
    return try row(of: collection, key: try value(index, scope), type)
  }

  /// The value that a table of the policies has for a key; NULL where it has none.
  func row(of table: CheckedExpression, key: String, _ type: CELType) throws -> String {
    try parameterValue(table, of: type) { value, compiler in
      guard case .map(let map) = value, case .map(_, let result) = table.type else {
        throw SQLRefusal("this is not a table")
      }
      guard !map.entries.isEmpty else { return "NULL" }
      let rows = try map.entries.map { entry in
        "WHEN \(try compiler.literal(entry.key, entry.key.type)) "
          + "THEN \(try compiler.literal(entry.value, result))"
      }
      return "CASE \(SQLLogic.parenthesized(key)) \(rows.joined(separator: " ")) END"
    }
  }

  // MARK: - Parameters

  /// What is made of the value of a parameter that is in force on the governing date.
  func parameterValue(
    _ node: CheckedExpression, of type: CELType,
    _ write: (CELValue, ConditionCompiler) throws -> String
  ) throws -> String {
    if let value = node.constantValue { return try write(value, self) }
    guard case .global(let slot, _) = node.kind, slot >= GlobalSlot.firstParameter else {
      throw SQLRefusal("only tables and lists of the policies themselves can be looked up in SQL")
    }
    let parameter = policies.vocabulary.parameters[slot - GlobalSlot.firstParameter]
    return try datedValue(of: parameter) { try write($0, self) }
  }

  /// A choice by the governing date among what is made of each value of a parameter.
  func datedValue(
    of parameter: Parameter, _ write: (CELValue) throws -> String
  ) throws -> String {
    guard hasParameters else {
      throw SQLRefusal("'\(parameter.name)' has no value before the governing date is known")
    }
    let date = dialect.name(SQLColumn.governingDate)
    var cases: [String] = []
    for (index, value) in parameter.values.enumerated() {
      let next = parameter.values.dropFirst(index + 1).first?.from
      let until = [value.end?.from, next].compactMap(\.self).min()
      let upper = until.map { " AND \(date) < \(dialect.date($0))" } ?? ""
      cases.append(
        "WHEN \(date) >= \(dialect.date(value.from))\(upper) THEN \(try write(value.value))")
    }
    return "CASE \(cases.joined(separator: " ")) END"
  }

  // MARK: - Macros

  mutating func loop(
    _ comprehension: CheckedExpression.Comprehension, _ type: CELType, _ scope: Scope
  ) throws -> String {
    guard comprehension.variables.count == 1, let variable = comprehension.variables.first,
      case .list(let element) = comprehension.range.type
    else { throw SQLRefusal("going through positions or tables has no form in SQL") }
    var range = try value(comprehension.range, scope)
    var inner = scope
    inner.locals.append(try dialect.variable(variable, element))
    let name = dialect.name(variable)
    let predicate = try comprehension.predicate.map { try value($0, inner) }
    switch (comprehension.macro, predicate) {
    case (.all, let predicate?): return dialect.all(in: range, name, predicate)
    case (.exists, let predicate?): return dialect.exists(in: range, name, predicate)
    case (.existsOne, let predicate?): return dialect.existsOne(in: range, name, predicate)
    case (.filter, let predicate?): return try dialect.filter(range, name, predicate, element)
    case (.map, _), (.transformList, _):
      guard let transform = comprehension.transform, case .list(let result) = type else { break }
      if let predicate { range = try dialect.filter(range, name, predicate, element) }
      guard result.isPlain || result == .double else {
        throw SQLRefusal("a list of '\(result)' can't be made in SQL")
      }
      return try dialect.map(range, name, try value(transform, inner), result)
    default: break
    }
    throw SQLRefusal("this macro has no form in SQL")
  }
}

extension CELValue {
  /// The elements of a list, or the keys of a table, which `in` looks among; nil for all else.
  fileprivate var choices: [CELValue]? {
    switch self {
    case .list(let elements): elements
    case .map(let map): map.entries.map(\.key)
    default: nil
    }
  }
}
