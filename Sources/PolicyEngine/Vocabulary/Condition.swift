public import CEL
public import Diagnostics

/// A condition of a rule: an expression, or several conditions taken together.
public struct Condition: Sendable {
  /// What a condition is made of.
  public indirect enum Kind: Sendable {
    /// A Boolean expression.
    case expression(CheckedExpression)
    /// True when all parts are.
    case all([Condition])
    /// True when at least one part is.
    case any([Condition])
    /// True when no part is.
    case none([Condition])
  }

  /// What the condition is made of.
  public let kind: Kind
  /// The condition in people's words; nil when its author gave none.
  public let label: String?
  /// Where the condition stands.
  public let range: SourceRange

  /// The expressions in the condition, in order.
  public var expressions: [CheckedExpression] {
    switch kind {
    case .expression(let expression): [expression]
    case .all(let parts), .any(let parts), .none(let parts): parts.flatMap(\.expressions)
    }
  }
}
