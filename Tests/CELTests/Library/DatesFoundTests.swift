import CEL
import TestSupport
import Testing

struct `Dates found by week, month and year` {
  @Test(
    arguments: [
      ("date('2026-05-01').isBetween('05-01', '11-23')", "true"),
      ("date('2026-11-23').isBetween('05-01', '11-23')", "true"),
      ("date('2026-04-30').isBetween('05-01', '11-23')", "false"),
      ("date('2026-11-24').isBetween('05-01', '11-23')", "false"),
      // Over the new year.
      ("date('2026-12-31').isBetween('11-24', '04-30')", "true"),
      ("date('2027-01-01').isBetween('11-24', '04-30')", "true"),
      ("date('2027-05-01').isBetween('11-24', '04-30')", "false"),
      // One day of each year, and one that only some have.
      ("date('2028-02-29').isBetween('02-29', '02-29')", "true"),
      ("date('2027-02-28').isBetween('02-29', '03-01')", "false"),
      ("date('2027-03-01').isBetween('02-29', '03-01')", "true"),
      ("session.date.isBetween(session.id, '11-23')", noDayOfYear),
      ("session.date.next('wednesday')", "2026-10-21"),
      ("session.date.previous('wednesday')", "2026-10-07"),
      ("session.date.next('thursday')", "2026-10-15"),
      ("session.date.previous('thursday')", "2026-10-08"),
      ("session.date.next(session.id)", "error: this is not a day of the week"),
      ("date('9999-12-31').addDays(days - days).next('monday')", dateRange),
      ("date('0001-01-01').addDays(days - days).previous('monday')", dateRange),
      ("date('2026-10-14').startOfWeek()", "2026-10-12"),
      ("date('2026-10-18').startOfWeek()", "2026-10-12"),
      ("date('0001-01-01').startOfWeek()", "0001-01-01"),
      ("date('2027-02-01').endOfMonth()", "2027-02-28"),
      ("date('2028-02-29').endOfMonth()", "2028-02-29"),
      ("date('9999-12-01').endOfMonth()", "9999-12-31"),
      ("date.lastOfMonth(2026, 10, 'wednesday')", "2026-10-28"),
      ("date.nthOfMonth(2026, 10, 3, 'wednesday')", "2026-10-21"),
      ("date.nthOfMonth(2026, 10, 5, 'thursday')", "2026-10-29"),
      ("date.nthOfMonth(2026, 10, days - 2, 'monday')", noDate),
      ("date.nthOfMonth(2026, 10, days - days, 'monday')", noDate),
      ("date.nthOfMonth(2026, days + 6, 1, 'monday')", noDate),
      ("date.lastOfMonth(9223372036854775807, days, 'monday')", noDate),
      ("date.nthOfMonth(2026, 10, days * 1000000000000, 'monday')", noDate),
      ("date('2010-10-14').ageOn(session.date)", "16"),
      ("date('2010-10-15').ageOn(session.date)", "15"),
      ("date('2008-02-29').ageOn(date('2026-02-28'))", "17"),
      ("date('2008-02-29').ageOn(date('2026-03-01'))", "18"),
      ("date('2008-02-29').ageOn(date('2028-02-29'))", "20"),
      ("session.date.ageOn(session.date)", "0"),
      ("session.date.ageOn(session.date.addDays(-1))", "error: the day is before the day of birth"),
    ])
  func `are what people would find`(text: String, expected: String) {
    #expect(evaluated(text) == expected)
  }

  private static let noDate = "error: the calendar has no such date"
  private static let dateRange = "error: out of range: dates are of the years 1 to 9999"
  private static let noDayOfYear = "error: the text is not a day of the year, such as 05-01"

