import CEL
import Diagnostics
import TestSupport
import Testing

/// A calendar at slot 0, a table of two at 1, and a table with bands at 2.
private enum Year {
  static func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  static func days(_ from: String, _ to: String) throws -> ClosedRange<CivilDate> {
    try date(from)...date(to)
  }

  static func calendar() throws -> DayCalendar {
    let weekdays = Set(Weekday.names[1...5].compactMap { Weekday($0) })
    func exception(_ from: String, _ to: String, isOpen: Bool = false) throws
      -> DayCalendar.Exception
    {
      DayCalendar.Exception(days: try days(from, to), isOpen: isOpen, reason: "so")
    }
    return try #require(
      DayCalendar(
        name: "school",
        years: [
          DayCalendar.Year(
            name: "2026-27", days: try days("2026-08-17", "2027-05-21"), weekdays: weekdays,
            exceptions: [
              try exception("2026-10-17", "2026-10-17", isOpen: true),
              try exception("2026-09-07", "2026-09-07"),
              try exception("2026-12-21", "2027-01-01"),
            ],
            terms: [
              DayCalendar.Term(name: "first", days: try days("2026-08-17", "2026-12-18")),
              DayCalendar.Term(name: "second", days: try days("2027-01-04", "2027-05-21")),
            ]),
          DayCalendar.Year(
            name: "2027-28", days: try days("2027-08-16", "2028-05-19"), weekdays: weekdays),
        ]))
  }

  static func bands() -> BandTable {
    BandTable(
      key: .int, value: .double,
      bands: [
        BandTable.Band(
          from: .int(0), through: .int(9), isClosed: true, value: .double(0), text: "0..9"),
        BandTable.Band(
          from: .int(10), through: .int(19), isClosed: true, value: .double(0.5), text: "10..19"),
        BandTable.Band(
          from: .int(20), through: nil, isClosed: true, value: .double(1), text: "20.."),
      ])
  }

  static func checked(_ text: String) throws -> (CheckedExpression, [String]) {
    var environment = Environment(Library.all)
    environment.variables = [
      Environment.Variable(name: "school", type: DayCalendar.type),
      Environment.Variable(name: "credit", type: BandTable.type(key: .int, value: .double)),
      Environment.Variable(name: "day", type: .date), Environment.Variable(name: "n", type: .int),
    ]
    var diagnostics: [Diagnostic] = []
    let expression = Expression.parse(
      MappedText(Source(name: "text", text: text)), into: &diagnostics)
    let checked = Checker(environment: environment).check(expression, into: &diagnostics)
    return (checked, diagnostics.map(\.message))
  }

  static func value(_ text: String, day: CivilDate? = nil, n: Int64 = 0) throws -> String {
    let (expression, messages) = try checked(text)
    #expect(messages == [], "\(text)")
    let day = try day ?? date("2026-09-04")
    let globals: [CELValue] = [
      .opaque(try calendar()), .opaque(bands()), .date(day), .int(n),
    ]
    return shown(
      Evaluator().evaluate(expression, in: Activation(globals: globals.map { .value($0) })))
  }
}

