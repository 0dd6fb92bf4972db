import CEL

/// Dates and times in Spark, whatever the time zone of the session is.
extension Spark {
  func date(_ date: String, addingDays count: String) -> String {
    // Far more days than any two dates are apart become none, as their sum would.
    let days = "(unix_date(\(date)) + \(bounded(count, -4_000_000...4_000_000)))"
    return self.date(ofDays: bounded(days, CalendarRange.days))
  }

  func date(_ date: String, addingMonths count: String) throws -> String {
    let months = "CAST(\(bounded(count, -130_000...130_000)) AS INT)"
    return self.date(
      ofDays: bounded("unix_date(add_months(\(date), \(months)))", CalendarRange.days))
  }

  private func date(ofDays days: String) -> String { "date_from_unix_date(CAST(\(days) AS INT))" }

  func days(from date: String, until other: String) -> String { "datediff(\(other), \(date))" }

  func part(_ part: DatePart, ofDate date: String) -> String {
    switch part {
    case .year: "year(\(date))"
    case .month: "month(\(date))"
    case .day: "day(\(date))"
    case .dayOfWeek: "(dayofweek(\(date)) - 1)"
    }
  }

  func date(year: String, month: String, day: String) throws -> String {
    func digits(_ number: String, _ range: ClosedRange<Int64>, _ count: Int) -> String {
      "lpad(CAST(\(bounded(number, range)) AS STRING), \(count), '0')"
    }
    return try date(
      ofText: "\(digits(year, 1...9999, 4)) || '-' || \(digits(month, 1...12, 2)) || '-' || "
        + digits(day, 1...31, 2))
  }

  func date(ofText text: String) throws -> String {
    let form = quoted("^\(DateText.form)\\z")
    return "CAST(nullif(regexp_extract(\(text), \(form), 0), '') AS DATE)"
  }

  // MARK: Zones

  func date(ofInstant instant: String, zone: String) throws -> String {
    date(ofDays: bounded(localDay(instant, zone), CalendarRange.days))
  }

  func timeOfDay(_ instant: String, zone: String) throws -> String {
    "pmod(\(local(instant, zone)), \(Self.day))"
  }

  func part(_ part: ClockPart, ofInstant instant: String, zone: String) throws -> String {
    let (local, date) = (local(instant, zone), date(ofDays: localDay(instant, zone)))
    switch part {
    case .year: return "year(\(date))"
    case .month: return "(month(\(date)) - 1)"
    case .dayOfMonth: return "day(\(date))"
    case .dayOfMonthFromZero: return "(day(\(date)) - 1)"
    case .dayOfWeek: return "(dayofweek(\(date)) - 1)"
    case .dayOfYear: return "(dayofyear(\(date)) - 1)"
    case .hours: return "(pmod(\(local), \(Self.day)) div 3600000000)"
    case .minutes: return "(pmod(\(local), 3600000000) div 60000000)"
    case .seconds: return "(pmod(\(local), 60000000) div 1000000)"
    case .milliseconds: return "(pmod(\(local), 1000000) div 1000)"
    }
  }

  private static let day: Int64 = 86_400_000_000

  /// The microseconds since 1970-01-01T00:00 that a clock in a zone shows.
  private func local(_ instant: String, _ zone: String) -> String {
    "unix_micros(from_utc_timestamp(\(instant), \(quoted(zone))))"
  }

  /// The day that a clock in a zone shows, counted from 1970-01-01: days before that are counted from earlier, since
  /// `div` rounds towards zero.
  private func localDay(_ instant: String, _ zone: String) -> String {
    "((\(local(instant, zone)) + \(800_000 * Self.day)) div \(Self.day) - 800000)"
  }

  func instant(_ instant: String, adding microseconds: String) -> String {
    let sum = "try_add(unix_micros(\(instant)), \(microseconds))"
    return "timestamp_micros(\(bounded(sum, CalendarRange.instants)))"
  }

  func microseconds(from start: String, to end: String) -> String {
    "(unix_micros(\(end)) - unix_micros(\(start)))"
  }
}
