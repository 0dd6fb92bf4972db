/// What of the calendar the language has: the years 1 to 9999.
enum CalendarRange {
  /// Its days, counted from 1970-01-01.
  static let days: ClosedRange<Int64> = -719_162...2_932_896
  /// Its instants in microseconds since 1970-01-01T00:00:00Z.
  static let instants: ClosedRange<Int64> = -62_135_596_800_000_000...253_402_300_799_999_999
}

/// Texts of dates and instants, as regular expressions that every dialect's engine reads alike.
enum DateText {
  /// A date that the calendar has.
  static let form =
    "(\(year)-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    + "|02-(0[1-9]|1[0-9]|2[0-8]))|\(leapYear)-02-29)"

  private static let year =
    "([0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})"
  private static let fours = "(0[48]|[2468][048]|[13579][26])"
  private static let leapYear = "([0-9]{2}\(fours)|\(fours)00)"

  /// What follows the date of an instant, with at most six digits of a second, further zeros apart.
  static func time(offsetHours: String) -> String {
    "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6}0{0,3})?(Z|[+-](\(offsetHours)):[0-5][0-9])"
  }
}
