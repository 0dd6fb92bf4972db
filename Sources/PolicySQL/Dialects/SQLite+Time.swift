import CEL

/// Dates and times in SQLite, which has no types for them.
extension SQLite {
  func date(_ date: String, addingDays count: String) -> String {
    let days = "\(days(of: date)) + \(bounded(count, -4_000_000...4_000_000))"
    return "date(\(bounded(days, CalendarRange.days)) * 86400, 'unixepoch')"
  }

  private func days(of date: String) -> String {
    "CAST(julianday(\(date)) - 2440587.5 AS INTEGER)"
  }

  func date(_ date: String, addingMonths count: String) throws -> String {
    // SQLite runs over into the next month where a month is too short for the day: so from the first of the month.
    let months = bounded(count, -130_000...130_000)
    let last = "coalesce(CAST(strftime('%d', date(m, '+1 month', '-1 day')) AS INTEGER), 31)"
    let day = "min(CAST(strftime('%d', d) AS INTEGER), \(last))"
    return "(SELECT r FROM (SELECT date(m, (\(day) - 1) || ' days') AS r FROM (SELECT d, "
      + "date(d, 'start of month', n || ' months') AS m FROM (SELECT \(date) AS d, \(months) AS n))) "
      + "WHERE r >= '0001-01-01')"
  }

  func days(from date: String, until other: String) -> String {
    "CAST(julianday(\(other)) - julianday(\(date)) AS INTEGER)"
  }

  func part(_ part: DatePart, ofDate date: String) -> String {
    let sign =
      switch part {
      case .year: "%Y"
      case .month: "%m"
      case .day: "%d"
      case .dayOfWeek: "%w"
      }
    return "CAST(strftime('\(sign)', \(date)) AS INTEGER)"
  }

  func date(year: String, month: String, day: String) throws -> String {
    "(SELECT CASE WHEN y IS NOT NULL AND m IS NOT NULL AND d IS NOT NULL AND date(p, '+0 days') = p THEN p END "
      + "FROM (SELECT y, m, d, printf('%04d-%02d-%02d', y, m, d) AS p FROM (SELECT \(bounded(year, 1...9999)) AS y, "
      + "\(bounded(month, 1...12)) AS m, \(bounded(day, 1...31)) AS d)))"
  }

  func date(ofText text: String) throws -> String {
    "(SELECT CASE WHEN \(InstantText.isDate("t")) THEN t END FROM (SELECT \(text) AS t))"
  }

  // MARK: Zones

  func date(ofInstant instant: String, zone: String) throws -> String {
    let local = try local(instant, zone)
    return
      "(SELECT r FROM (SELECT date(s, 'unixepoch') AS r FROM \(local)) WHERE r >= '0001-01-01')"
  }

  func timeOfDay(_ instant: String, zone: String) throws -> String {
    "(SELECT ((s % 86400) + 86400) % 86400 * 1000000 + f FROM \(try local(instant, zone)))"
  }

  func part(_ part: ClockPart, ofInstant instant: String, zone: String) throws -> String {
    let local = try local(instant, zone)
    func number(_ sign: String, less: Int = 0) -> String {
      "(SELECT CAST(strftime('\(sign)', s, 'unixepoch') AS INTEGER)\(less > 0 ? " - \(less)" : "") FROM \(local))"
    }
    switch part {
    case .year: return number("%Y")
    case .month: return number("%m", less: 1)
    case .dayOfMonth: return number("%d")
    case .dayOfMonthFromZero: return number("%d", less: 1)
    case .dayOfWeek: return number("%w")
    case .dayOfYear: return number("%j", less: 1)
    case .hours: return number("%H")
    case .minutes: return number("%M")
    case .seconds: return number("%S")
    case .milliseconds: return "(SELECT f / 1000 FROM \(local))"
    }
  }

  /// A subquery for the seconds that a clock in a zone shows, `s`, and the microseconds after that, `f`.
  private func local(_ instant: String, _ zone: String) throws -> String {
    let floored = "(t - ((t % 1000000) + 1000000) % 1000000) / 1000000"
    let offset = zone == "UTC" ? "0" : try offset(zone)
    return "(SELECT \(floored) + \(offset) AS s, ((t % 1000000) + 1000000) % 1000000 AS f "
      + "FROM (SELECT \(instant) AS t))"
  }

