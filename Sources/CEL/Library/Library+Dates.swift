extension Library {
  /// Civil dates, an addition to CEL.
  static let dates = Library(
    name: "dates",
    summary: """
      An addition to CEL. A `date` is a day of the calendar, without a time of day or a zone, so that \
      counting days is not moved by daylight saving time. Dates are compared with `==`, `<` and so on.
      """
  ) {
    makingDates
    Overload.method(
      "addDays", id: "date_add_days", "The date so many days later; earlier if negative."
    ) { (date: CivilDate, count: Int64, _) in
      try date.adding(days: count).orThrow(.dateRange)
    }
    Overload.method(
      "addWeeks", id: "date_add_weeks",
      "The date so many weeks later; earlier if negative."
    ) { (date: CivilDate, count: Int64, _) in
      let (days, overflow) = count.multipliedReportingOverflow(by: 7)
      guard !overflow else { throw EvaluationError.dateRange }
      return try date.adding(days: days).orThrow(.dateRange)
    }
    Overload.method(
      "addMonths", id: "date_add_months",
      """
      The same day so many months later; earlier if negative. In a month too short for that day, it \
      is the month's last: a month after 31 January is 28 or 29 February.
      """
    ) { (date: CivilDate, count: Int64, _) in
      try date.adding(months: count).orThrow(.dateRange)
    }
    Overload.method(
      "daysUntil", id: "date_days_until",
      "How many days later the other date is; negative if it is earlier."
    ) { (date: CivilDate, other: CivilDate, _) in date.days(until: other) }
    datesFound
    Overload.method("year", id: "date_year", "The year.") { (date: CivilDate, _) in
      Int64(date.year)
    }
    Overload.method("getFullYear", id: "date_get_full_year", "The year.") {
      (date: CivilDate, _) in Int64(date.year)
    }
    Overload.method("month", id: "date_month", "The month, from 1 (January) to 12.") {
      (date: CivilDate, _) in Int64(date.month)
    }
    Overload.method("day", id: "date_day", "The day of the month, from 1.") {
      (date: CivilDate, _) in Int64(date.day)
    }
    Overload.method(
      "dayOfWeek", id: "date_day_of_week", "The day of the week, from 0 (Sunday) to 6."
    ) { (date: CivilDate, _) in Int64(date.dayOfWeek) }
    Overload.function("string", id: "date_to_string", "The date in the form `2026-05-01`.") {
      (date: CivilDate, _) in date.description
    }
  }

  @OverloadBuilder
  private static var makingDates: [Overload] {
    Overload.function("date", id: "date_to_date", "The value itself.") { (date: CivilDate, _) in
      date
    }
    Overload.function("date", id: "string_to_date", "The date written as `2026-05-01`.") {
      (text: String, _) in try TemporalText.date(text.utf8).orThrow("date")
    }
    Overload.function("date", id: "year_month_day_to_date", "The date of a year, month and day.") {
      (year: Int64, month: Int64, day: Int64, _) in
      guard let year = Int(exactly: year), let month = Int(exactly: month),
        let day = Int(exactly: day)
      else { throw EvaluationError.noSuchDate }
      return try CivilDate(year: year, month: month, day: day).orThrow(.noSuchDate)
    }
    Overload.function(
      "date", id: "timestamp_to_date", "The date of an instant in the zone of the evaluation."
    ) { (timestamp: CELTimestamp, context) in
      try ZonedTime(timestamp, zone: context.timeZone).civilDate.orThrow(.dateRange)
    }.usingTimeZone()
    Overload.function(
      "date", id: "timestamp_to_date_with_tz", "The date of an instant in the given zone."
    ) {
      (timestamp: CELTimestamp, zone: String, _) in
      try ZonedTime(timestamp, zone: zone).civilDate.orThrow(.dateRange)
    }.takingTimeZone()
  }
}

extension EvaluationError {
  static let noSuchDate = EvaluationError("the calendar has no such date")
}
