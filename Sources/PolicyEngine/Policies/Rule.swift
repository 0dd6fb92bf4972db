public import CEL
public import Diagnostics

/// One rule of a policy: whom it concerns, what it requires, and what to say when that is not so.
public struct Rule: Sendable {
  /// Whether violating a rule fails its decisions.
  public enum Severity: String, Hashable, Sendable, CaseIterable {
    /// A violation fails every decision that the rule decides.
    case error
    /// A violation is listed and fails nothing.
    case warning
  }

  /// The governing dates on which a rule is in force, both ends included; nil is open.
  public struct EffectiveDates: Hashable, Sendable {
    /// The first date.
    public let from: CivilDate?
    /// The last date.
    public let until: CivilDate?

    /// Whether a date lies between the two.
    public func contains(_ date: CivilDate) -> Bool {
      from.map { $0 <= date } ?? true && until.map { date <= $0 } ?? true
    }
  }

  /// What fixes a violation.
  public struct Fix: Sendable {
    /// What to do.
    public let action: Template
    /// The last day on which it can be done; nil when there is none.
    public let deadline: CheckedExpression?
  }

  /// The id, used in reports and fixtures.
  public let id: String
  /// The rule in one sentence, as it is when satisfied.
  public let title: String
  /// What the file says its rules are about.
  public let topic: String?
  /// The decisions that the rule is part of, by their index in the policy set.
  public let decides: [Int]
  /// The index of the vocabulary type whose values the rule is evaluated for.
  public let subjectType: Int
  /// The rule applies only where this is true; nil is always.
  public let when: Condition?
  /// The rule does not apply where this is true; nil is never.
  public let unless: Condition?
  /// What must be true where the rule applies.
  public let require: Condition
  /// Why a violation is one, in words.
  public let because: Template?
  /// What fixes a violation; nil when nothing is said.
  public let fix: Fix?
  /// Whether violating the rule fails its decisions.
  public let severity: Severity
  /// When the rule is in force.
  public let effective: EffectiveDates?
  /// Where the handbook says so.
  public let source: String?
  /// What the handbook says there, in its words.
  public let quote: String?
  /// Whether its outcome differs by the decision asked for (an expression reads `decision`).
  public let dependsOnDecision: Bool
  /// Where the rule's id stands.
  public let range: SourceRange
}

extension Rule {
  /// The expressions that the rule's outcome depends on: those of its conditions.
  package var outcomeExpressions: [CheckedExpression] {
    [when, unless, require].compactMap(\.self).flatMap(\.expressions)
  }

  /// All expressions in the rule: its conditions, texts and deadline.
  package var allExpressions: [CheckedExpression] {
    outcomeExpressions + [because, fix?.action].compactMap(\.self).flatMap(\.expressions)
      + (fix?.deadline.map { [$0] } ?? [])
  }
}

/// Which of a rule's conditions one is.
public enum ClauseRole: String, Sendable {
  case when, unless, require
}
