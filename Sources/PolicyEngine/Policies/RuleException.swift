public import Diagnostics

/// What takes a rule away where it holds.
public struct RuleException: Sendable {
  /// The id.
  public let id: String
  /// Why there is an exception, in the words of the policy's author; nil when nothing is said.
  public let reason: String?
  /// Who allowed it; nil for what is an exception by the rules themselves.
  public let approvedBy: String?
  /// When it holds, the dates on which it is in force included.
  public let condition: Condition
  /// When it is in force.
  public let effective: EffectiveDates?
  /// Where the handbook says so.
  public let source: String?
  /// Where its id stands.
  public let range: SourceRange

  /// Whether somebody allowed it for the time being, so that it ends by itself and is counted.
  public var isWaiver: Bool { approvedBy != nil }
}
