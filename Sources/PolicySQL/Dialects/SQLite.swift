import CEL
import PolicyEngine

/// SQLite: documents and lists are JSON texts, and what goes through lists are subqueries over `json_each`.
///
/// Truths are 1 and 0, dates texts, instants and durations microseconds. A value that is needed twice is named in a
/// subquery. Sums that overflow become REAL, and are told by that.
struct SQLite: SQLDialect {
  /// The time zone of the policies.
  let timeZone: String

  // MARK: Literals

  func quoted(_ text: String) -> String { QuotedText.pieces(text, function: "char") }

  func text(_ text: String) throws -> String { quoted(text) }

  func double(_ number: Double) throws -> String {
    guard number.isFinite else {
      throw SQLRefusal("a double that is not a number can't be written")
    }
    return "CAST('\(number)' AS REAL)"
  }

  func date(_ date: CivilDate) -> String { "'\(date)'" }

  func instant(_ instant: CELTimestamp) throws -> String {
    int(try Microseconds.count(instant.seconds, instant.nanoseconds))
  }

  // MARK: Facts

  func fact(_ name: String, _ type: FactSchema.ValueType, of object: String) throws -> String {
    value(
      path(name, of: object), type == .timestamp ? .timestamp : type == .duration ? .duration : .dyn
    )
  }

  func hasFact(
    _ name: String, _ type: FactSchema.ValueType, isOptional: Bool, of object: String
  ) -> String {
    let path = path(name, of: object)
    guard isOptional else { return "CASE WHEN \(path) IS NOT NULL THEN TRUE END" }
    return "CASE WHEN \(object) IS NOT NULL THEN \(path) IS NOT NULL END"
  }

  func variable(_ name: String, _ type: CELType) throws -> String {
    value("\(self.name(name)).value", type)
  }

  /// The path to a fact: one call for facts of facts, such as `json_extract(session, '$."tutor"."id"')`.
  private func path(_ name: String, of object: String) -> String {
    if object.hasPrefix("json_extract("), object.hasSuffix("\"')") {
      return object.dropLast(2) + ".\"\(name)\"')"
    }
    return "json_extract(\(object), '$.\"\(name)\"')"
  }

  /// A value of JSON as it is calculated with.
  func value(_ json: String, _ type: CELType) -> String {
    switch type {
    case .timestamp: InstantText.microseconds(json)
    case .duration:
      "(SELECT CAST(substr(t, 1, length(t) - 1) AS INTEGER) * CASE substr(t, -1) WHEN 'h' THEN 3600000000 "
        + "WHEN 'm' THEN 60000000 WHEN 's' THEN 1000000 END FROM (SELECT \(json) AS t))"
    default: json
    }
  }

  // MARK: Numbers

  func bounded(_ number: String, _ range: ClosedRange<Int64>) -> String {
    let (low, high) = ("\(range.lowerBound - 1)", "\(range.upperBound + 1)")
    return "nullif(nullif(max(min(\(number), \(high)), \(low)), \(high)), \(low))"
  }

  func calculation(_ operation: String, _ left: String, _ right: String) -> String {
    "(SELECT n FROM (SELECT \(SQLLogic.parenthesized(left)) \(operation) \(SQLLogic.parenthesized(right)) AS n) "
      + "WHERE typeof(n) = 'integer')"
  }

  func double(ofInt number: String) -> String { "CAST(\(number) AS REAL)" }

  // MARK: Texts

  func size(ofText text: String) -> String { "length(\(text))" }
  func startsWith(_ text: String, _ part: String) -> String { "instr(\(text), \(part)) = 1" }
  func contains(_ text: String, _ part: String) -> String { "instr(\(text), \(part)) > 0" }

  func endsWith(_ text: String, _ part: String) -> String {
    "(SELECT CASE WHEN t IS NOT NULL THEN p = '' OR (length(t) >= length(p) AND substr(t, -length(p)) = p) END "
      + "FROM (SELECT \(text) AS t, \(part) AS p))"
  }

  func trimmed(_ text: String) throws -> String { "trim(\(text), \(quoted(WhiteSpace.all)))" }

  func mapped(_ text: String, from: String, to: String) throws -> String {
    // Both change ASCII alone.
    from == from.lowercased() ? "upper(\(text))" : "lower(\(text))"
  }

  func replaced(_ text: String, _ old: String, _ new: String) throws -> String {
    "replace(\(text), \(old), \(new))"
  }

  func text(ofInt number: String) -> String { "CAST(\(number) AS TEXT)" }
  func text(ofDate date: String) -> String { date }
  func text(ofBool bool: String) -> String {
    "CASE \(SQLLogic.parenthesized(bool)) WHEN TRUE THEN 'true' WHEN FALSE THEN 'false' END"
  }

  func substring(_ text: String, from start: String, to end: String?) throws -> String {
    "(SELECT CASE WHEN s >= 0 AND s <= e AND e <= length(t) THEN substr(t, s + 1, e - s) END "
      + "FROM (SELECT \(text) AS t, \(start) AS s, \(end ?? "length(\(text))") AS e))"
  }

  func position(of part: String, in text: String) throws -> String {
    "(instr(\(text), \(part)) - 1)"
  }
}
