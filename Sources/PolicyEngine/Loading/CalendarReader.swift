import CEL
import Diagnostics
import YAML

/// Reads the years of a calendar, and finds what can't be so: days outside of their year, overlaps, gaps.
struct CalendarReader {
  /// The days of the week on which something is held, unless a year has others.
  private(set) var weekdays: Set<Weekday>

  init(weekdays: Set<Weekday>) { self.weekdays = weekdays }

  /// How many days a year may have: what is longer has a slip in one of its dates.
  static let longestYear = 400
  /// How many days may lie between two years: where there are more, a year is missing.
  static let longestBreak = 183

  mutating func readWeekdays(_ node: YAMLNode, into diagnostics: inout [Diagnostic]) {
    if let read = Self.weekdays(node, into: &diagnostics) { weekdays = read }
  }

  /// The calendar of the years in a mapping; nil where it has none, or they make none.
  func calendar(
    named name: String, _ node: YAMLNode, into diagnostics: inout [Diagnostic]
  ) -> DayCalendar? {
    guard
      let pairs = MappingReader.pairs(of: node, what: "'years'", into: &diagnostics)
    else { return nil }
    guard !pairs.isEmpty else {
      diagnostics.append(.noYears(of: name, at: node.range))
      return nil
    }
    let count = diagnostics.count
    let years = pairs.compactMap { year($0, $1, into: &diagnostics) }
      .sorted { $0.days.lowerBound < $1.days.lowerBound }
    for (before, year) in zip(years, years.dropFirst()) {
      guard let range = year.range, let other = before.range else { continue }
      if year.days.lowerBound <= before.days.upperBound {
        diagnostics.append(
          .overlap("year '\(year.name)'", year.days, before.days, at: range, other: other))
      } else if before.days.upperBound.days(until: year.days.lowerBound) > Int64(Self.longestBreak)
      {
        diagnostics.append(.yearMissing(between: before, and: year, at: range, other: other))
      }
    }
    guard diagnostics[count...].allSatisfy({ $0.severity != .error }) else { return nil }
    return DayCalendar(name: name, years: years)
  }

  private func year(
    _ name: String, _ entry: YAMLEntry, into diagnostics: inout [Diagnostic]
  ) -> DayCalendar.Year? {
    guard
      let reader = MappingReader(
        entry.value, what: "year '\(name)'", keys: PolicyKeys.calendarYear, into: &diagnostics),
      let node = reader.requiredNode("days", into: &diagnostics),
      let days = Self.days(node, into: &diagnostics)
    else { return nil }
    let length = days.lowerBound.days(until: days.upperBound) + 1
    guard length <= Int64(Self.longestYear) else {
      diagnostics.append(.yearTooLong(length, at: node.range))
      return nil
    }
    let own = reader.optionalNode("weekdays", into: &diagnostics)
      .map { Self.weekdays($0, into: &diagnostics) }
    let within = Within(name: name, days: days, range: node.range)
    let closed = exceptions(
      reader.optionalNode("closed", into: &diagnostics), isOpen: false, within, into: &diagnostics)
    let open = exceptions(
      reader.optionalNode("open", into: &diagnostics), isOpen: true, within, into: &diagnostics)
    let exceptions = (closed + open).sorted { $0.days.lowerBound < $1.days.lowerBound }
    for (before, exception) in zip(exceptions, exceptions.dropFirst())
    where exception.days.lowerBound <= before.days.upperBound {
      guard let range = exception.range, let other = before.range else { continue }
      diagnostics.append(.twice(exception, before, at: range, other: other))
    }
    let terms = terms(
      reader.optionalNode("terms", into: &diagnostics), within, into: &diagnostics)
    let year = DayCalendar.Year(
      name: name, days: days, weekdays: (own ?? weekdays) ?? weekdays, exceptions: exceptions,
      terms: terms, range: entry.key.range)
    check(year, at: node.range, into: &diagnostics)
    return year
  }

  /// Reports a year on no day of which anything is held, and days that are open anyway or in no term.
  private func check(
    _ year: DayCalendar.Year, at range: SourceRange, into diagnostics: inout [Diagnostic]
  ) {
    for open in year.exceptions where open.isOpen {
      let first = open.days.lowerBound
      let isClosed = year.exceptions.contains { !$0.isOpen && $0.days.contains(first) }
      if open.days.upperBound == first, !isClosed,
        year.weekdays.contains(where: { $0.number == first.dayOfWeek }),
        let range = open.range
      {
        diagnostics.append(.openAnyway(first, at: range))
      }
    }
    guard let days = DayCalendar(name: year.name, years: [year])?.openDays else { return }
    if days.isEmpty { diagnostics.append(.noDays(of: year.name, at: range)) }
    guard !year.terms.isEmpty, let place = year.range,
      let outside = days.first(where: { day in !year.terms.contains { $0.days.contains(day) } })
    else { return }
    diagnostics.append(.inNoTerm(outside, year: year.name, at: place))
  }

