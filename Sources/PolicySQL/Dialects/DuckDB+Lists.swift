import CEL

/// Lists in DuckDB: lambdas give each element a number or a truth, and an aggregate of these says the rest.
extension DuckDB {
  func list(_ elements: [String], of element: CELType) throws -> String {
    "CAST([\(elements.joined(separator: ", "))] AS \(try name(of: element))[])"
  }

  func size(ofList list: String) -> String { "len(\(list))" }

  func element(of list: String, at index: String, _ element: CELType) throws -> String {
    // A position below zero would count from the end, and the greatest would overflow.
    let picked = "\(SQLLogic.parenthesized(list))[\(bounded(index, 0...2_000_000_000)) + 1]"
    guard element == .duration else { return picked }
    throw SQLRefusal("durations in lists have no form in SQL")
  }

  func contains(list: String, _ value: String, _ element: CELType) throws -> String {
    try refuse(durations: element)
    // An empty list is said not to contain NULL.
    return SQLLogic.value("list_contains(\(list), \(value))", ifKnown: [value])
  }

  func equal(lists left: String, _ right: String, _ element: CELType) throws -> String {
    try refuse(durations: element)
    return "\(SQLLogic.parenthesized(left)) = \(SQLLogic.parenthesized(right))"
  }

  private func refuse(durations element: CELType) throws {
    guard element != .duration else {
      throw SQLRefusal("durations in lists have no form in SQL")
    }
  }

  func exists(in list: String, _ variable: String, _ condition: String) -> String {
    "CASE coalesce(list_max(\(truths(list, variable, condition))), 0 * len(\(list))) "
      + "WHEN 2 THEN TRUE WHEN 0 THEN FALSE END"
  }

  func all(in list: String, _ variable: String, _ condition: String) -> String {
    "CASE coalesce(list_min(\(truths(list, variable, condition))), 2 + 0 * len(\(list))) "
      + "WHEN 2 THEN TRUE WHEN 0 THEN FALSE END"
  }

  func existsOne(in list: String, _ variable: String, _ condition: String) -> String {
    // One that is not known counts more than all the others together could.
    let counts =
      "list_transform(\(list), lambda \(variable): coalesce(CAST((\(condition)) AS BIGINT), 4000000000))"
    let count = "coalesce(list_sum(\(counts)), 0 * len(\(list)))"
    return "nullif(least(\(count), 4000000000), 4000000000) = 1"
  }

  func filter(
    _ list: String, _ variable: String, _ condition: String, _ element: CELType
  ) throws -> String {
    try refuse(durations: element)
    return "CASE WHEN \(areKnown(list, variable, condition)) "
      + "THEN list_filter(\(list), lambda \(variable): \(condition)) END"
  }

  func map(
    _ list: String, _ variable: String, _ transform: String, _ result: CELType
  ) throws -> String {
    try refuse(durations: result)
    return "CASE WHEN \(areKnown(list, variable, transform)) "
      + "THEN list_transform(\(list), lambda \(variable): \(transform)) END"
  }

  /// 2 for each element that a condition holds for, 0 where it does not, and 1 where that is not known.
  private func truths(_ list: String, _ variable: String, _ condition: String) -> String {
    "list_transform(\(list), lambda \(variable): coalesce(2 * CAST((\(condition)) AS TINYINT), 1))"
  }

  private func areKnown(_ list: String, _ variable: String, _ value: String) -> String {
    "list_bool_and(list_transform(\(list), lambda \(variable): (\(value)) IS NOT NULL)) IS NOT FALSE"
  }

  private func name(of type: CELType) throws -> String {
    switch type {
    case .bool: "BOOLEAN"
    case .int: "BIGINT"
    case .double: "DOUBLE"
    case .string, .enumeration: "VARCHAR"
    case .date: "DATE"
    case .timestamp: "TIMESTAMPTZ"
    case .dyn: "VARCHAR"
    case .list(let element): try name(of: element) + "[]"
    default: throw SQLRefusal("a list of '\(type)' has no form in SQL")
    }
  }
}
