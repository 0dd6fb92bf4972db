/// A day of the proleptic Gregorian calendar, in the years 1 to 9999.
public struct CivilDate: Hashable, Sendable, Comparable {
  /// Days since 1970-01-01.
  public let daysSinceEpoch: Int32

  /// The day so many days after 1970-01-01.
  public init(daysSinceEpoch: Int32) { self.daysSinceEpoch = daysSinceEpoch }

  /// The given day; nil when the calendar has no such day or its year is not within 1 to 9999.
  public init?(year: Int, month: Int, day: Int) {
    guard CivilCalendar.years.contains(year), (1...12).contains(month), day >= 1,
      day <= CivilCalendar.length(ofMonth: month, year: year)
    else { return nil }
    self.init(daysSinceEpoch: Int32(CivilCalendar.days(year: year, month: month, day: day)))
  }

  /// The day so many days after 1970-01-01; nil outside the years 1 to 9999.
  init?(days: Int) {
    guard CivilCalendar.days.contains(days) else { return nil }
    self.init(daysSinceEpoch: Int32(days))
  }

  /// The year, from 1.
  public var year: Int { components.year }
  /// The month, from 1 (January) to 12.
  public var month: Int { components.month }
  /// The day of the month, from 1.
  public var day: Int { components.day }
  /// The day of the week: 0 is Sunday, 6 Saturday.
  public var dayOfWeek: Int { CivilCalendar.weekday(ofDays: Int(daysSinceEpoch)) }

  /// The day of the week by its name.
  public var weekday: Weekday { Weekday(number: dayOfWeek) }

  /// The day so many days later, or earlier when negative; nil outside the years 1 to 9999.
  public func adding(days count: Int64) -> CivilDate? {
    let (sum, overflow) = Int64(daysSinceEpoch).addingReportingOverflow(count)
    guard !overflow, let days = Int(exactly: sum) else { return nil }
    return CivilDate(days: days)
  }

  /// The same day of the month so many months later, or earlier when negative.
  ///
  /// Where that month is too short for the day, the result is the month's last day: one month after
  /// 31 January is 28 or 29 February. Nil outside the years 1 to 9999.
  public func adding(months count: Int64) -> CivilDate? {
    let start = components
    let (sum, overflow) = Int64(start.year * 12 + start.month - 1).addingReportingOverflow(count)
    guard !overflow, sum >= 12, let months = Int(exactly: sum) else { return nil }
    let (year, month) = (months / 12, months % 12 + 1)
    guard CivilCalendar.years.contains(year) else { return nil }
    let day = min(start.day, CivilCalendar.length(ofMonth: month, year: year))
    return CivilDate(year: year, month: month, day: day)
  }

  /// How many days later the other day is; negative when it is earlier.
  public func days(until other: CivilDate) -> Int64 {
    Int64(other.daysSinceEpoch) - Int64(daysSinceEpoch)
  }

  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    left.daysSinceEpoch < right.daysSinceEpoch
  }

  private var components: CivilCalendar.Components {
    CivilCalendar.components(ofDays: Int(daysSinceEpoch))
  }
}

/// Written as ISO 8601 has it: `2026-05-01`.
extension CivilDate: LosslessStringConvertible {
  public init?(_ text: String) {
    guard case .success(let value) = TemporalText.date(text.utf8) else { return nil }
    self = value
  }

  public var description: String {
    let parts = components
    return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))"
  }
}

/// A number with zeros in front, so many digits wide.
func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