  private func offset(_ zone: String) throws -> String {
    guard zone == timeZone else {
      throw SQLRefusal(
        "SQLite knows no time zones, and the statement has that of the policies alone")
    }
    return
      "(SELECT seconds FROM \(name(ZoneTable.name)) WHERE since <= t ORDER BY since DESC LIMIT 1)"
  }

  func instant(_ instant: String, adding microseconds: String) -> String {
    bounded(calculation("+", instant, microseconds), CalendarRange.instants)
  }

  func microseconds(from start: String, to end: String) -> String { calculation("-", end, start) }
}

/// The offsets of a time zone from UTC, for a database that knows none.
enum ZoneTable {
  static let name = "offsets of the time zone"
  /// Instants of documents are before this one, in microseconds: 2200-01-01.
  ///
  /// Durations reach 292 years further, and so does the table.
  static let horizon: Int64 = 7_258_118_400_000_000

  /// The query that gives `since`, in microseconds, and `seconds`, the offset from then on.
  ///
  /// Before the first change on record there is one offset for all time.
  static func query(of zone: String) -> String {
    let (first, last) = (Int64(-2_840_140_800), Int64(16_500_000_000))
    func offset(_ seconds: Int64) -> Int { CELTimestamp(seconds: seconds).offset(in: zone) ?? 0 }
    var rows = ["(-9223372036854775807, \(offset(first)))"]
    var (before, known) = (first, offset(first))
    // No zone changes twice within four days.
    for after in stride(from: first, through: last, by: 4 * 86_400) {
      let found = offset(after)
      defer { before = after }
      guard found != known else { continue }
      var (low, high) = (before, after)
      while high - low > 1 {
        let middle = (low + high) / 2
        if offset(middle) == known { low = middle } else { high = middle }
      }
      rows.append("(\(high * 1_000_000), \(found))")
      known = found
    }
    return
      "SELECT column1 AS since, column2 AS seconds FROM (VALUES \(rows.joined(separator: ", ")))"
  }
}

/// Texts of dates and instants in JSON.
enum InstantText {
  /// Whether a named text is a date.
  static func isDate(_ text: String) -> String {
    "\(text) GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND \(text) >= '0001-01-01' "
      + "AND date(\(text), '+0 days') = \(text)"
  }

  /// The microseconds of a text that is an instant.
  static func microseconds(_ text: String) -> String {
    let offset =
      "CASE WHEN z = length(t) THEN 0 ELSE CASE substr(t, z, 1) WHEN '-' THEN -1 ELSE 1 END "
      + "* (CAST(substr(t, z + 1, 2) AS INTEGER) * 3600 + CAST(substr(t, z + 4, 2) AS INTEGER) * 60) END"
    let fraction =
      "CASE WHEN z > 20 THEN CAST(substr(substr(t, 21, z - 21) || '000000', 1, 6) AS INTEGER) ELSE 0 END"
    return
      "(SELECT (CAST(strftime('%s', substr(t, 1, 19)) AS INTEGER) - \(offset)) * 1000000 + \(fraction) "
      + "FROM \(parts(text)))"
  }

  /// Whether a text is an instant that is kept exactly, and not too late.
  static func isInstant(_ text: String) -> String {
    let rest = "substr(t, 20, z - 20)"
    let zone =
      "(substr(t, z) = 'Z' OR substr(t, z) GLOB '[+-][0-2][0-9]:[0-5][0-9]' AND substr(t, z + 1, 2) <= '23')"
    let fraction =
      "(\(rest) = '' OR \(rest) GLOB '.[0-9]*' AND NOT substr(\(rest), 2) GLOB '*[^0-9]*' "
      + "AND length(\(rest)) <= 10 AND trim(substr(\(rest), 8), '0') = '')"
    let form =
      "t GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]*'"
    return
      "(SELECT \(form) AND substr(t, 12, 2) <= '23' AND date(substr(t, 1, 10), '+0 days') = substr(t, 1, 10) "
      + "AND \(zone) AND \(fraction) AND \(microseconds("t")) "
      + "BETWEEN \(CalendarRange.instants.lowerBound) AND \(ZoneTable.horizon - 1) FROM \(parts(text)))"
  }

  /// The text `t` and the position `z` at which its offset begins.
  private static func parts(_ text: String) -> String {
    "(SELECT t, CASE WHEN substr(t, -1) = 'Z' THEN length(t) ELSE length(t) - 5 END AS z "
      + "FROM (SELECT \(text) AS t))"
  }
}
