/// Days and dates of the proleptic Gregorian calendar.
enum GregorianCalendar {
  // Both ways count years from March, which puts the leap day last, and months have the lengths
  // 31 30 31 30 31, twice and once in part: (153 * month + 2) / 5 days stand before each.

  /// Days from 1970-01-01 to a date that the calendar has.
  static func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64 {
    let monthFromMarch = (month + 9) % 12
    let marchYear = month > 2 ? year : year - 1
    let leapDays =
      marchYear.dividedDown(by: 4) - marchYear.dividedDown(by: 100) + marchYear.dividedDown(by: 400)
    return marchYear * 365 + leapDays + (153 * monthFromMarch + 2) / 5 + day - 1 - epoch
  }

  /// The date that stands so many days after 1970-01-01.
  static func date(daysSinceEpoch: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let days = daysSinceEpoch &+ epoch
    let era = days.dividedDown(by: 146_097)
    let dayOfEra = days.modulo(146_097)
    // Leap days are taken out of the count before it is divided into years of 365 days.
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = (monthFromMarch + 2) % 12 + 1
    return (
      era * 400 + yearOfEra + (month > 2 ? 0 : 1), month,
      dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    )
  }

  /// How many days a month has.
  static func days(in month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from 1 March of the year 0 to 1970-01-01.
  private static let epoch: Int64 = 719_468
}

extension Int64 {
  /// The quotient rounded down, also for negative numbers.
  func dividedDown(by divisor: Int64) -> Int64 {
    self / divisor - (self % divisor < 0 ? 1 : 0)
  }

  /// What is left when divided down, from 0.
  func modulo(_ divisor: Int64) -> Int64 {
    let remainder = self % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }
}
