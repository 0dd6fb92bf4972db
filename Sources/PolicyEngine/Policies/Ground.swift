public import Diagnostics

/// A reason for which a decision passes, as a rule that grants it says.
///
/// A decision that has grounds requires that one of them holds.
public struct Ground: Sendable {
  /// The id of the rule.
  public let id: String
  /// The ground in one sentence, as it is when it holds.
  public let title: String
  /// What the file says its rules are about.
  public let topic: String?
  /// When it holds, the dates on which it is in force included.
  public let condition: Condition
  /// Why it does not hold, in words.
  public let because: Template?
  /// What makes it hold; nil when nothing is said.
  public let fix: Rule.Fix?
  /// When it is in force.
  public let effective: EffectiveDates?
  /// Where the handbook says so.
  public let source: String?
  /// What the handbook says there, in its words.
  public let quote: String?
  /// Where the rule's id stands.
  public let range: SourceRange
}
