/// A family of functions, declared as data: what the checker, the evaluator and the language reference
/// know of functions is all here.
public struct Library: Sendable {
  /// The name of the family, such as `strings`.
  public let name: String
  /// What the family is for, in a sentence or two.
  public let summary: String
  /// The signatures with their implementations.
  public let overloads: [Overload]

  /// A family of functions.
  public init(name: String, summary: String, overloads: [Overload]) {
    self.name = name
    self.summary = summary
    self.overloads = overloads
  }

  /// The functions and operators of the specification's list of standard definitions.
  public static let standard: [Library] = [
    .logic, .comparison, .arithmetic, .collections, .text, .conversions, .time,
  ]

  /// Every family: the standard ones, the extensions, and the additions to CEL.
  public static let all: [Library] =
    standard
    + [.optionals, .strings, .math, .encoders, .lists, .dates, .calendars, .bands, .exact]
}
