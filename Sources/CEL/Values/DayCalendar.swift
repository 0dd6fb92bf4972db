public import Diagnostics

/// The days on which something is held, year by year: school days, say.
///
/// It tells of the days from the first year's first day to the last year's last day, and of no others. Days that lie
/// between two years are days on which nothing is held.
public final class DayCalendar: OpaqueValue {
  /// A stretch of a year that has a name of its own, such as a semester.
  public struct Term: Sendable {
    /// Its name.
    public let name: String
    /// Its first day to its last day.
    public let days: ClosedRange<CivilDate>

    /// A term.
    public init(name: String, days: ClosedRange<CivilDate>) {
      self.name = name
      self.days = days
    }
  }

  /// Days that are an exception to the days of the week, and why.
  public struct Exception: Sendable {
    /// The days.
    public let days: ClosedRange<CivilDate>
    /// Whether something is held on them, although not on these days of the week.
    public let isOpen: Bool
    /// Why they are an exception, in people's words.
    public let reason: String
    /// Where it is said; nil for what stands in no file.
    public let range: SourceRange?

    /// An exception.
    public init(
      days: ClosedRange<CivilDate>, isOpen: Bool, reason: String, range: SourceRange? = nil
    ) {
      self.days = days
      self.isOpen = isOpen
      self.reason = reason
      self.range = range
    }
  }

  /// A year, which need not be one of the civil calendar.
  public struct Year: Sendable {
    /// Its name, such as `2026-27`.
    public let name: String
    /// Its first day to its last day.
    public let days: ClosedRange<CivilDate>
    /// The days of the week on which something is held.
    public let weekdays: Set<Weekday>
    /// Its exceptions, in the order of their days; none has a day of another.
    public let exceptions: [Exception]
    /// Its terms, in order; none has a day of another.
    public let terms: [Term]
    /// Where it is declared; nil for what stands in no file.
    public let range: SourceRange?

    /// A year.
    public init(
      name: String, days: ClosedRange<CivilDate>, weekdays: Set<Weekday>,
      exceptions: [Exception] = [], terms: [Term] = [], range: SourceRange? = nil
    ) {
      self.name = name
      self.days = days
      self.weekdays = weekdays
      self.exceptions = exceptions.sorted { $0.days.lowerBound < $1.days.lowerBound }
      self.terms = terms
      self.range = range
    }

    /// The exception that a day is; nil for other days.
    public func exception(on day: CivilDate) -> Exception? {
      exceptions.first { $0.days.contains(day) }
    }

  }

  /// Its name, as expressions have it.
  public let name: String
  /// Its years, in order; never empty, and none has a day of another.
  public let years: [Year]
  /// The days on which something is held, as days since 1970-01-01, ascending.
  let days: [Int32]
  /// For each year, where its days begin among all.
  private let starts: [Int]
  /// All that functions can tell of it.
  public let text: String

  /// A calendar of years in order, at least one; nil where there is none, or years or their terms overlap.
  public init?(name: String, years: [Year]) {
    guard !years.isEmpty,
      zip(years, years.dropFirst()).allSatisfy({ $0.days.upperBound < $1.days.lowerBound }),
      years.allSatisfy({ year in
        zip(year.terms, year.terms.dropFirst()).allSatisfy {
          $0.days.upperBound < $1.days.lowerBound
        }
      })
    else { return nil }
    self.name = name
    self.years = years
    var days: [Int32] = []
    var starts: [Int] = []
    for year in years {
      starts.append(days.count)
      days += Self.openDays(of: year)
    }
    self.days = days
    self.starts = starts + [days.count]
    text = Self.text(of: years)
  }

  /// The type of calendars.
  public static let type = CELType.abstract("calendar", [])
  public var celType: CELType { Self.type }
  public var elementCount: Int { days.count }

  /// The days on which something is held.
  public var openDays: [CivilDate] { days.map { CivilDate(daysSinceEpoch: $0) } }

  /// The first and the last day of which it tells.
  public var span: ClosedRange<CivilDate> {
    let first = years.first?.days.lowerBound ?? CivilDate(daysSinceEpoch: 0)
    return first...(years.last?.days.upperBound ?? first)
  }

  /// The year that a day belongs to; nil for days between years and outside of all.
  public func year(of day: CivilDate) -> Year? { yearIndex(of: day).map { years[$0] } }

  /// Whether something is held on a day; false for days of which the calendar does not tell.
  public func contains(_ day: CivilDate) -> Bool {
    let position = position(from: day.daysSinceEpoch)
    return days.indices.contains(position) && days[position] == day.daysSinceEpoch
  }

  /// The days from one to another, both included, on which something is held.
  public func days(in span: ClosedRange<CivilDate>) -> ArraySlice<Int32> {
    let first = position(from: span.lowerBound.daysSinceEpoch)
    return days[first..<position(from: span.upperBound.daysSinceEpoch + 1)]
  }

  // MARK: Looking up

  func yearIndex(of day: CivilDate) -> Int? {
    var (low, high) = (0, years.count)
    while low < high {
      let middle = (low + high) / 2
      if years[middle].days.upperBound < day { low = middle + 1 } else { high = middle }
    }
    return low < years.count && years[low].days.contains(day) ? low : nil
  }

  /// The position of the first of its days from a day on.
  func position(from day: Int32) -> Int {
    var (low, high) = (0, days.count)
    while low < high {
      let middle = (low + high) / 2
      if days[middle] < day { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The number of one of its days within its year, from 1; nil for other days.
  func number(of day: CivilDate) -> Int? {
    guard contains(day), let year = yearIndex(of: day) else { return nil }
    return position(from: day.daysSinceEpoch) - starts[year] + 1
  }

  /// The days from the first to the last of a year named `2026-27`, or a term of it named `2026-27 first`.
  func stretch(named name: String) -> ClosedRange<CivilDate>? {
    for year in years {
      if year.name == name { return year.days }
      for term in year.terms where "\(year.name) \(term.name)" == name { return term.days }
    }
    return nil
  }

  /// The names of the years and, behind their year's, of the terms.
  package var stretchNames: [String] {
    years.flatMap { year in [year.name] + year.terms.map { "\(year.name) \($0.name)" } }
  }

  // MARK: Making

  private static func openDays(of year: Year) -> [Int32] {
    let numbers = year.days.lowerBound.daysSinceEpoch...year.days.upperBound.daysSinceEpoch
    // Days and exceptions are both in order: each exception is met once.
    var exceptions = year.exceptions[...]
    let weekdays = Set(year.weekdays.map(\.number))
    return numbers.filter { number in
      let day = CivilDate(daysSinceEpoch: number)
      while let next = exceptions.first, next.days.upperBound < day { exceptions.removeFirst() }
      if let exception = exceptions.first, exception.days.contains(day) { return exception.isOpen }
      return weekdays.contains(day.dayOfWeek)
    }
  }

  private static func text(of years: [Year]) -> String {
    years.map { year in
      let weekdays = year.weekdays.sorted { $0.number < $1.number }.map(\.name)
      let exceptions = year.exceptions.map { "\($0.isOpen ? "+" : "-")\(Self.text(of: $0.days))" }
      let terms = year.terms.map { "\($0.name): \(Self.text(of: $0.days))" }
      return "\(year.name) (\(text(of: year.days)); "
        + (weekdays + exceptions + terms).joined(separator: ", ") + ")"
    }.joined(separator: ", ")
  }

  private static func text(of days: ClosedRange<CivilDate>) -> String {
    "\(days.lowerBound)..\(days.upperBound)"
  }
}
