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
    /// True when at least one part is known to be; false else, even where one is not known.
    case anyKnown([Condition])
    /// True on governing dates that lie within these.
    case inForce(EffectiveDates)
    /// True where a value is given; false where none is.
    case gives(GivenValue)
  }

  /// What the condition is made of.
  public let kind: Kind
  /// The condition in people's words; nil when its author gave none.
  public let label: String?
  /// Where the condition stands.
  public let range: SourceRange

  /// A condition of a kind, at a place.
  package init(kind: Kind, label: String?, range: SourceRange) {
    self.kind = kind
    self.label = label
    self.range = range
  }

  /// The conditions that it is made of, in order.
  public var parts: [Condition] {
    switch kind {
    case .expression, .inForce: []
    case .all(let parts), .any(let parts), .none(let parts), .anyKnown(let parts): parts
    case .gives(let given): given.givers.compactMap(\.condition)
    }
  }

  /// The expressions in the condition, in order.
  public var expressions: [CheckedExpression] {
    switch kind {
    case .expression(let expression): return [expression]
    case .gives(let given): return given.expressions
    default: return parts.flatMap(\.expressions)
    }
  }

  /// The expressions of the conditions alone, without those of values that are given.
  package var conditionExpressions: [CheckedExpression] {
    if case .expression(let expression) = kind { return [expression] }
    return parts.flatMap(\.conditionExpressions)
  }

  /// The dates that the condition asks for, its parts included.
  package var effectiveDates: [EffectiveDates] {
    if case .inForce(let dates) = kind { return [dates] }
    return parts.flatMap(\.effectiveDates)
  }
}
