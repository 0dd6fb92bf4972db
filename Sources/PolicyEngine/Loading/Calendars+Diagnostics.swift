import CEL
import Diagnostics
import YAML

/// Mistakes in calendars.
extension Diagnostic {
  static func noYears(of calendar: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .missingValue, "calendar '\(calendar)' has no years", at: range,
      help: "write each year with its days, such as 2026-27: {days: 2026-08-17..2027-05-21}")
  }

  static func noDays(of year: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .missingValue,
      "no day of the year '\(year)' is left: all are closed or on other weekdays",
      at: range)
  }

  static func noDays(_ node: YAMLNode) -> Diagnostic {
    Diagnostic(
      code: .wrongType,
      "this must be days such as 2026-08-17..2027-05-21, or one day, and is \(node.shownValue)",
      at: node.range, help: "write the first and the last day with two dots between them")
  }

  static func noDay(_ text: String, because reason: String?, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongType,
      "this must be a date such as 2026-07-01, and is '\(text)'" + (reason.map { ": \($0)" } ?? ""),
      at: range,
      help: reason == nil ? "days are written 2026-08-17..2027-05-21, or one as 2026-09-07" : nil)
  }

  static func daysOutOfOrder(
    _ first: CivilDate, _ last: CivilDate, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .datesOutOfOrder, "the last day, \(last), is before the first one, \(first)",
      at: range, help: "write the earlier day first: \(last)..\(first)")
  }

  static func yearTooLong(_ days: Int64, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .tooLarge,
      "a year of a calendar has at most \(CalendarReader.longestYear) days, and this one has \(days)",
      at: range, help: "write each year under a name of its own")
  }

  static func outsideYear(
    _ what: String, _ name: String, _ days: ClosedRange<CivilDate>, at range: SourceRange,
    year: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .outsideYear,
      "\(what) is not within the year '\(name)', which goes from \(days.lowerBound) to \(days.upperBound)",
      at: range, notes: [Note("the days of the year", at: year)])
  }

  static func overlap(
    _ what: String, _ days: ClosedRange<CivilDate>, _ before: ClosedRange<CivilDate>,
    at range: SourceRange, other: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .overlappingDays,
      "\(what) begins on \(days.lowerBound), when the one before it, which ends on "
        + "\(before.upperBound), is not over",
      at: range, notes: [Note("the one before it", at: other)])
  }

  static func yearMissing(
    between before: DayCalendar.Year, and year: DayCalendar.Year, at range: SourceRange,
    other: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .yearMissing,
      "there are \(before.days.upperBound.days(until: year.days.lowerBound) - 1) days between the years "
        + "'\(before.name)' and '\(year.name)': a year is missing",
      at: range, notes: [Note("the year before it", at: other)],
      help: "the days between two years are days on which nothing is held: they may be at most "
        + "\(CalendarReader.longestBreak - 1)")
  }

  static func twice(
    _ exception: DayCalendar.Exception, _ before: DayCalendar.Exception, at range: SourceRange,
    other: SourceRange
  ) -> Diagnostic {
    let day = exception.days.lowerBound
    let state = exception.isOpen ? "open" : "closed"
    return Diagnostic(
      code: .overlappingDays,
      exception.isOpen == before.isOpen
        ? "\(day) is \(state) twice" : "\(day) is both open and closed", at: range,
      notes: [Note("it is \(before.isOpen ? "open" : "closed") here too", at: other)],
      help: exception.isOpen == before.isOpen
        ? nil : "leave the day out where it is closed: 'open' is for other days of the week")
  }

  static func openAnyway(_ day: CivilDate, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .overlappingDays,
      "\(day) is a \(day.weekday.nameInWords), which is open anyway", at: range,
      help: "'open' is for days of the week that are not among 'weekdays'")
  }

  static func inNoTerm(
    _ day: CivilDate, year: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .dayWithoutTerm, "\(day) is a day of the year '\(year)', and in none of its terms",
      at: range,
      help: "let a term have the day, or write it under 'closed'")
  }

  static func unknownWeekday(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownWeekday, "'\(name)' is not a day of the week", at: range,
      help: Weekday.help(for: name))
  }

  static func repeatedWeekday(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(code: .duplicate, "'\(name)' is listed twice", at: range)
  }

  static func unknownStretch(
    _ name: String, of calendar: String, known: [String], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .unknownCase, "calendar '\(calendar)' has no year or term '\(name)'", at: range,
      help: Suggestion.helpOrList(for: name, among: known, listing: "it has"))
  }

  static func notBesideKey(_ key: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongKind, "'\(key)' can't stand beside 'byKey'", at: range,
      help: "write it in each of the 'calendars'")
  }
}
