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
    /// A violation is counted, and neither fails nor warns.
    case observe
  }

  /// Where a rule comes from.
  public enum Origin: Sendable {
    /// A file says it.
    case declared
    /// Its decision has these grounds, one of which must hold.
    case grounds([Ground])
    /// Its decision gives a value, and must have one.
    case value
    /// A rule that a waiver is about, with the waiver's id: it is violated where that one would be without it.
    case waiver(rule: String, waiver: String)
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
  /// The rule does not apply where this is true, its exceptions included; nil is never.
  public let unless: Condition?
  /// The exceptions that take it away, which are part of `unless`.
  public let exceptions: [RuleException]
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
  /// Where the rule comes from.
  public let origin: Origin
}

extension Rule {
  /// Whether a file says the rule as it is.
  package var isDeclared: Bool { if case .declared = origin { true } else { false } }

  /// The waiver whose effect the rule counts; nil for all others.
  package var countedWaiver: (rule: String, waiver: String)? {
    if case .waiver(let rule, let waiver) = origin { (rule, waiver) } else { nil }
  }

  /// The grounds one of which must hold; none where the rule is another one.
  package var grounds: [Ground] { if case .grounds(let grounds) = origin { grounds } else { [] } }

  /// The value that its decision gives; nil where the rule requires something else.
  package var given: GivenValue? { if case .gives(let given) = require.kind { given } else { nil } }

  /// What the file itself says under `unless`, without the exceptions.
  package var declaredUnless: Condition? {
    guard !exceptions.isEmpty else { return unless }
    return unless?.parts.first { if case .anyKnown = $0.kind { false } else { true } }
  }

  /// All dates on which it depends whether the rule or a part of it is in force.
  package var allEffectiveDates: [EffectiveDates] {
    [effective].compactMap(\.self)
      + [when, unless, require].compactMap(\.self).flatMap(\.effectiveDates)
  }

  /// The expressions that the rule's outcome depends on: those of its conditions.
  package var outcomeExpressions: [CheckedExpression] {
    [when, unless, require].compactMap(\.self).flatMap(\.expressions)
  }

  /// All expressions in the rule: its conditions, texts and deadline.
  package var allExpressions: [CheckedExpression] {
    outcomeExpressions + Self.texts(because, fix)
      + grounds.flatMap { Self.texts($0.because, $0.fix) }
  }

  private static func texts(_ because: Template?, _ fix: Fix?) -> [CheckedExpression] {
    [because, fix?.action].compactMap(\.self).flatMap(\.expressions)
      + (fix?.deadline.map { [$0] } ?? [])
  }
}

/// Which of a rule's conditions one is.
public enum ClauseRole: String, Sendable {
  case when, unless, require
}