  @Test(
    arguments: [
      (
        "session.date.next('munday')",
        ["'munday' is not a day of the week «'munday'» did you mean 'monday'?"]
      ),
      (
        "session.date.previous('Wed')",
        ["'Wed' is not a day of the week «'Wed'» did you mean 'wednesday'?"]
      ),
      (
        "date.lastOfMonth(2026, 10, 'soon')",
        [
          "'soon' is not a day of the week «'soon'» the days are 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'"
        ]
      ),
      (
        "session.date.isBetween('5-1', '13-01')",
        [
          "'5-1' is not a day of the year «'5-1'» month and day are written with two digits each: '05-01' is 1 May",
          "'13-01' is not a day of the year «'13-01'» month and day are written with two digits each: '05-01' is 1 May",
        ]
      ),
      (
        "date.nthOfMonth(2026, 2, 5, 'monday') == session.date",
        [
          "this always fails: the calendar has no such date «date.nthOfMonth(2026, 2, 5, 'monday')»"
        ]
      ),
      (
        "date.lastOfMont(2026, 10, 'monday') == session.date",
        [
          "there is no function 'date.lastOfMont' «lastOfMont» did you mean 'date.lastOfMonth'?"
        ]
      ),
      (
        "session.date.addDay(1) == session.date",
        ["there is no function 'addDay' «addDay» did you mean 'addDays'?"]
      ),
    ])
  func `refuse words that are none`(text: String, expected: [String]) {
    #expect(Checked(text).messages == expected)
  }

  /// Each function against a search through the days by the definition of it.
  @Test(arguments: 0..<4)
  func `are found by looking at day after day`(seed: Int) throws {
    var random = SeededNumbers(seed: UInt64(seed))
    for _ in 0..<200 {
      let day = CivilDate(daysSinceEpoch: Int32.random(in: -20_000..<40_000, using: &random))
      let number = Int.random(in: 0..<7, using: &random)
      let name = Weekday.names[number]
      func date(_ text: String) -> String { evaluated("date('\(day)').\(text)") }
      let week = (1...7).map { CivilDate(daysSinceEpoch: day.daysSinceEpoch + $0) }
      #expect(date("next('\(name)')") == week.first { $0.dayOfWeek == number }?.description)
      let before = (1...7).map { CivilDate(daysSinceEpoch: day.daysSinceEpoch - $0) }
      #expect(date("previous('\(name)')") == before.first { $0.dayOfWeek == number }?.description)
      let monday = ([day] + before).first { $0.dayOfWeek == 1 }
      #expect(date("startOfWeek()") == monday?.description)
      let month = (1...31).compactMap { CivilDate(year: day.year, month: day.month, day: $0) }
      #expect(date("endOfMonth()") == month.last?.description)
      let such = month.filter { $0.dayOfWeek == number }
      #expect(
        evaluated("date.lastOfMonth(\(day.year), \(day.month), '\(name)')")
          == such.last?.description)
      for count in 1...5 {
        #expect(
          // With a variable, so that the checker does not refuse what there is not.
          evaluated("date.nthOfMonth(\(day.year), \(day.month), days - days + \(count), '\(name)')")
            == (count <= such.count ? such[count - 1].description : Self.noDate))
      }
      checkYears(day, &random)
    }
  }

  private func checkYears(_ birth: CivilDate, _ random: inout SeededNumbers) {
    let day = CivilDate(
      daysSinceEpoch: birth.daysSinceEpoch + Int32.random(in: 0..<30_000, using: &random))
    // A birthday on which nobody was born there is kept a day later.
    let birthdays = (birth.year + 1...birth.year + 100).filter { year in
      let birthday =
        CivilDate(year: year, month: birth.month, day: birth.day)
        ?? CivilDate(year: year, month: 3, day: 1)
      return birthday.map { $0 <= day } ?? false
    }
    #expect(evaluated("date('\(birth)').ageOn(date('\(day)'))") == "\(birthdays.count)")
    let from = CivilDate(daysSinceEpoch: Int32.random(in: 0..<20_000, using: &random))
    let until = CivilDate(daysSinceEpoch: Int32.random(in: 0..<20_000, using: &random))
    func text(_ date: CivilDate) -> String { String(date.description.dropFirst(5)) }
    // A leap year, gone through from the first of the days to the last, over the new year where need be.
    var days: Set<String> = []
    var next = CivilDate("2000-" + text(from))
    while let here = next {
      days.insert(text(here))
      if text(here) == text(until) { break }
      next = text(here) == "12-31" ? CivilDate("2000-01-01") : here.adding(days: 1)
    }
    #expect(
      evaluated("date('\(day)').isBetween('\(text(from))', '\(text(until))')")
        == "\(days.contains(text(day)))", "\(day) \(from) \(until)")
  }
}