  // MARK: Parts

  /// The year that days must lie in.
  private struct Within {
    let name: String
    let days: ClosedRange<CivilDate>
    let range: SourceRange
  }

  private func exceptions(
    _ node: YAMLNode?, isOpen: Bool, _ year: Within, into diagnostics: inout [Diagnostic]
  ) -> [DayCalendar.Exception] {
    let key = isOpen ? "open" : "closed"
    guard let node, let pairs = MappingReader.pairs(of: node, what: "'\(key)'", into: &diagnostics)
    else { return [] }
    return pairs.compactMap { text, entry in
      let reason = MappingReader.text(
        of: entry.value, what: "the reason of \(text)", into: &diagnostics)
      guard let days = Self.days(entry.key, into: &diagnostics), let reason else { return nil }
      guard year.days.lowerBound <= days.lowerBound, days.upperBound <= year.days.upperBound else {
        diagnostics.append(
          .outsideYear(text, year.name, year.days, at: entry.key.range, year: year.range))
        return nil
      }
      return DayCalendar.Exception(
        days: days, isOpen: isOpen, reason: reason, range: entry.key.range)
    }
  }

  private func terms(
    _ node: YAMLNode?, _ year: Within, into diagnostics: inout [Diagnostic]
  ) -> [DayCalendar.Term] {
    guard let node, let pairs = MappingReader.pairs(of: node, what: "'terms'", into: &diagnostics)
    else { return [] }
    var terms: [(term: DayCalendar.Term, range: SourceRange)] = []
    for (name, entry) in pairs {
      guard let days = Self.days(entry.value, into: &diagnostics) else { continue }
      guard year.days.lowerBound <= days.lowerBound, days.upperBound <= year.days.upperBound else {
        diagnostics.append(
          .outsideYear(
            "term '\(name)'", year.name, year.days, at: entry.value.range, year: year.range))
        continue
      }
      terms.append((DayCalendar.Term(name: name, days: days), entry.key.range))
    }
    terms.sort { $0.term.days.lowerBound < $1.term.days.lowerBound }
    for (before, next) in zip(terms, terms.dropFirst())
    where next.term.days.lowerBound <= before.term.days.upperBound {
      diagnostics.append(
        .overlap(
          "term '\(next.term.name)'", next.term.days, before.term.days, at: next.range,
          other: before.range))
    }
    return terms.map(\.term)
  }

  // MARK: Notation

  /// Days written as `2026-08-17..2027-05-21`, or one as `2026-09-07`.
  static func days(
    _ node: YAMLNode, into diagnostics: inout [Diagnostic]
  ) -> ClosedRange<CivilDate>? {
    guard let text = node.mappedText(), let scalar = node.scalar else {
      diagnostics.append(.noDays(node))
      return nil
    }
    let parts = scalar.text.split(separator: "..", omittingEmptySubsequences: false).map(
      String.init)
    guard (1...2).contains(parts.count), !parts[0].isEmpty else {
      diagnostics.append(.noDays(node))
      return nil
    }
    var dates: [CivilDate] = []
    var offset = 0
    for part in parts {
      let range = text.range(of: offset..<min(offset + part.utf8.count, text.bytes.count))
      switch TemporalText.date(part.utf8) {
      case .success(let date): dates.append(date)
      case .failure(let problem):
        diagnostics.append(
          .noDay(
            part, because: problem.reason(for: "date"), at: parts.count == 1 ? node.range : range))
      }
      offset += part.utf8.count + 2
    }
    guard dates.count == parts.count, let first = dates.first, let last = dates.last else {
      return nil
    }
    guard first <= last else {
      diagnostics.append(.daysOutOfOrder(first, last, at: node.range))
      return nil
    }
    return first...last
  }

  private static func weekdays(
    _ node: YAMLNode, into diagnostics: inout [Diagnostic]
  ) -> Set<Weekday>? {
    guard case .sequence(let items) = node.content, !items.isEmpty else {
      diagnostics.append(
        .wrongKind(of: "'weekdays'", expected: "a list such as [monday, tuesday]", found: node))
      return nil
    }
    var weekdays: Set<Weekday> = []
    for item in items {
      guard
        let name = MappingReader.text(of: item, what: "a day of the week", into: &diagnostics)
      else { continue }
      guard let weekday = Weekday(name) else {
        diagnostics.append(.unknownWeekday(name, at: item.range))
        continue
      }
      if !weekdays.insert(weekday).inserted {
        diagnostics.append(.repeatedWeekday(name, at: item.range))
      }
    }
    return weekdays
  }
}
