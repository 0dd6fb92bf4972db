/// Statements in Spark.
extension Spark: StatementDialect {
  var todayParameter: String { ":today" }
  var dateType: String { "DATE" }
  var materialized: String { "" }

  func entries(_ value: String?, of type: EntryType) -> String {
    "CAST(array(\(value ?? "")) AS ARRAY<\(type == .place ? "STRING" : "BOOLEAN")>)"
  }

  func entries(
    in list: String, _ variable: String, of type: EntryType,
    _ body: (_ element: String, _ position: String) throws -> String
  ) rethrows -> String {
    let position = name("position of \(variable)")
    let text = try body(name(variable), "CAST(\(position) AS STRING)")
    return "transform(\(list), (\(name(variable)), \(position)) -> \(text))"
  }

  func joinedEntries(
    in list: String, _ variable: String, of type: EntryType,
    _ body: (_ element: String, _ position: String) throws -> String
  ) rethrows -> String {
    "flatten(\(try entries(in: list, variable, of: type, body)))"
  }

  func joined(_ lists: [String]) -> String { "flatten(array(\(lists.joined(separator: ", "))))" }

  func all(ofTruths list: String) -> String {
    "CASE WHEN array_contains(\(list), FALSE) THEN FALSE WHEN forall(\(list), t -> t IS NOT NULL) THEN TRUE END"
  }

  func findings(_ rules: [FindingColumns], where truth: FindingTruth) -> String {
    func test(_ columns: [String]) -> String {
      columns.map { truth == .violated ? "NOT \($0)" : "\($0) IS NULL" }.joined(separator: " OR ")
    }
    let lists = rules.map { rule in
      let id = quoted(rule.rule)
      guard let places = rule.places else {
        return
          "array(CASE WHEN \(test(rule.truths)) THEN named_struct('rule', \(id), 'at', '') END)"
      }
      return "transform(\(places), (place, i) -> CASE WHEN "
        + "\(test(rule.truths.map { "get(\($0), i)" })) THEN named_struct('rule', \(id), 'at', place) END)"
    }
    guard !lists.isEmpty else {
      return "CAST(array() AS ARRAY<STRUCT<rule: STRING, at: STRING>>)"
    }
    return
      "filter(flatten(array(\n      \(lists.joined(separator: ",\n      ")))), f -> f IS NOT NULL)"
  }

  func members(_ members: [(name: String, value: String)]) -> String {
    "named_struct("
      + members.map { "\(quoted($0.name)), \($0.value)" }.joined(separator: ", ") + ")"
  }
}
