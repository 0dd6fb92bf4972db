extension Library {
  /// Days on which something is held, an addition to CEL.
  static let calendars = Library(
    name: "calendars",
    summary: """
      An addition to CEL. A calendar says on which days something is held, such as school: its *days*. What is asked \
      of a day before its first year or after its last one is an error; between two years nothing is held.
      """
  ) {
    Overload.function("@in", id: "in_calendar", "Whether the date is one of the calendar's days.") {
      (date: CivilDate, calendar: CalendarValue, _) in
      try calendar.check(date)
      return calendar.value.contains(date)
    }.inConstantTime()
    counting
    Overload.method(
      "days", id: "calendar_days", result: .list(.date),
      "The calendar's days from one date to another, both included. The first must not be after the last."
    ) { (calendar: CalendarValue, from: CivilDate, to: CivilDate, _) in
      ListValue(try calendar.days(from, to).map { .date(CivilDate(daysSinceEpoch: $0)) })
    }
    Overload.method(
      "weeks", id: "calendar_weeks", result: .list(.list(.date)),
      "The same in lists, one for each week that has any. A week begins on Monday."
    ) { (calendar: CalendarValue, from: CivilDate, to: CivilDate, _) in
      ListValue(Self.weeks(of: try calendar.days(from, to)).map { .list($0) })
    }
    naming
  }

  @OverloadBuilder
  private static var counting: [Overload] {
    Overload.method(
      "addDays", id: "calendar_add_days",
      """
      The so manieth of the calendar's days after a date; before it if negative. With 0 the date itself.
      """
    ) { (calendar: CalendarValue, date: CivilDate, count: Int64, _) in
      try calendar.day(count, from: date)
    }
    Overload.method(
      "daysBetween", id: "calendar_days_between",
      """
      How many of the calendar's days there are from one date to another, both included. The first must not be \
      after the last.
      """
    ) { (calendar: CalendarValue, from: CivilDate, to: CivilDate, _) in
      Int64(try calendar.days(from, to).count)
    }
    Overload.method(
      "dayNumber", id: "calendar_day_number",
      "The position of one of the calendar's days in its year, from 1; of another date an error."
    ) { (calendar: CalendarValue, date: CivilDate, _) in
      try calendar.check(date)
      return Int64(try calendar.value.number(of: date).orThrow(calendar.notADay))
    }
  }

  @OverloadBuilder
  private static var naming: [Overload] {
    Overload.method(
      "year", id: "calendar_year", result: .optional(.string),
      "The name of the year that a date belongs to; none between two years."
    ) { (calendar: CalendarValue, date: CivilDate, _) in
      try calendar.check(date)
      return OptionalValue((calendar.value.year(of: date)?.name).map { .string($0) })
    }
    Overload.method(
      "term", id: "calendar_term", result: .optional(.string),
      "The name of the term that a date belongs to; none between two terms."
    ) { (calendar: CalendarValue, date: CivilDate, _) in
      try calendar.check(date)
      let term = calendar.value.year(of: date)?.terms.first { $0.days.contains(date) }
      return OptionalValue((term?.name).map { .string($0) })
    }
    Overload.method(
      "firstDay", id: "calendar_first_day",
      "The first of the calendar's days in a year, `'2026-27'`, or in a term of it, `'2026-27 first'`."
    ) { (calendar: CalendarValue, name: String, _) in
      try CivilDate(daysSinceEpoch: calendar.days(named: name).first.orThrow(calendar.noDays))
    }
    Overload.method(
      "lastDay", id: "calendar_last_day",
      "The last of the calendar's days in a year, `'2026-27'`, or in a term of it, `'2026-27 first'`."
    ) { (calendar: CalendarValue, name: String, _) in
      try CivilDate(daysSinceEpoch: calendar.days(named: name).last.orThrow(calendar.noDays))
    }
  }

  private static func weeks(of days: ArraySlice<Int32>) -> [[CELValue]] {
    var weeks: [[CELValue]] = []
    var monday: Int32?
    for number in days {
      let day = CivilDate(daysSinceEpoch: number)
      let own = number - Int32((day.dayOfWeek + 6) % 7)
      if own != monday { weeks.append([]) }
      weeks[weeks.count - 1].append(.date(day))
      monday = own
    }
    return weeks
  }
}

/// A calendar as an argument of a function.
private struct CalendarValue: CELRepresentable {
  let value: DayCalendar

  static var celType: CELType { DayCalendar.type }
  init?(_ value: CELValue) {
    guard case .opaque(let opaque) = value, let calendar = opaque as? DayCalendar else {
      return nil
    }
    self.value = calendar
  }
  var celValue: CELValue { .opaque(value) }

  /// Fails on a date of which the calendar does not tell.
  func check(_ date: CivilDate) throws {
    let span = value.span
    guard span.contains(date) else {
      throw EvaluationError(
        "the day is outside of calendar '\(value.name)', which goes from \(span.lowerBound) to \(span.upperBound)"
      )
    }
  }

  /// The days from one date to another.
  func days(_ from: CivilDate, _ to: CivilDate) throws -> ArraySlice<Int32> {
    guard from <= to else { throw EvaluationError("the first day is after the last day") }
    try check(from)
    try check(to)
    return value.days(in: from...to)
  }

  /// The days of a year or a term.
  func days(named name: String) throws -> ArraySlice<Int32> {
    let stretch = try value.stretch(named: name).orThrow(
      EvaluationError("calendar '\(value.name)' has no year or term of that name"))
    return value.days(in: stretch)
  }

  /// The so manieth day after a date, or before it when negative.
  func day(_ count: Int64, from date: CivilDate) throws -> CivilDate {
    try check(date)
    guard count != 0 else { return date }
    // The position of the first day after the date, or of the last one before it.
    let start =
      count > 0
      ? value.position(from: date.daysSinceEpoch + 1) - 1
      : value.position(from: date.daysSinceEpoch)
    let (position, overflow) = Int64(start).addingReportingOverflow(count)
    guard !overflow, let index = Int(exactly: position), value.days.indices.contains(index) else {
      throw EvaluationError(
        count > 0
          ? "that many days on, calendar '\(value.name)' has ended: its last day is \(value.span.upperBound)"
          : "that many days back, calendar '\(value.name)' had not begun: its first day is \(value.span.lowerBound)"
      )
    }
    return CivilDate(daysSinceEpoch: value.days[index])
  }

  var notADay: EvaluationError {
    EvaluationError("the day is not one of the days of calendar '\(value.name)'")
  }
  var noDays: EvaluationError {
    EvaluationError("nothing is held in that year or term of calendar '\(value.name)'")
  }
}
