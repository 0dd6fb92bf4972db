/// Days of the proleptic Gregorian calendar, counted from 1970-01-01.
enum CalendarArithmetic {
  /// The day number of a day; nil when the calendar has no such day in the years 1 to 9999.
  static func dayNumber(year: Int, month: Int, day: Int) -> Int? {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= dayCount(month: month, year: year)
    else { return nil }
    return dayNumberUnchecked(year: year, month: month, day: day)
  }

  /// The number of days of a month from 1 to 12.
  static func dayCount(month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeapYear(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Whether a year has a 29 February.
  static func isLeapYear(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  /// Counts in years that begin on 1 March, so that the leap day is a year's last, and in the months'
  /// pattern of 153 days in five.
  private static func dayNumberUnchecked(year: Int, month: Int, day: Int) -> Int {
    let marchYear = year - (month <= 2 ? 1 : 0)
    let marchMonth = (month + 9) % 12
    let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
    return 365 * marchYear + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468
  }
}
