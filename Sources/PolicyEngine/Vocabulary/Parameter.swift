public import CEL
public import Diagnostics

/// A number, list or table of the handbook that changes over time.
public struct Parameter: Sendable {
  /// A value and the date from which it holds, until the next one's date.
  public struct DatedValue: Sendable {
    /// The first governing date on which the value is in force.
    public let from: CivilDate
    /// The value.
    public let value: CELValue
    /// Where the value stands.
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

  /// The value in force on a governing date; nil before the first.
  public func value(on date: CivilDate) -> DatedValue? { values.last { $0.from <= date } }
}
