import CEL

/// Dates and times in PostgreSQL.
extension Postgres {
  func date(_ date: String, addingDays count: String) -> String {
    // Far more days than any two dates are apart become none, as their sum would.
    let days = bounded(
      "(\(days(from: "DATE '1970-01-01'", until: date)) + \(bounded(count, -4_000_000...4_000_000)))",
      CalendarRange.days)
    return "(DATE '1970-01-01' + CAST(\(days) AS integer))"
  }

  func date(_ date: String, addingMonths count: String) throws -> String {
    // Months are counted from the year 0, so that none is added that leaves the calendar.
    let month = "extract(year FROM d) * 12 + extract(month FROM d) - 1 + n"
    return "(SELECT CASE WHEN \(month) BETWEEN 12 AND 119999 "
      + "THEN CAST(d + make_interval(months => n) AS date) END FROM (SELECT \(date) AS d, "
      + "CAST(\(bounded(count, -130_000...130_000)) AS integer) AS n) AS parts)"
  }

  func days(from date: String, until other: String) -> String {
    "(\(SQLLogic.parenthesized(other)) - \(SQLLogic.parenthesized(date)))"
  }

  func part(_ part: DatePart, ofDate date: String) -> String {
    let field =
      switch part {
      case .year: "year"
      case .month: "month"
      case .day: "day"
      case .dayOfWeek: "dow"
      }
    return "CAST(extract(\(field) FROM \(date)) AS bigint)"
  }

  func date(year: String, month: String, day: String) throws -> String {
    func digits(_ number: String, _ range: ClosedRange<Int64>, _ count: Int) -> String {
      "lpad(CAST(\(bounded(number, range)) AS text), \(count), '0')"
    }
    return try date(
      ofText: "\(digits(year, 1...9999, 4)) || '-' || \(digits(month, 1...12, 2)) || '-' || "
        + digits(day, 1...31, 2))
  }

  func date(ofText text: String) throws -> String {
    "(SELECT CASE WHEN t ~ '^\(DateText.form)$' THEN CAST(t AS date) END FROM (SELECT \(text) AS t) AS parts)"
  }

  // MARK: Zones

  func date(ofInstant instant: String, zone: String) throws -> String {
    let (low, high) = ("DATE '0001-01-01' - 1", "DATE '9999-12-31' + 1")
    let date = "CAST(\(local(instant, zone)) AS date)"
    return "nullif(nullif(greatest(least(\(date), \(high)), \(low)), \(high)), \(low))"
  }

  func timeOfDay(_ instant: String, zone: String) throws -> String {
    "CAST(extract(epoch FROM CAST(\(local(instant, zone)) AS time)) * 1000000 AS bigint)"
  }

  func part(_ part: ClockPart, ofInstant instant: String, zone: String) throws -> String {
    let local = local(instant, zone)
    func field(_ name: String) -> String { "CAST(extract(\(name) FROM \(local)) AS bigint)" }
    switch part {
    // The year before 1 is -1 here.
    case .year:
      return "(CAST(extract(year FROM \(local) + INTERVAL '400 years') AS bigint) - 400)"
    case .month: return "(\(field("month")) - 1)"
    case .dayOfMonth: return field("day")
    case .dayOfMonthFromZero: return "(\(field("day")) - 1)"
    case .dayOfWeek: return field("dow")
    case .dayOfYear: return "(\(field("doy")) - 1)"
    case .hours: return field("hour")
    case .minutes: return field("minute")
    case .seconds: return "CAST(trunc(extract(second FROM \(local))) AS bigint)"
    case .milliseconds:
      return "CAST(mod(trunc(extract(milliseconds FROM \(local))), 1000) AS bigint)"
    }
  }

  private func local(_ instant: String, _ zone: String) -> String {
    "(\(SQLLogic.parenthesized(instant)) AT TIME ZONE \(quoted(zone)))"
  }

  func instant(_ instant: String, adding microseconds: String) -> String {
    let sum = bounded(
      "extract(epoch FROM \(SQLLogic.parenthesized(instant))) * 1000000 + \(SQLLogic.parenthesized(microseconds))",
      CalendarRange.instants)
    // An interval times a number is a double: whole seconds and the rest apart are exact in one.
    return "(SELECT TIMESTAMPTZ 'epoch' + n / 1000000 * INTERVAL '1 second' "
      + "+ n % 1000000 * INTERVAL '1 microsecond' FROM (SELECT \(sum) AS n) AS parts)"
  }

  func microseconds(from start: String, to end: String) -> String {
    "(extract(epoch FROM \(SQLLogic.parenthesized(end)) - \(SQLLogic.parenthesized(start))) * 1000000)"
  }
}
