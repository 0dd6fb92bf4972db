extension Library {
  /// Dates found by the week, the month and the year.
  @OverloadBuilder
  static var datesFound: [Overload] {
    Overload.method(
      "isBetween", id: "date_is_between_days_of_year",
      """
      Whether the date is within days that come back each year, written `'05-01'`, month before day; \
      both belong to them. From a later to an earlier day they go over the new year.
      """
    ) { (date: CivilDate, from: String, until: String, _) in
      let from = try DayOfYear(from).orThrow(.noDayOfYear)
      let until = try DayOfYear(until).orThrow(.noDayOfYear)
      let day = DayOfYear(date)
      return from <= until ? from <= day && day <= until : from <= day || day <= until
    }.taking(.dayOfYear)
    Overload.method(
      "next", id: "date_next_weekday",
      "The next `'monday'` or other day of the week; on a Monday, that a week later."
    ) { (date: CivilDate, name: String, _) in
      let weekday = try Weekday(name).orThrow(.noWeekday)
      let days = (weekday.number - date.dayOfWeek + 6) % 7 + 1
      return try date.adding(days: Int64(days)).orThrow(.dateRange)
    }.taking(.weekday)
    Overload.method(
      "previous", id: "date_previous_weekday",
      "The last `'monday'` or other day of the week before the date; on a Monday, that a week earlier."
    ) { (date: CivilDate, name: String, _) in
      let weekday = try Weekday(name).orThrow(.noWeekday)
      let days = (date.dayOfWeek - weekday.number + 6) % 7 + 1
      return try date.adding(days: Int64(-days)).orThrow(.dateRange)
    }.taking(.weekday)
    Overload.method("startOfWeek", id: "date_start_of_week", "The Monday of its week.") {
      (date: CivilDate, _) in
      try date.startOfWeek.orThrow(.dateRange)
    }
    Overload.method("endOfMonth", id: "date_end_of_month", "The last day of its month.") {
      (date: CivilDate, _) in
      let length = CivilCalendar.length(ofMonth: date.month, year: date.year)
      return try CivilDate(year: date.year, month: date.month, day: length).orThrow(.noSuchDate)
    }.total()
    Overload.method(
      "ageOn", id: "date_age_on",
      """
      How many years old who was born on the date is on another day. Who was born on 29 February is a \
      year older on 1 March where a year has no such day. A day before the birth is an error.
      """
    ) { (birth: CivilDate, day: CivilDate, _) in
      guard birth <= day else { throw EvaluationError.beforeBirth }
      let hadBirthday = DayOfYear(birth) <= DayOfYear(day)
      return Int64(day.year - birth.year - (hadBirthday ? 0 : 1))
    }
    Overload.function(
      "date.lastOfMonth", id: "date_last_of_month",
      "The last `'wednesday'` or other day of the week in a month of a year."
    ) { (year: Int64, month: Int64, name: String, _) in
      let last = try month.days(inYear: year).last
      let weekday = try Weekday(name).orThrow(.noWeekday)
      let back = (last.dayOfWeek - weekday.number + 7) % 7
      return try last.adding(days: Int64(-back)).orThrow(.noSuchDate)
    }.taking(.weekday)
    Overload.function(
      "date.nthOfMonth", id: "date_nth_of_month",
      """
      The first (1) to fifth (5) `'wednesday'` or other day of the week in a month of a year; an error where \
      the month has no fifth one.
      """
    ) { (year: Int64, month: Int64, number: Int64, name: String, _) in
      let (first, last) = try month.days(inYear: year)
      let weekday = try Weekday(name).orThrow(.noWeekday)
      guard (1...5).contains(number) else { throw EvaluationError.noSuchDate }
      let days = Int64((weekday.number - first.dayOfWeek + 7) % 7) + (number - 1) * 7
      guard let date = first.adding(days: days), date <= last else {
        throw EvaluationError.noSuchDate
      }
      return date
    }.taking(.weekday)
  }
}

extension CivilDate {
  /// The Monday of the day's week; nil where that is before the year 1.
  var startOfWeek: CivilDate? { adding(days: Int64(-((dayOfWeek + 6) % 7))) }
}

extension Int64 {
  /// The first and the last day of the month of this number.
  fileprivate func days(inYear year: Int64) throws -> (first: CivilDate, last: CivilDate) {
    guard let year = Int(exactly: year), let month = Int(exactly: self),
      let first = CivilDate(year: year, month: month, day: 1),
      let last = CivilDate(
        year: year, month: month, day: CivilCalendar.length(ofMonth: month, year: year))
    else { throw EvaluationError.noSuchDate }
    return (first, last)
  }
}

extension EvaluationError {
  static let noWeekday = EvaluationError("this is not a day of the week")
  static let noDayOfYear = EvaluationError("the text is not a day of the year, such as 05-01")
  static let beforeBirth = EvaluationError("the day is before the day of birth")
}
