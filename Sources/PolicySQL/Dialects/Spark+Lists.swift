import CEL

/// Lists in Spark: lambdas give each element a number, and an aggregate of these says the rest.
extension Spark {
  func list(_ elements: [String], of element: CELType) throws -> String {
    "CAST(array(\(elements.joined(separator: ", "))) AS ARRAY<\(try name(of: element))>)"
  }

  func size(ofList list: String) -> String { "array_size(\(list))" }

  func element(of list: String, at index: String, _ element: CELType) throws -> String {
    try refuse(durations: element)
    return "get(\(list), CAST(\(bounded(index, 0...2_000_000_000)) AS INT))"
  }

  func contains(list: String, _ value: String, _ element: CELType) throws -> String {
    try refuse(durations: element)
    return SQLLogic.value(
      "array_contains(\(list), CAST(\(value) AS \(try name(of: element))))", ifKnown: [value])
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
    "CASE coalesce(array_max(\(truths(list, variable, condition))), 0 * array_size(\(list))) "
      + "WHEN 2 THEN TRUE WHEN 0 THEN FALSE END"
  }

  func all(in list: String, _ variable: String, _ condition: String) -> String {
    "CASE coalesce(array_min(\(truths(list, variable, condition))), 2 + 0 * array_size(\(list))) "
      + "WHEN 2 THEN TRUE WHEN 0 THEN FALSE END"
  }

  func existsOne(in list: String, _ variable: String, _ condition: String) -> String {
    // One that is not known counts more than all the others together could.
    let counts =
      "transform(\(list), \(variable) -> coalesce(CAST((\(condition)) AS BIGINT), 4000000000))"
    let count = "aggregate(\(counts), CAST(0 AS BIGINT), (total, one) -> total + one)"
    return "nullif(least(\(count), 4000000000), 4000000000) = 1"
  }

  func filter(
    _ list: String, _ variable: String, _ condition: String, _ element: CELType
  ) throws -> String {
    try refuse(durations: element)
    return "CASE WHEN \(areKnown(list, variable, condition)) "
      + "THEN filter(\(list), \(variable) -> \(condition)) END"
  }

  func map(
    _ list: String, _ variable: String, _ transform: String, _ result: CELType
  ) throws -> String {
    try refuse(durations: result)
    return "CASE WHEN \(areKnown(list, variable, transform)) "
      + "THEN CAST(transform(\(list), \(variable) -> \(transform)) AS ARRAY<\(try name(of: result))>) END"
  }

  /// 2 for each element that a condition holds for, 0 where it does not, and 1 where that is not known.
  private func truths(_ list: String, _ variable: String, _ condition: String) -> String {
    "transform(\(list), \(variable) -> coalesce(2 * CAST((\(condition)) AS INT), 1))"
  }

  private func areKnown(_ list: String, _ variable: String, _ value: String) -> String {
    "forall(\(list), \(variable) -> (\(value)) IS NOT NULL)"
  }

  private func name(of type: CELType) throws -> String {
    switch type {
    case .bool: "BOOLEAN"
    case .int: "BIGINT"
    case .double: "DOUBLE"
    case .string, .enumeration, .dyn: "STRING"
    case .date: "DATE"
    case .timestamp: "TIMESTAMP"
    case .list(let element): "ARRAY<\(try name(of: element))>"
    default: throw SQLRefusal("a list of '\(type)' has no form in SQL")
    }
  }
}
