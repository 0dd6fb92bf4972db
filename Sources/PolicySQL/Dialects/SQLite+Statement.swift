/// Statements in SQLite.
extension SQLite: StatementDialect {
  var todayParameter: String { ":today" }
  var dateType: String { "TEXT" }
  var materialized: String { "MATERIALIZED " }
  /// SQLite's parser has room for a hundred signs and words that wait for their ends; a level takes four to five.
  var nestingLimit: Int? { 20 }

  func entries(_ value: String?, of type: EntryType) -> String { "json_array(\(value ?? ""))" }

  func entries(
    in list: String, _ variable: String, of type: EntryType,
    _ body: (_ element: String, _ position: String) throws -> String
  ) rethrows -> String {
    let name = name(variable)
    let text = try body("\(name).value", "\(name).key")
    return "(SELECT json_group_array(c) FROM \(each(list, name, text)))"
  }

  func joinedEntries(
    in list: String, _ variable: String, of type: EntryType,
    _ body: (_ element: String, _ position: String) throws -> String
  ) rethrows -> String {
    let (name, items) = (name(variable), name("below \(variable)"))
    let lists = try body("\(name).value", "\(name).key")
    return
      "(SELECT json_group_array(\(items).value) FROM json_each(\(list)) AS \(name), json_each(\(lists)) AS \(items))"
  }

  func joined(_ lists: [String]) -> String {
    let values = lists.map { "SELECT value FROM json_each(\($0))" }
    return "(SELECT json_group_array(value) FROM (\(values.joined(separator: " UNION ALL "))))"
  }

  func all(ofTruths list: String) -> String {
    "(SELECT CASE coalesce(min(coalesce(2 * value, 1)), 2) WHEN 2 THEN TRUE WHEN 0 THEN FALSE END "
      + "FROM json_each(\(list)))"
  }

  func findings(_ rules: [FindingColumns], where truth: FindingTruth) -> String {
    func test(_ truths: [String]) -> String {
      truths.map { truth == .violated ? "NOT \($0)" : "\($0) IS NULL" }.joined(separator: " OR ")
    }
    let rows = rules.enumerated().map { index, rule in
      let id = quoted(rule.rule)
      guard let places = rule.places else {
        return "SELECT \(index) AS r, 0 AS p, \(id) AS id, '' AS place WHERE \(test(rule.truths))"
      }
      let truths = rule.truths.map { "json_extract(\($0), '$[' || x.key || ']')" }
      return
        "SELECT \(index) AS r, x.key AS p, \(id) AS id, x.value AS place FROM json_each(\(places)) AS x "
        + "WHERE \(test(truths))"
    }
    guard !rows.isEmpty else { return "json_array()" }
    // A compound of more than 500 queries is refused.
    let parts = stride(from: 0, to: rows.count, by: 100).map { start in
      "SELECT * FROM (\(rows[start..<min(start + 100, rows.count)].joined(separator: "\n      UNION ALL ")))"
    }
    return
      "(SELECT json_group_array(json_object('rule', id, 'at', place)) FROM (SELECT id, place FROM (\n      "
      + parts.joined(separator: "\n      UNION ALL ") + ")\n      ORDER BY r, p))"
  }

  func members(_ members: [(name: String, value: String)]) -> String {
    "json_object(" + members.map { "\(quoted($0.name)), \($0.value)" }.joined(separator: ", ") + ")"
  }
}
