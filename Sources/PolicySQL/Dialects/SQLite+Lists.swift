import CEL

/// Lists in SQLite: JSON arrays.
extension SQLite {
  /// Names of elements that no variable of a policy can have: it would be hidden.
  private static let one = "\"an element\""
  private static let other = "\"another element\""

  func list(_ elements: [String], of element: CELType) throws -> String {
    guard element.isPlain || element == .double || elements.isEmpty, element != .timestamp,
      element != .duration, elements.count <= 100
    else { throw SQLRefusal("a list of '\(element)' can't be made in SQLite") }
    return "json_array(\(elements.joined(separator: ", ")))"
  }

  func size(ofList list: String) -> String { "json_array_length(\(list))" }

  func element(of list: String, at index: String, _ element: CELType) throws -> String {
    "(SELECT \(value("\(Self.one).value", element)) FROM json_each(\(list)) AS \(Self.one) WHERE \(Self.one).key = \(index))"
  }

  func contains(list: String, _ value: String, _ element: CELType) throws -> String {
    SQLLogic.value(
      "EXISTS (SELECT 1 FROM json_each(\(list)) AS \(Self.one) WHERE \(self.value("\(Self.one).value", element)) = \(value))",
      ifKnown: [list, value])
  }

  func equal(lists left: String, _ right: String, _ element: CELType) throws -> String {
    guard element != .timestamp, element != .duration else {
      throw SQLRefusal("lists of times can't be compared in SQLite")
    }
    return SQLLogic.value(
      "json_array_length(\(left)) = json_array_length(\(right)) AND NOT EXISTS (SELECT 1 "
        + "FROM json_each(\(left)) AS \(Self.one) JOIN json_each(\(right)) AS \(Self.other) "
        + "ON \(Self.one).key = \(Self.other).key WHERE \(Self.one).value <> \(Self.other).value)",
      ifKnown: [left, right])
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
        + "FROM \(each(list, variable, "coalesce(2 * (\(condition)), 1)")))", ifKnown: [list])
  }

  func existsOne(in list: String, _ variable: String, _ condition: String) -> String {
    let count = "coalesce(sum(c), 0)"
    return SQLLogic.value(
      "(SELECT nullif(min(\(count), 4000000000), 4000000000) = 1 "
        + "FROM \(each(list, variable, "coalesce((\(condition)), 4000000000)")))", ifKnown: [list])
  }

  /// A subquery for what each element becomes, `c`.
  ///
  /// An aggregate of it must be of a column of its own query: one of columns of an outer query alone, such as of a
  /// condition that does not read the variable, would be an aggregate of that outer query.
  func each(_ list: String, _ variable: String, _ value: String) -> String {
    "(SELECT \(value) AS c FROM json_each(\(list)) AS \(variable))"
  }

  func filter(
    _ list: String, _ variable: String, _ condition: String, _ element: CELType
  ) throws -> String {
    let isNested =
      switch element {
      case .object, .list: true
      default: false
      }
    let kept = isNested ? "json(\(variable).value)" : "\(variable).value"
    return
      "CASE WHEN \(areKnown(list, variable, condition)) THEN (SELECT json_group_array(\(kept)) "
      + "FROM json_each(\(list)) AS \(variable) WHERE \(condition)) END"
  }

  func map(
    _ list: String, _ variable: String, _ transform: String, _ result: CELType
  ) throws -> String {
    guard result != .timestamp, result != .duration else {
      throw SQLRefusal("a list of '\(result)' can't be made in SQLite")
    }
    return
      "CASE WHEN \(areKnown(list, variable, transform)) THEN (SELECT json_group_array(c) "
      + "FROM \(each(list, variable, transform))) END"
  }

  private func areKnown(_ list: String, _ variable: String, _ value: String) -> String {
    "\(list) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM json_each(\(list)) AS \(variable) WHERE (\(value)) IS NULL)"
  }
}
