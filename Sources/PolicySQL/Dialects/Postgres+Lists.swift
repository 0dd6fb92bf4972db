import CEL

/// Lists in PostgreSQL: `jsonb` arrays.
extension Postgres {
  /// A name of elements that no variable of a policy can have: it would be hidden.
  private static let one = "\"an element\""

  func list(_ elements: [String], of element: CELType) throws -> String {
    let type =
      switch element {
      case .bool: "boolean"
      case .int: "bigint"
      case .double: "float8"
      case .string, .enumeration, .dyn: "text"
      case .date: "date"
      default: throw SQLRefusal("a list of '\(element)' can't be made in PostgreSQL")
      }
    return "to_jsonb(CAST(ARRAY[\(elements.joined(separator: ", "))] AS \(type)[]))"
  }

  func size(ofList list: String) -> String { "jsonb_array_length(\(list))" }

  func element(of list: String, at index: String, _ element: CELType) throws -> String {
    guard element != .duration else {
      throw SQLRefusal("durations in lists have no form in SQL")
    }
    // A position below zero would count from the end.
    return value(
      "(\(SQLLogic.parenthesized(list)) -> CAST(\(bounded(index, 0...2_000_000_000)) AS integer))",
      element)
  }

  func contains(list: String, _ value: String, _ element: CELType) throws -> String {
    guard element != .duration else {
      throw SQLRefusal("durations in lists have no form in SQL")
    }
    return SQLLogic.value(
      "EXISTS (SELECT 1 FROM jsonb_array_elements(\(list)) AS \(Self.one)(value) "
        + "WHERE \(self.value("\(Self.one).value", element)) = \(value))", ifKnown: [list, value])
  }

  func equal(lists left: String, _ right: String, _ element: CELType) throws -> String {
    guard element != .timestamp, element != .duration else {
      throw SQLRefusal("lists of times can't be compared in PostgreSQL")
    }
    return "\(SQLLogic.parenthesized(left)) = \(SQLLogic.parenthesized(right))"
  }

  func exists(in list: String, _ variable: String, _ condition: String) -> String {
    loop(list, variable, "max", condition, whenEmpty: 0)
  }

  func all(in list: String, _ variable: String, _ condition: String) -> String {
    loop(list, variable, "min", condition, whenEmpty: 2)
  }

  /// An aggregate of 2 for each element that a condition holds for, 0 where it does not, and 1 where that is not known.
  private func loop(
    _ list: String, _ variable: String, _ aggregate: String, _ condition: String, whenEmpty: Int
  ) -> String {
    SQLLogic.value(
      "(SELECT CASE coalesce(\(aggregate)(c), \(whenEmpty)) WHEN 2 THEN TRUE WHEN 0 THEN FALSE END "
        + "FROM \(each(list, variable, "coalesce(2 * CAST((\(condition)) AS integer), 1)")))",
      ifKnown: [list])
  }

  func existsOne(in list: String, _ variable: String, _ condition: String) -> String {
    let count = "coalesce(sum(c), 0)"
    return SQLLogic.value(
      "(SELECT nullif(least(\(count), 4000000000), 4000000000) = 1 "
        + "FROM \(each(list, variable, "coalesce(CAST((\(condition)) AS integer), 4000000000)")))",
      ifKnown: [list])
  }

  /// A subquery for what each element becomes, `c`.
  ///
  /// An aggregate of it must be of a column of its own query: one of columns of an outer query alone, such as of a
  /// condition that does not read the variable, would be an aggregate of that outer query.
  private func each(_ list: String, _ variable: String, _ value: String) -> String {
    "(SELECT \(value) AS c FROM \(elements(of: list, variable))) AS results"
  }

  /// The elements of a list, in their order.
  func elements(of list: String, _ variable: String) -> String {
    "jsonb_array_elements(\(list)) WITH ORDINALITY AS \(variable)(value, n)"
  }

  func filter(
    _ list: String, _ variable: String, _ condition: String, _ element: CELType
  ) throws -> String {
    "CASE WHEN \(areKnown(list, variable, condition)) "
      + "THEN (SELECT coalesce(jsonb_agg(\(variable).value ORDER BY \(variable).n), '[]') "
      + "FROM \(elements(of: list, variable)) WHERE \(condition)) END"
  }

  func map(
    _ list: String, _ variable: String, _ transform: String, _ result: CELType
  ) throws -> String {
    guard result != .timestamp, result != .duration else {
      throw SQLRefusal("a list of '\(result)' can't be made in PostgreSQL")
    }
    return "CASE WHEN \(areKnown(list, variable, transform)) "
      + "THEN (SELECT coalesce(jsonb_agg(c ORDER BY n), '[]') FROM (SELECT \(transform) AS c, \(variable).n "
      + "FROM \(elements(of: list, variable))) AS results) END"
  }

  private func areKnown(_ list: String, _ variable: String, _ value: String) -> String {
    "\(list) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM \(elements(of: list, variable)) "
      + "WHERE (\(value)) IS NULL)"
  }
}
