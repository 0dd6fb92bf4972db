import CEL
import PolicyEngine

/// Governing dates between which no parameter that matters changes, or that the date is not known.
enum Period: Hashable, Sendable {
  /// From a date to a date, both included; nil is open.
  case dates(from: CivilDate?, until: CivilDate?)
  /// The governing date is not known, and no parameter has a value.
  case unknown

  /// The periods in which rules are all in force, split where one of the parameters changes.
  ///
  /// A rule that is in force on some dates only is not in force on an unknown one.
  static func all(
    inForceIn effective: [EffectiveDates?], changes: [CivilDate]
  ) -> [Period] {
    let from = effective.compactMap { $0?.from }.max()
    let until = effective.compactMap { $0?.until }.min()
    if let from, let until, until < from { return [] }
    let starts = Set(changes).sorted().filter { date in
      (from.map { $0 < date } ?? true) && (until.map { date <= $0 } ?? true)
    }
    var periods: [Period] = []
    var start = from
    for next in starts {
      periods.append(.dates(from: start, until: next.adding(days: -1)))
      start = next
    }
    periods.append(.dates(from: start, until: until))
    if from == nil, until == nil { periods.append(.unknown) }
    return periods
  }

  /// Whether the period lies within some dates, between which it does not end; nil where that is not known.
  func isWithin(_ dates: EffectiveDates) -> Bool? {
    switch self {
    case .dates(let from?, _): dates.contains(from)
    case .dates(nil, let until?): dates.contains(until)
    case .dates(nil, nil): dates.from == nil && dates.until == nil ? true : nil
    case .unknown: nil
    }
  }

  /// The value that a parameter has throughout the period; nil where it has none.
  func value(of parameter: Parameter) -> CELValue? {
    switch self {
    case .dates(let from?, _): parameter.value(on: from)?.value
    // A calendar is in force on all days.
    case .dates(nil, _): parameter.isCalendar ? parameter.values.first?.value : nil
    case .unknown: nil
    }
  }
}
