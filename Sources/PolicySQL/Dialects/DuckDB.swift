import CEL
import PolicyEngine

/// DuckDB: documents are structs, their lists are lists, and what goes through them are lambdas.
///
/// Dates are DATE, instants TIMESTAMP WITH TIME ZONE, durations microseconds in BIGINT. Sums are made in HUGEINT,
/// since BIGINT stops the statement where it overflows.
struct DuckDB: SQLDialect {
  // MARK: Literals

  func quoted(_ text: String) -> String { QuotedText.pieces(text, function: "chr") }

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
    return "TIMESTAMPTZ '\(instant)'"
  }

  // MARK: Facts

  func fact(_ name: String, _ type: FactSchema.ValueType, of object: String) throws -> String {
    let path =
      SQLLogic.isAtom(object)
      ? "\(object).\(self.name(name))" : "struct_extract(\(object), \(quoted(name)))"
    return type == .duration ? DurationText.microseconds(path) : path
  }

  func hasFact(
    _ name: String, _ type: FactSchema.ValueType, isOptional: Bool, of object: String
  ) -> String {
    let path =
      SQLLogic.isAtom(object)
      ? "\(object).\(self.name(name))" : "struct_extract(\(object), \(quoted(name)))"
    guard isOptional else { return "CASE WHEN \(path) IS NOT NULL THEN TRUE END" }
    return "CASE WHEN \(SQLLogic.parenthesized(object)) IS NOT NULL THEN \(path) IS NOT NULL END"
  }

  func variable(_ name: String, _ type: CELType) throws -> String {
    type == .duration ? DurationText.microseconds(self.name(name)) : self.name(name)
  }

  // MARK: Numbers

  func bounded(_ number: String, _ range: ClosedRange<Int64>) -> String {
    // LEAST and GREATEST pass NULL over, so that it becomes a bound, and the bounds become NULL.
    let (low, high) = (
      "CAST(\(range.lowerBound) AS HUGEINT) - 1", "CAST(\(range.upperBound) AS HUGEINT) + 1"
    )
    return
      "CAST(nullif(nullif(greatest(least(\(number), \(high)), \(low)), \(high)), \(low)) AS BIGINT)"
  }

  func calculation(_ operation: String, _ left: String, _ right: String) -> String {
    let (a, b) = ("CAST(\(left) AS HUGEINT)", SQLLogic.parenthesized(right))
    switch operation {
    case "/": return "TRY_CAST(\(a) // nullif(\(b), 0) AS BIGINT)"
    case "%": return "TRY_CAST(\(a) % nullif(\(b), 0) AS BIGINT)"
    default: return "TRY_CAST(\(a) \(operation) \(b) AS BIGINT)"
    }
  }

  func double(ofInt number: String) -> String { "CAST(\(number) AS DOUBLE)" }

  // MARK: Texts

  func size(ofText text: String) -> String { "length(\(text))" }
  func startsWith(_ text: String, _ part: String) -> String { "starts_with(\(text), \(part))" }
  func endsWith(_ text: String, _ part: String) -> String { "ends_with(\(text), \(part))" }
  func contains(_ text: String, _ part: String) -> String { "contains(\(text), \(part))" }

  func trimmed(_ text: String) throws -> String { "trim(\(text), \(quoted(WhiteSpace.all)))" }

  func mapped(_ text: String, from: String, to: String) throws -> String {
    "translate(\(text), \(quoted(from)), \(quoted(to)))"
  }

  func replaced(_ text: String, _ old: String, _ new: String) throws -> String {
    "replace(\(text), \(old), \(new))"
  }

  func text(ofInt number: String) -> String { "CAST(\(number) AS VARCHAR)" }
  func text(ofDate date: String) -> String { "CAST(\(date) AS VARCHAR)" }
  func text(ofBool bool: String) -> String { "CAST(\(bool) AS VARCHAR)" }

  func substring(_ text: String, from start: String, to end: String?) throws -> String {
    // Through a list of the three, so that each is written once.
    let last = end ?? "length(\(text))"
    let parts = "{'t': \(text), 's': CAST(\(start) AS BIGINT), 'e': CAST(\(last) AS BIGINT)}"
    return "list_transform([\(parts)], lambda p: CASE WHEN p.s >= 0 AND p.s <= p.e "
      + "AND p.e <= length(p.t) THEN substring(p.t, p.s + 1, p.e - p.s) END)[1]"
  }

  func position(of part: String, in text: String) throws -> String {
    "(strpos(\(text), \(part)) - 1)"
  }

  // MARK: Dates and times

  func date(_ date: String, addingDays count: String) -> String {
    // Far more days than any two dates are apart become none, as their sum would.
    let days = bounded(
      "(\(days(of: date)) + \(bounded(count, -4_000_000...4_000_000)))", CalendarRange.days)
    return "(DATE '1970-01-01' + CAST(\(days) AS INTEGER))"
  }

  func date(_ date: String, addingMonths count: String) throws -> String {
    let months = "CAST(\(bounded(count, -130_000...130_000)) AS INTEGER)"
    return inRange("CAST(\(SQLLogic.parenthesized(date)) + to_months(\(months)) AS DATE)")
  }

  func days(from date: String, until other: String) -> String {
    "(\(SQLLogic.parenthesized(other)) - \(SQLLogic.parenthesized(date)))"
  }

  func part(_ part: DatePart, ofDate date: String) -> String {
    switch part {
    case .year: "year(\(date))"
    case .month: "month(\(date))"
    case .day: "day(\(date))"
    case .dayOfWeek: "dayofweek(\(date))"
    }
  }

  func date(year: String, month: String, day: String) throws -> String {
    let (y, m, d) = (
      bounded(year, 1...9999), bounded(month, 1...12), bounded(day, 1...31)
    )
    return
      "TRY_CAST(lpad(CAST(\(y) AS VARCHAR), 4, '0') || '-' || lpad(CAST(\(m) AS VARCHAR), 2, '0')"
      + " || '-' || lpad(CAST(\(d) AS VARCHAR), 2, '0') AS DATE)"
  }

  func date(ofText text: String) throws -> String {
    // Whatever else the cast takes for a date is none of the language's.
    let form = "'[0-9]{4}-[0-9]{2}-[0-9]{2}'"
    return inRange(
      "TRY_CAST(list_transform([\(text)], lambda t: CASE WHEN regexp_full_match(t, \(form)) THEN t END)[1] AS DATE)"
    )
  }

  func date(ofInstant instant: String, zone: String) throws -> String {
    inRange("CAST(timezone(\(quoted(zone)), \(instant)) AS DATE)")
  }

  func timeOfDay(_ instant: String, zone: String) throws -> String {
    "epoch_us(CAST(timezone(\(quoted(zone)), \(instant)) AS TIME))"
  }

  func part(_ part: ClockPart, ofInstant instant: String, zone: String) throws -> String {
    let local = "timezone(\(quoted(zone)), \(instant))"
    switch part {
    case .year: return "year(\(local))"
    case .month: return "(month(\(local)) - 1)"
    case .dayOfMonth: return "day(\(local))"
    case .dayOfMonthFromZero: return "(day(\(local)) - 1)"
    case .dayOfWeek: return "dayofweek(\(local))"
    case .dayOfYear: return "(dayofyear(\(local)) - 1)"
    case .hours: return "hour(\(local))"
    case .minutes: return "minute(\(local))"
    case .seconds: return "second(\(local))"
    case .milliseconds: return "(millisecond(\(local)) % 1000)"
    }
  }

  func instant(_ instant: String, adding microseconds: String) -> String {
    let sum = "(CAST(epoch_us(\(instant)) AS HUGEINT) + \(SQLLogic.parenthesized(microseconds)))"
    return "make_timestamptz(\(bounded(sum, CalendarRange.instants)))"
  }

  func microseconds(from start: String, to end: String) -> String {
    "(CAST(epoch_us(\(end)) AS HUGEINT) - epoch_us(\(start)))"
  }

  private func days(of date: String) -> String {
    "(\(SQLLogic.parenthesized(date)) - DATE '1970-01-01')"
  }

  /// A date, or NULL outside of the years 1 to 9999.
  private func inRange(_ date: String) -> String {
    let (low, high) = ("DATE '0001-01-01' - 1", "DATE '9999-12-31' + 1")
    return "nullif(nullif(greatest(least(\(date), \(high)), \(low)), \(high)), \(low))"
  }
}

/// The white space at the ends of texts that is trimmed: what Unicode gives the property White_Space.
enum WhiteSpace {
  static let all: String = {
    var text = String.UnicodeScalarView()
    for value in UInt32(0)...0x3000 {
      if let scalar = Unicode.Scalar(value), scalar.properties.isWhitespace { text.append(scalar) }
    }
    return String(text)
  }()
}

/// Durations of documents, which are texts: those of one number and one unit are taken.
enum DurationText {
  /// The form, as a regular expression.
  static let form = "-?[0-9]{1,6}[hms]"

  /// The microseconds of a path to such a text.
  static func microseconds(_ path: String) -> String {
    "(CAST(left(\(path), -1) AS BIGINT) * CASE right(\(path), 1) WHEN 'h' THEN 3600000000 "
      + "WHEN 'm' THEN 60000000 WHEN 's' THEN 1000000 END)"
  }
}
