/// Statements in DuckDB.
extension DuckDB: StatementDialect {
  var todayParameter: String { "$today" }
  var dateType: String { "DATE" }
  var materialized: String { "" }

  func entries(_ value: String?, of type: EntryType) -> String {
    "CAST([\(value ?? "")] AS \(type == .place ? "VARCHAR" : "BOOLEAN")[])"
  }

  func entries(
    in list: String, _ variable: String, of type: EntryType,
    _ body: (_ element: String, _ position: String) throws -> String
  ) rethrows -> String {
    let position = name("position of \(variable)")
    let text = try body(name(variable), "CAST(\(position) - 1 AS VARCHAR)")
    return "list_transform(\(list), lambda \(name(variable)), \(position): \(text))"
  }

  func joinedEntries(
    in list: String, _ variable: String, of type: EntryType,
    _ body: (_ element: String, _ position: String) throws -> String
  ) rethrows -> String {
    "flatten(\(try entries(in: list, variable, of: type, body)))"
  }

  func joined(_ lists: [String]) -> String { "flatten([\(lists.joined(separator: ", "))])" }

  func all(ofTruths list: String) -> String {
    "CASE WHEN list_contains(\(list), FALSE) THEN FALSE WHEN list_count(\(list)) = len(\(list)) THEN TRUE END"
  }

  func findings(_ rules: [FindingColumns], where truth: FindingTruth) -> String {
    func test(_ columns: [String]) -> String {
      columns.map { truth == .violated ? "NOT \($0)" : "\($0) IS NULL" }.joined(separator: " OR ")
    }
    let lists = rules.map { rule in
      let id = quoted(rule.rule)
      guard let places = rule.places else {
        return "[CASE WHEN \(test(rule.truths)) THEN {'rule': \(id), 'at': ''} END]"
      }
      let truths = rule.truths.map { "\($0)[i]" }
      return "list_transform(\(places), lambda place, i: "
        + "CASE WHEN \(test(truths)) THEN {'rule': \(id), 'at': place} END)"
    }
    guard !lists.isEmpty else { return "CAST([] AS STRUCT(\"rule\" VARCHAR, \"at\" VARCHAR)[])" }
    return
      "list_filter(flatten([\n      \(lists.joined(separator: ",\n      "))]), lambda f: f IS NOT NULL)"
  }

  func members(_ members: [(name: String, value: String)]) -> String {
    "{" + members.map { "\(name($0.name)): \($0.value)" }.joined(separator: ", ") + "}"
  }
}
