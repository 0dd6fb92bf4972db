public import CEL
public import Diagnostics

/// The value that a decision gives: how it comes of what its rules give.
public struct GivenValue: Sendable {
  /// How one value comes of what several rules may give.
  public enum Choice: String, Hashable, Sendable, CaseIterable {
    /// That of the first rule that applies, in an order that is written down.
    case first
    /// That of the one rule that applies; two are a conflict.
    case only
    /// The sum of what all rules give that apply.
    case sum
    /// The greatest of what the rules give that apply.
    case greatest
    /// The least of what the rules give that apply.
    case least
  }

  /// A rule that gives a value where it applies.
  public struct Giver: Sendable {
    /// The id of the rule.
    public let id: String
    /// The rule in one sentence.
    public let title: String
    /// What the file says its rules are about.
    public let topic: String?
    /// When it applies, the dates on which it is in force included; nil is always.
    public let condition: Condition?
    /// What it gives.
    public let value: CheckedExpression
    /// When it is in force.
    public let effective: EffectiveDates?
    /// Where the handbook says so.
    public let source: String?
    /// What the handbook says there, in its words.
    public let quote: String?
    /// Where the rule's id stands.
    public let range: SourceRange
  }

  /// The type of the value.
  public let type: CELType
  /// How one value comes of several.
  public let choice: Choice
  /// The rules, in the order in which they are asked.
  public let givers: [Giver]
  /// What is given where no rule applies; nil when there is nothing then.
  public let otherwise: CheckedExpression?
  /// What becomes of two values, the locals of its frame: their sum, or whether the first is less; nil where
  /// no two are put together.
  let combination: CheckedExpression?

  /// Whether there is always something that gives: a rule without conditions, or what is given otherwise.
  package var alwaysGives: Bool {
    otherwise != nil || givers.contains { $0.condition == nil }
  }

  /// The expressions that the value depends on, in order.
  var expressions: [CheckedExpression] {
    givers.flatMap { ($0.condition?.expressions ?? []) + [$0.value] }
      + [otherwise].compactMap(\.self)
  }
}
