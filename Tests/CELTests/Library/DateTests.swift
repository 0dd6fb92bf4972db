import CEL
import Testing

struct `Dates` {
  @Test(
    arguments: [
      ("date('2026-05-01')", "2026-05-01"),
      ("date(2026, 5, 1) == date('2026-05-01')", "true"),
      ("date(timestamp('2026-10-15T04:59:59Z'))", "2026-10-14"),
      ("date(timestamp('2026-10-15T05:00:00Z'))", "2026-10-15"),
      ("date(timestamp('2026-10-15T05:00:00Z'), 'UTC')", "2026-10-15"),
      ("date(timestamp('2026-10-15T05:00:00Z'), '-05:30')", "2026-10-14"),
      ("session.date.addDays(days)", "2026-10-21"),
      ("date('2026-03-01').addDays(-1)", "2026-02-28"),
      ("date('2028-02-28').addDays(1)", "2028-02-29"),
      // The clocks go back on 1 November: days are counted all the same.
      ("date('2026-10-26').addWeeks(1)", "2026-11-02"),
      ("date('2026-10-26').daysUntil(date('2026-11-02'))", "7"),
      ("date('2026-11-02').daysUntil(date('2026-10-26'))", "-7"),
      ("date('2026-01-31').addMonths(1)", "2026-02-28"),
      ("date('2028-01-31').addMonths(1)", "2028-02-29"),
      ("date('2026-03-31').addMonths(-1)", "2026-02-28"),
      ("date('2026-08-31').addMonths(6)", "2027-02-28"),
      ("date('2026-01-15').addMonths(-1)", "2025-12-15"),
      ("date('2026-10-14').dayOfWeek()", "3"),
      ("date('2026-10-18').dayOfWeek()", "0"),
      ("date('1969-12-31').dayOfWeek()", "3"),
      (
        "[date('2026-05-01').year(), date('2026-05-01').month(), date('2026-05-01').day()]",
        "[2026, 5, 1]"
      ),
      ("date('2026-05-01').getFullYear()", "2026"),
      ("string(date('0099-01-02'))", "'0099-01-02'"),
      (
        "date('2026-05-01') < date('2026-05-02') && date('2026-05-01') >= date('2026-05-01')",
        "true"
      ),
      ("{'x': date('2026-05-01')}.x", "2026-05-01"),
      ("date('2026-05-01') in [session.date, date('2026-05-01')]", "true"),
      (
        "session.date.addDays(9223372036854775807)",
        "error: out of range: dates are of the years 1 to 9999"
      ),
      (
        "session.date.addWeeks(9223372036854775807)",
        "error: out of range: dates are of the years 1 to 9999"
      ),
      (
        "session.date.addMonths(-9223372036854775807)",
        "error: out of range: dates are of the years 1 to 9999"
      ),
      ("session.date.addMonths(100000)", "error: out of range: dates are of the years 1 to 9999"),
      ("date(session.id)", "error: the text can't be converted: it is not a date"),
      ("date(days * 400, 13, 1)", "error: the calendar has no such date"),
      ("session.start.timeOfDay()", "55800s"),
      ("session.start.timeOfDay('UTC') == duration('20h30m')", "true"),
      ("session.start.timeOfDay() > duration('15h')", "true"),
      ("date(session.start, session.id)", "error: there is no such time zone"),
    ])
  func `count civil days`(text: String, expected: String) {
    #expect(evaluated(text) == expected)
  }

  @Test(
    arguments: [
      "2026-2-3", "2026-02-30", "2026-13-01", "0000-01-01", "02026-01-01", "2026-02-03 ",
      "2026/02/03", "2026-02-03T00:00:00Z", "", "-026-01-01", "２026-01-01",
    ])
  func `are only read in one form`(text: String) {
    #expect(CivilDate(text) == nil)
  }

  @Test func `go through every day of four centuries`() throws {
    var date = try #require(CivilDate("1899-12-31"))
    var wrong: [CivilDate] = []
    for count in 1...146_097 {
      let next = try #require(date.adding(days: 1))
      let isSameMonth = next.year == date.year && next.month == date.month
      let isRight =
        (isSameMonth ? next.day == date.day + 1 : next.day == 1)
        && CivilDate(year: next.year, month: next.month, day: next.day) == next
        && next.dayOfWeek == count % 7
      if !isRight { wrong.append(next) }
      date = next
    }
    #expect(wrong == [])
    #expect(date.description == "2299-12-31")
  }
}

struct `Timestamps and durations` {
  @Test(
    arguments: [
      ("timestamp('2026-10-14T15:30:00-05:00')", "2026-10-14T20:30:00Z"),
      ("timestamp('2026-10-14T15:30:00.120Z')", "2026-10-14T15:30:00.12Z"),
      ("timestamp(0)", "1970-01-01T00:00:00Z"),
      ("session.start.getHours('America/Chicago')", "15"),
      ("session.start.getHours('05:45')", "2"),
      ("session.start.getDate() + session.start.getMonth()", "23"),
      ("timestamp('2026-01-01T00:00:00Z') - duration('1ns')", "2025-12-31T23:59:59.999999999Z"),
      ("duration('1h30m') + duration('-90m')", "0s"),
      ("duration('-1.5s')", "-1.5s"),
      ("duration('1.5h').getMinutes()", "90"),
      ("duration('1.234s').getMilliseconds()", "234"),
      ("duration('1us') + duration('1ms') + duration('1ns')", "0.001001001s"),
      ("duration('0')", "0s"),
      ("duration('-2h') < duration('1s')", "true"),
      ("string(duration('-0.5s'))", "'-0.5s'"),
    ])
  func `are calculated exactly`(text: String, expected: String) {
    #expect(evaluated(text) == expected)
  }

  @Test(
    arguments: [
      "", "2026-10-14", "2026-10-14T25:00:00Z", "2026-10-14T15:30:00", "2026-10-14T15:30Z",
      "2026-10-14T15:30:00.Z", "2026-10-14T15:30:00+5:00", "2026-02-29T00:00:00Z",
      "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "2026-10-14T15:30:60Z",
    ])
  func `refuse malformed instants`(text: String) { #expect(CELTimestamp(text) == nil) }

  @Test(arguments: ["", "-", "1", "1x", "1h2", "h", ".s", "1..5s", "- 1s", "999999999999h", "1e3s"])
  func `refuse malformed durations`(text: String) { #expect(CELDuration(text) == nil) }
}
