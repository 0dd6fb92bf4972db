import CEL
import PolicyEngine

/// Spark SQL: documents are structs, their lists are arrays, and what goes through them are lambdas.
///
/// Dates are DATE, instants TIMESTAMP, durations microseconds in BIGINT. Whatever would stop the statement in ANSI
/// mode, or give a wrong number without it, is made by a `try_` function or stands in a CASE.
struct Spark: SQLDialect {
  // MARK: Literals

  func name(_ name: String) -> String { "`" + name.replacing("`", with: "``") + "`" }

  /// `char` takes numbers modulo 256, and `${...}` is replaced in texts too: so such signs are escaped.
  func quoted(_ text: String) -> String {
    var literal = "'"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'", "\\": literal += "\\\(scalar)"
      case _ where scalar == "$" || QuotedText.isHidden(scalar):
        let digits = String(scalar.value, radix: 16)
        literal += scalar.value > 0xffff ? "\\U" : "\\u"
        literal += String(repeating: "0", count: (scalar.value > 0xffff ? 8 : 4) - digits.count)
        literal += digits
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "'"
  }

  func text(_ text: String) throws -> String { quoted(text) }

  func double(_ number: Double) throws -> String {
    guard number.isFinite else {
      throw SQLRefusal("a double that is not a number can't be written")
    }
    return "CAST('\(number)' AS DOUBLE)"
  }

  func date(_ date: CivilDate) -> String { "DATE '\(date)'" }

  func instant(_ instant: CELTimestamp) throws -> String {
    _ = try Microseconds.count(instant.seconds, instant.nanoseconds)
    return "TIMESTAMP '\(instant)'"
  }

  // MARK: Facts

  func fact(_ name: String, _ type: FactSchema.ValueType, of object: String) throws -> String {
    let path = path(name, of: object)
    return type == .duration ? microseconds(ofText: path) : path
  }

  func hasFact(
    _ name: String, _ type: FactSchema.ValueType, isOptional: Bool, of object: String
  ) -> String {
    let path = path(name, of: object)
    guard isOptional else { return "CASE WHEN \(path) IS NOT NULL THEN TRUE END" }
    return "CASE WHEN \(SQLLogic.parenthesized(object)) IS NOT NULL THEN \(path) IS NOT NULL END"
  }

  func variable(_ name: String, _ type: CELType) throws -> String {
    type == .duration ? microseconds(ofText: self.name(name)) : self.name(name)
  }

  private func path(_ name: String, of object: String) -> String {
    "\(SQLLogic.parenthesized(object)).\(self.name(name))"
  }

  /// The microseconds of a path to a text that is a duration.
  private func microseconds(ofText path: String) -> String {
    "(CAST(left(\(path), length(\(path)) - 1) AS BIGINT) * CASE right(\(path), 1) WHEN 'h' THEN 3600000000 "
      + "WHEN 'm' THEN 60000000 WHEN 's' THEN 1000000 END)"
  }

  // MARK: Numbers

  func bounded(_ number: String, _ range: ClosedRange<Int64>) -> String {
    // LEAST and GREATEST pass NULL over, so that it becomes a bound, and the bounds become NULL.
    let (low, high) = ("\(range.lowerBound - 1)", "\(range.upperBound + 1)")
    return
      "CAST(nullif(nullif(greatest(least(\(number), \(high)), \(low)), \(high)), \(low)) AS BIGINT)"
  }

  func calculation(_ operation: String, _ left: String, _ right: String) -> String {
    let (a, b) = ("CAST(\(left) AS BIGINT)", "CAST(\(right) AS BIGINT)")
    switch operation {
    case "+": return "try_add(\(a), \(b))"
    case "-": return "try_subtract(\(a), \(b))"
    case "*": return "try_multiply(\(a), \(b))"
    case "%": return "try_mod(\(a), \(b))"
    default:
      if let divisor = Int64(right), divisor > 0 { return "(\(a) div \(divisor))" }
      return once(
        [("a", a), ("b", b)],
        "CASE WHEN q.b = 0 THEN NULL WHEN q.b = -1 THEN try_subtract(CAST(0 AS BIGINT), q.a) "
          + "ELSE q.a div q.b END")
    }
  }

  func double(ofInt number: String) -> String { "CAST(\(number) AS DOUBLE)" }

  /// An expression that reads values several times, as members of `q`, through an array, so that each is written once.
  private func once(_ values: [(String, String)], _ expression: String) -> String {
    let members = values.map { "'\($0)', \($1)" }.joined(separator: ", ")
    return "get(transform(array(named_struct(\(members))), q -> \(expression)), 0)"
  }

  // MARK: Texts

  func size(ofText text: String) -> String { "length(\(text))" }
  func startsWith(_ text: String, _ part: String) -> String { "startswith(\(text), \(part))" }
  func endsWith(_ text: String, _ part: String) -> String { "endswith(\(text), \(part))" }
  func contains(_ text: String, _ part: String) -> String { "contains(\(text), \(part))" }

  func trimmed(_ text: String) throws -> String {
    "trim(BOTH \(quoted(WhiteSpace.all)) FROM \(text))"
  }

  func mapped(_ text: String, from: String, to: String) throws -> String {
    "translate(\(text), \(quoted(from)), \(quoted(to)))"
  }

  func replaced(_ text: String, _ old: String, _ new: String) throws -> String {
    "replace(\(text), \(old), \(new))"
  }

  func text(ofInt number: String) -> String { "CAST(\(number) AS STRING)" }
  func text(ofDate date: String) -> String { "CAST(\(date) AS STRING)" }
  func text(ofBool bool: String) -> String { "CAST((\(bool)) AS STRING)" }

  func substring(_ text: String, from start: String, to end: String?) throws -> String {
    once(
      [
        ("t", text), ("s", "CAST(\(start) AS BIGINT)"),
        ("e", "CAST(\(end ?? "length(\(text))") AS BIGINT)"),
      ],
      "CASE WHEN q.s >= 0 AND q.s <= q.e AND q.e <= length(q.t) "
        + "THEN substring(q.t, CAST(q.s + 1 AS INT), CAST(q.e - q.s AS INT)) END")
  }

  func position(of part: String, in text: String) throws -> String {
    "(locate(\(part), \(text)) - 1)"
  }
}
