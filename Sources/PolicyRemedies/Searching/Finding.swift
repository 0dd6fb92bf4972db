import CEL
import PolicyEngine

/// A rule for a subject, as one of a decision's findings.
struct Finding: Hashable {
  let rule: Int
  let path: AttributePath
  /// The decision it is evaluated for, where that makes a difference to the rule.
  let decision: Int?

  init(rule: Int, path: AttributePath, decision: Int?) {
    self.rule = rule
    self.path = path
    self.decision = decision
  }

  init(_ question: Question) {
    self.init(rule: question.rule, path: question.subject.path, decision: question.decision)
  }

  /// The outcome of a rule for a subject, as far as a search must know.
  enum State: UInt8, Hashable {
    case fine, violated, undetermined
    /// There is no such subject.
    case gone

    init(_ outcome: RuleOutcome) {
      switch outcome {
      case .doesNotApply, .satisfied: self = .fine
      case .violated: self = .violated
      case .undetermined: self = .undetermined
      }
    }

    /// Whether it keeps decisions from passing.
    var isBad: Bool { self == .violated || self == .undetermined }
  }
}
