import CEL
import PolicyEngine

/// PostgreSQL: documents and lists are `jsonb`, and what goes through lists are subqueries over their elements.
///
/// Dates are date, instants timestamptz, durations microseconds in bigint. Sums are made in numeric, since bigint
/// stops the statement where it overflows. A value that is needed twice is named in a subquery. What stops a
/// statement stands in a CASE only: AND and OR may be evaluated in any order.
struct Postgres: SQLDialect {
  // MARK: Literals

  func quoted(_ text: String) -> String { QuotedText.pieces(text, function: "chr") }

  /// Names are cut at 63 bytes by PostgreSQL: a longer one keeps its beginning, with a number made of all of it.
  func name(_ name: String) -> String {
    guard name.utf8.count > 63 else { return Self.inQuotes(name) }
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    var start = name
    while start.utf8.count > 46 { start.removeLast() }
    return Self.inQuotes("\(start) \(String(hash, radix: 16))")
  }

  private static func inQuotes(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
  }

  func text(_ text: String) throws -> String {
    guard !text.unicodeScalars.contains("\0") else {
      throw SQLRefusal("PostgreSQL has no texts with the sign U+0000")
    }
    return quoted(text)
  }

  func double(_ number: Double) throws -> String {
    guard number.isFinite else {
      throw SQLRefusal("a double that is not a number can't be written")
    }
    return "CAST('\(number)' AS float8)"
  }

  func date(_ date: CivilDate) -> String { "DATE '\(date)'" }

  func instant(_ instant: CELTimestamp) throws -> String {
    _ = try Microseconds.count(instant.seconds, instant.nanoseconds)
    return "TIMESTAMPTZ '\(instant)'"
  }

  // MARK: Facts

  func fact(_ name: String, _ type: FactSchema.ValueType, of object: String) throws -> String {
    switch type {
    case .object, .list: path(name, of: object, "->")
    case .duration: DurationText.microseconds(path(name, of: object, "->>"))
    case .bool: typed(path(name, of: object, "->>"), .bool)
    case .int: typed(path(name, of: object, "->>"), .int)
    case .double: typed(path(name, of: object, "->>"), .double)
    case .date: typed(path(name, of: object, "->>"), .date)
    case .timestamp: typed(path(name, of: object, "->>"), .timestamp)
    case .string, .enumeration, .decimal, .money: path(name, of: object, "->>")
    }
  }

  func hasFact(
    _ name: String, _ type: FactSchema.ValueType, isOptional: Bool, of object: String
  ) -> String {
    let path = path(name, of: object, "->")
    guard isOptional else { return "CASE WHEN \(path) IS NOT NULL THEN TRUE END" }
    return "CASE WHEN \(object) IS NOT NULL THEN \(path) IS NOT NULL END"
  }

  func variable(_ name: String, _ type: CELType) throws -> String {
    let element = "\(self.name(name)).value"
    return type == .duration
      ? DurationText.microseconds("(\(element) #>> '{}')") : value(element, type)
  }

  /// The path to a fact, such as `(session -> 'tutor' ->> 'id')`.
  private func path(_ name: String, of object: String, _ arrow: String) -> String {
    let isPath = object.wholeMatch(of: /\("[^"]+"(?:\.value)?(?: -> '[^']+')+\)/) != nil
    let start =
      isPath ? String(object.dropFirst().dropLast()) : SQLLogic.parenthesized(object)
    return "(\(start) \(arrow) \(quoted(name)))"
  }

  /// A value of JSON as it is calculated with.
  func value(_ json: String, _ type: CELType) -> String {
    switch type {
    case .object, .list: json
    default: typed("(\(json) #>> '{}')", type)
    }
  }

  /// The text of a value as one of its type.
  func typed(_ text: String, _ type: CELType) -> String {
    switch type {
    case .bool: "CAST(\(text) AS boolean)"
    case .int: "CAST(\(text) AS bigint)"
    case .double: "CAST(\(text) AS float8)"
    case .date: "CAST(\(text) AS date)"
    case .timestamp: "CAST(\(text) AS timestamptz)"
    default: text
    }
  }

  // MARK: Numbers

  func bounded(_ number: String, _ range: ClosedRange<Int64>) -> String {
    // LEAST and GREATEST pass NULL over, so that it becomes a bound, and the bounds become NULL.
    let (low, high) = (
      "\(range.lowerBound)::numeric - 1", "\(range.upperBound)::numeric + 1"
    )
    return
      "CAST(nullif(nullif(greatest(least(\(number), \(high)), \(low)), \(high)), \(low)) AS bigint)"
  }

  func calculation(_ operation: String, _ left: String, _ right: String) -> String {
    let (a, b) = ("CAST(\(left) AS numeric)", SQLLogic.parenthesized(right))
    let all = Int64.min...Int64.max
    switch operation {
    case "/": return bounded("div(\(a), nullif(\(b), 0))", all)
    case "%": return bounded("mod(\(a), nullif(\(b), 0))", all)
    default: return bounded("\(a) \(operation) \(b)", all)
    }
  }

  func double(ofInt number: String) -> String { "CAST(\(number) AS float8)" }

  // MARK: Texts

  func ordered(_ text: String) -> String { "\(text) COLLATE \"C\"" }
  func size(ofText text: String) -> String { "length(\(text))" }
  func startsWith(_ text: String, _ part: String) -> String { "starts_with(\(text), \(part))" }
  func contains(_ text: String, _ part: String) -> String { "strpos(\(text), \(part)) > 0" }

  func endsWith(_ text: String, _ part: String) -> String {
    "starts_with(reverse(\(text)), reverse(\(part)))"
  }

  func trimmed(_ text: String) throws -> String { "btrim(\(text), \(quoted(WhiteSpace.all)))" }

  func mapped(_ text: String, from: String, to: String) throws -> String {
    "translate(\(text), \(quoted(from)), \(quoted(to)))"
  }

  func replaced(_ text: String, _ old: String, _ new: String) throws -> String {
    "replace(\(text), \(old), \(new))"
  }

  func text(ofInt number: String) -> String { "CAST(\(number) AS text)" }
  func text(ofDate date: String) -> String { "to_char(\(date), 'YYYY-MM-DD')" }
  func text(ofBool bool: String) -> String { "CAST(\(SQLLogic.parenthesized(bool)) AS text)" }

  func substring(_ text: String, from start: String, to end: String?) throws -> String {
    "(SELECT CASE WHEN s >= 0 AND s <= e AND e <= length(t) THEN substr(t, CAST(s + 1 AS integer), "
      + "CAST(e - s AS integer)) END FROM (SELECT \(text) AS t, CAST(\(start) AS bigint) AS s, "
      + "CAST(\(end ?? "length(\(text))") AS bigint) AS e) AS parts)"
  }

  func position(of part: String, in text: String) throws -> String {
    "(strpos(\(text), \(part)) - 1)"
  }
}
