/// A day that comes back each year: a month and a day in it.
///
/// 29 February is one, although not each year has it: it stands between 28 February and 1 March.
struct DayOfYear: Hashable, Sendable, Comparable {
  let month: Int
  let day: Int

  /// The day of the year that a date is.
  init(_ date: CivilDate) {
    month = date.month
    day = date.day
  }

  /// The day written as `05-01`, month before day, each with two digits; nil for any other text.
  init?(_ text: String) {
    // A leap year has all of them.
    guard text.utf8.count == 5, let date = CivilDate("2000-" + text) else { return nil }
    self.init(date)
  }

  static func < (left: DayOfYear, right: DayOfYear) -> Bool {
    (left.month, left.day) < (right.month, right.day)
  }
}
