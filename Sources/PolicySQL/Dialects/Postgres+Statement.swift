/// Statements in PostgreSQL.
extension Postgres: StatementDialect {
  var todayParameter: String { "current_setting('tutorpolicy.today')" }
  var dateType: String { "date" }
  var materialized: String { "NOT MATERIALIZED " }
  /// Tables are read a row at a time, each expression once: without the fence they would be written into each other.
  var fence: String { "\nOFFSET 0" }

  func entries(_ value: String?, of type: EntryType) -> String {
    "CAST(ARRAY[\(value ?? "")] AS \(type == .place ? "text" : "boolean")[])"
  }

  func entries(
    in list: String, _ variable: String, of type: EntryType,
    _ body: (_ element: String, _ position: String) throws -> String
  ) rethrows -> String {
    let name = name(variable)
    let text = try body("\(name).value", "CAST(\(name).n - 1 AS text)")
    return "ARRAY(SELECT \(text) FROM \(elements(of: list, name)) ORDER BY \(name).n)"
  }

  func joinedEntries(
    in list: String, _ variable: String, of type: EntryType,
    _ body: (_ element: String, _ position: String) throws -> String
  ) rethrows -> String {
    let (name, items) = (name(variable), name("below \(variable)"))
    let lists = try body("\(name).value", "CAST(\(name).n - 1 AS text)")
    return "ARRAY(SELECT \(items).entry FROM \(elements(of: list, name)), "
      + "unnest(\(lists)) WITH ORDINALITY AS \(items)(entry, n) ORDER BY \(name).n, \(items).n)"
  }

  func joined(_ lists: [String]) -> String {
    lists.map { "(\($0))" }.joined(separator: " || ")
  }

  func all(ofTruths list: String) -> String {
    "CASE WHEN FALSE = ANY (\(list)) THEN FALSE WHEN array_position(\(list), NULL) IS NULL THEN TRUE END"
  }

  func findings(_ rules: [FindingColumns], where truth: FindingTruth) -> String {
    func test(_ truths: [String]) -> String {
      truths.map { truth == .violated ? "NOT \($0)" : "\($0) IS NULL" }.joined(separator: " OR ")
    }
    let lists = rules.map { rule in
      let id = quoted(rule.rule)
      guard let places = rule.places else {
        return
          "ARRAY[CASE WHEN \(test(rule.truths)) THEN jsonb_build_object('rule', \(id), 'at', '') END]"
      }
      let names = rule.truths.indices.map { "t\($0)" }
      return "ARRAY(SELECT jsonb_build_object('rule', \(id), 'at', x.place) "
        + "FROM unnest(\(([places] + rule.truths).joined(separator: ", "))) WITH ORDINALITY "
        + "AS x(place, \(names.joined(separator: ", ")), n) WHERE \(test(names)) ORDER BY n)"
    }
    guard !lists.isEmpty else { return "'[]'::jsonb" }
    return "to_jsonb(array_remove(\n      \(lists.joined(separator: "\n      || ")), NULL))"
  }

  func members(_ members: [(name: String, value: String)]) -> String {
    // A function has at most a hundred arguments.
    let parts = stride(from: 0, to: members.count, by: 40).map { start in
      let some = members[start..<min(start + 40, members.count)]
      return "jsonb_build_object("
        + some.map { "\(quoted($0.name)), \($0.value)" }.joined(separator: ", ") + ")"
    }
    return parts.isEmpty ? "'{}'::jsonb" : parts.joined(separator: " || ")
  }
}