struct `Calendars` {
  @Test(
    arguments: [
      ("date('2026-09-04') in school", "true"),
      ("date('2026-09-07') in school", "false"),
      ("date('2026-10-17') in school", "true"),
      ("date('2026-10-24') in school", "false"),
      ("date('2027-07-04') in school", "false"),
      ("date('2026-08-17') in school && date('2028-05-19') in school", "true"),
      ("date('2026-08-16') in school", outside), ("date('2028-05-20') in school", outside),
      ("school.addDays(date('2026-09-04'), 1)", "2026-09-08"),
      ("school.addDays(date('2026-09-05'), 1)", "2026-09-08"),
      ("school.addDays(date('2026-09-08'), -1)", "2026-09-04"),
      ("school.addDays(date('2026-09-05'), 0)", "2026-09-05"),
      ("school.addDays(date('2027-05-21'), 1)", "2027-08-16"),
      ("school.addDays(date('2027-07-04'), -1)", "2027-05-21"),
      (
        "school.addDays(date('2028-05-19'), 1)",
        "error: that many days on, calendar 'school' has ended: its last day is 2028-05-19"
      ),
      (
        "school.addDays(date('2026-08-17'), -1)",
        "error: that many days back, calendar 'school' had not begun: its first day is 2026-08-17"
      ),
      (
        "school.addDays(date('2026-09-04'), 9223372036854775807)",
        "error: that many days on, calendar 'school' has ended: its last day is 2028-05-19"
      ),
      (
        "school.addDays(date('2026-09-04'), -9223372036854775808)",
        "error: that many days back, calendar 'school' had not begun: its first day is 2026-08-17"
      ),
      ("school.daysBetween(date('2026-09-04'), date('2026-09-08'))", "2"),
      ("school.daysBetween(date('2026-09-05'), date('2026-09-07'))", "0"),
      (
        "school.daysBetween(date('2026-09-08'), date('2026-09-04'))",
        "error: the first day is after the last day"
      ),
      ("school.days(date('2026-09-04'), date('2026-09-08'))", "[2026-09-04, 2026-09-08]"),
      (
        "school.weeks(date('2026-10-15'), date('2026-10-20'))",
        "[[2026-10-15, 2026-10-16, 2026-10-17], [2026-10-19, 2026-10-20]]"
      ),
      // Over the new year, and over weeks without a day.
      (
        "school.weeks(date('2026-12-18'), date('2027-01-04'))", "[[2026-12-18], [2027-01-04]]"
      ),
      ("school.weeks(date('2027-06-01'), date('2027-07-01'))", "[]"),
      ("school.dayNumber(date('2026-08-17'))", "1"),
      ("school.dayNumber(date('2026-09-08'))", "16"),
      ("school.dayNumber(date('2027-08-16'))", "1"),
      (
        "school.dayNumber(date('2026-09-07'))",
        "error: the day is not one of the days of calendar 'school'"
      ),
      ("school.year(date('2027-01-01')).value()", "'2026-27'"),
      ("school.year(date('2027-07-04'))", "none"),
      ("school.year(date('2028-07-04'))", outside),
      ("school.term(date('2026-12-18'))", "optional('first')"),
      ("school.term(date('2026-12-25')).hasValue()", "false"),
      ("school.term(date('2027-08-16')).hasValue()", "false"),
      ("school.firstDay('2026-27')", "2026-08-17"),
      ("school.lastDay('2026-27 first')", "2026-12-18"),
      ("school.firstDay('2026-27 second')", "2027-01-04"),
      (
        "school.firstDay('2028-29')", "error: calendar 'school' has no year or term of that name"
      ),
      ("credit[9]", "0.0"), ("credit[10]", "0.5"), ("credit[1000000]", "1.0"),
      ("credit[n - 1]", "error: no band of the table has that value"),
      ("n in credit", "true"), ("n - 1 in credit", "false"),
      ("credit[n] == credit[n + 20]", "false"),
    ])
  func `tell of their days`(text: String, expected: String) throws {
    #expect(try Year.value(text) == expected, "\(text)")
  }

  private static let outside =
    "error: the day is outside of calendar 'school', which goes from 2026-08-17 to 2028-05-19"

  @Test(
    arguments: [
      ("'2026-09-04' in school", "'in' can't be given a string and a calendar"),
      ("school.addDay(day, 1)", "there is no function 'addDay'"),
      ("school + 1", "'+' can't be given a calendar and an int"),
      ("credit['9']", "'[]' can't be given a bands(int, double) and a string"),
      ("school.name", "'name' can't be read from a calendar, which has no facts"),
    ])
  func `are only asked what they know`(text: String, message: String) throws {
    #expect(try Year.checked(text).1 == [message])
  }

