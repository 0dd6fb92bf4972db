public import CEL
public import Diagnostics

/// Whether one of a decision's grounds holds, and why.
public struct GroundExplanation: Sendable {
  /// The id of the rule that grants.
  public let id: String
  /// The ground in one sentence, as it is when it holds.
  public let title: String
  /// Whether it is in force on the governing date.
  public let isInForce: Bool
  /// When it is in force; nil is always.
  public let effective: EffectiveDates?
  /// Whether it holds, with what it is made of.
  public let condition: ConditionExplanation
  /// Why it does not hold, in words; nil unless it does not and says why.
  public let reason: String?
  /// What makes it hold; nil unless it does not and says so.
  public let fix: FixExplanation?
  /// Where the rule stands in the policy files.
  public let place: SourceRange
  /// Where the handbook says so.
  public let source: String?
  /// What the handbook says there, in its words.
  public let quote: String?
}

/// An exception by which a rule does not apply.
public struct ExceptionExplanation: Sendable {
  /// Its id.
  public let id: String
  /// Why there is an exception, in the words of the policy's author.
  public let reason: String?
  /// Who allowed it; nil for what is an exception by the rules themselves.
  public let approvedBy: String?
  /// The last day on which it is in force; nil when it has none.
  public let lastDay: CivilDate?
  /// Where it stands in the policy files.
  public let place: SourceRange
  /// Where the handbook says so.
  public let source: String?

  /// Whether it is a waiver, for the time being, that somebody allowed.
  public var isWaiver: Bool { approvedBy != nil }
}

extension RuleExplanation {
  /// Whether and until when its violation can be fixed: one of several grounds is enough.
  public var prospect: Prospect {
    let ways = grounds.filter(\.isInForce).map { $0.fix?.prospect ?? .unknown }
    return ways.dropFirst().reduce(ways.first) { $0?.alternative($1) } ?? fix?.prospect ?? .unknown
  }
}

extension Explainer {
  /// The grounds one of which a rule requires, as they came out.
  func grounds(
    of rule: Rule, _ outcome: RuleOutcome, _ clauses: [ClauseExplanation], in activation: Activation
  ) -> [GroundExplanation] {
    let parts = clauses.last { $0.role == .require }?.condition.parts ?? []
    return zip(rule.grounds, parts).map { ground, condition in
      let fails = outcome == .violated && condition.truth == .fails
      let isInForce = if case .no = context.isInForce(ground.effective) { false } else { true }
      return GroundExplanation(
        id: ground.id, title: ground.title, isInForce: isInForce, effective: ground.effective,
        condition: condition,
        reason: fails ? ground.because.map { render($0, in: activation) } : nil,
        fix: fails && isInForce ? ground.fix.map { explain($0, in: activation) } : nil,
        place: ground.range, source: ground.source, quote: ground.quote)
    }
  }

  /// The exceptions by which a rule does not apply, as far as they may be told.
  func exceptions(
    of rule: Rule, _ outcome: RuleOutcome, in activation: Activation
  ) -> [ExceptionExplanation] {
    guard outcome == .doesNotApply(.unlessTrue) else { return [] }
    return rule.exceptions.filter { exception in
      let withheld = exception.condition.expressions.contains {
        !(withholding?.facts(readBy: $0).isEmpty ?? true)
      }
      return !withheld && context.holds(exception.condition, in: activation)
    }.map { exception in
      ExceptionExplanation(
        id: exception.id, reason: exception.reason, approvedBy: exception.approvedBy,
        lastDay: exception.effective?.until, place: exception.range, source: exception.source)
    }
  }
}
