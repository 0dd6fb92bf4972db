public import CEL
public import Diagnostics

/// A number, list or table of the handbook that changes over time; or a calendar, which has its days for itself.
public struct Parameter: Sendable {
  /// A value and the date from which it holds, until the next one's date or its own end.
  public struct DatedValue: Sendable {
    /// The first governing date on which the value is in force.
    public let from: CivilDate
    /// The value.
    public let value: CELValue
    /// Where the value stands.
    public let range: SourceRange
    /// From when on there is no value; nil when it holds until the next one's date, or for good.
    public internal(set) var end: End?
  }

  /// The date from which a parameter has no value, until the date of another one.
  public struct End: Sendable {
    /// The first governing date without a value.
    public let from: CivilDate
    /// Where the date stands.
    public let range: SourceRange
  }

  /// The name in expressions.
  public let name: String
  /// The parameter in people's words; nil when the name says it.
  public let label: String?
  /// The type of its values.
  public let type: CELType
  /// The values, by ascending date; never empty.
  public let values: [DatedValue]
  /// Where the handbook says so.
  public let source: String?
  /// What the handbook says there, in its words.
  public let quote: String?
  /// Where the parameter is declared.
  public let range: SourceRange

  /// The first day that there is: that from which a calendar is in force.
  static let firstDay = CivilDate(daysSinceEpoch: -719_162)

  /// Whether it is a calendar, or a table of calendars, whose value does not depend on the governing date.
  public var isCalendar: Bool {
    switch type {
    case DayCalendar.type, .map(_, DayCalendar.type): true
    default: false
    }
  }

  /// The value in force on a governing date; nil before the first and where the last has ended.
  public func value(on date: CivilDate) -> DatedValue? {
    guard let value = values.last(where: { $0.from <= date }) else { return nil }
    return value.end.map { $0.from <= date } ?? false ? nil : value
  }

  /// The calendar that it is, or those of its table; none of other parameters.
  package var calendars: [DayCalendar] {
    guard isCalendar, let value = values.first?.value else { return [] }
    var found: [CELValue] = [value]
    if case .map(let table) = value { found = table.entries.map(\.value) }
    return found.compactMap { value in
      if case .opaque(let opaque) = value { opaque as? DayCalendar } else { nil }
    }
  }

  /// Why there is no value on a day.
  func noValue(on date: CivilDate) -> EvaluationError {
    EvaluationError("'\(name)' has no value in force on \(date.description)")
  }

  /// The governing dates from which there is another value, or none any more, in order.
  public var changes: [CivilDate] {
    isCalendar ? [] : values.flatMap { [$0.from] + ($0.end.map { [$0.from] } ?? []) }
  }

  /// The date from which another value is to be expected; nil where nothing tells.
  ///
  /// Something does where there was another value on the same day of every year, and the last has no end.
  public var expectedChange: CivilDate? {
    guard values.count > 1, let last = values.last, last.end == nil,
      zip(values, values.dropFirst()).allSatisfy({ $0.from.adding(months: 12) == $1.from })
    else { return nil }
    return last.from.adding(months: 12)
  }

  /// The date since when another value is to be expected on a governing date; nil where none is.
  func overdue(on date: CivilDate) -> CivilDate? {
    expectedChange.flatMap { $0 <= date ? $0 : nil }
  }
}