  /// Each function against a walk through the days, one by one.
  @Test(arguments: 0..<4)
  func `are what a walk through the days finds`(seed: Int) throws {
    var random = SeededNumbers(seed: UInt64(seed))
    let calendar = try Year.calendar()
    let (first, last) = (calendar.span.lowerBound, calendar.span.upperBound)
    let all = (first.daysSinceEpoch...last.daysSinceEpoch).map { CivilDate(daysSinceEpoch: $0) }
    func isHeld(_ day: CivilDate) -> Bool {
      guard let year = calendar.years.first(where: { $0.days.contains(day) }) else { return false }
      return year.exceptions.first { $0.days.contains(day) }?.isOpen
        ?? year.weekdays.contains(day.weekday)
    }
    let held = all.filter(isHeld)
    for _ in 0..<60 {
      let day = try #require(all.randomElement(using: &random))
      let n = Int64.random(in: -20...20, using: &random)
      #expect(try Year.value("day in school", day: day) == "\(isHeld(day))")
      let after = held.filter { $0 > day }
      let before = Array(held.filter { $0 < day }.reversed())
      let way = n > 0 ? after : before
      let expected: CivilDate? =
        n == 0 ? day : way.count >= abs(n) ? way[Int(abs(n)) - 1] : nil
      let found = try Year.value("school.addDays(day, n)", day: day, n: n)
      #expect(expected.map { found == $0.description } ?? found.hasPrefix("error"), "\(day) \(n)")
      let until = try #require(all.randomElement(using: &random))
      let (from, to) = (min(day, until), max(day, until))
      let between = held.filter { from <= $0 && $0 <= to }
      let call = "(date('\(from)'), date('\(to)'))"
      #expect(try Year.value("school.daysBetween\(call)") == "\(between.count)")
      #expect(
        try Year.value("school.days\(call)")
          == "[\(between.map(\.description).joined(separator: ", "))]")
      let weeks = Dictionary(grouping: between) {
        // The Monday of its week.
        CivilDate(daysSinceEpoch: $0.daysSinceEpoch - Int32(($0.dayOfWeek + 6) % 7))
      }
      let lists = weeks.keys.sorted().map { monday in
        "[\((weeks[monday] ?? []).map(\.description).joined(separator: ", "))]"
      }
      #expect(try Year.value("school.weeks\(call)") == "[\(lists.joined(separator: ", "))]")
      let year = calendar.years.first { $0.days.contains(day) }
      let number = held.filter { year?.days.contains($0) ?? false }.firstIndex(of: day)
      let counted = try Year.value("school.dayNumber(day)", day: day)
      #expect(number.map { counted == "\($0 + 1)" } ?? counted.hasPrefix("error"), "\(day)")
    }
  }

  @Test(arguments: 0..<4)
  func `bands are found as one looks through them`(seed: Int) {
    var random = SeededNumbers(seed: UInt64(seed))
    for _ in 0..<200 {
      var bounds: [Int64] = []
      for _ in 0..<Int.random(in: 2...8, using: &random) {
        bounds.append(Int64.random(in: -50...50, using: &random))
      }
      bounds = Set(bounds).sorted()
      let bands = zip(bounds, bounds.dropFirst()).enumerated().map { index, pair in
        BandTable.Band(
          from: .int(pair.0), through: .int(pair.1), isClosed: false, value: .int(Int64(index)),
          text: "")
      }
      let table = BandTable(key: .int, value: .int, bands: bands)
      for number in Int64(-60)...60 {
        let expected = Array(zip(bounds, bounds.dropFirst())).firstIndex {
          $0.0 <= number && number < $0.1
        }
        var found: Int64?
        if case .int(let value)? = table.band(of: .int(number))?.value { found = value }
        #expect(found == expected.map { Int64($0) })
      }
    }
  }

  @Test func `a recorded evaluation tells the days that were asked about`() throws {
    let (expression, _) = try Year.checked("school.addDays(day, 1)")
    let globals: [CELValue] = [
      .opaque(try Year.calendar()), .opaque(Year.bands()), .date(try Year.date("2026-09-04")),
      .int(0),
    ]
    let (_, reads) = Evaluator().record(
      expression, in: Activation(globals: globals.map { .value($0) }))
    let days = try Year.days("2026-09-04", "2026-09-08")
    #expect(
      reads.contains(
        .days(ofCalendar: "school", from: days.lowerBound, through: days.upperBound)))
  }
}
