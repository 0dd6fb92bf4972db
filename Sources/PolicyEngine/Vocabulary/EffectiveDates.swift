public import CEL

/// The governing dates on which something is in force, both ends included; nil is open.
public struct EffectiveDates: Hashable, Sendable {
  /// The first date.
  public let from: CivilDate?
  /// The last date.
  public let until: CivilDate?

  /// Whether a date lies between the two.
  public func contains(_ date: CivilDate) -> Bool {
    from.map { $0 <= date } ?? true && until.map { date <= $0 } ?? true
  }

  /// The dates from which on something else is in force, in order.
  package var changes: [CivilDate] { [from, until?.adding(days: 1)].compactMap(\.self) }

  /// The dates in words, such as `from 2026-08-01 until 2026-12-18`.
  package var words: String {
    [from.map { "from \($0)" }, until.map { "until \($0)" }].compactMap(\.self)
      .joined(separator: " ")
  }
}
