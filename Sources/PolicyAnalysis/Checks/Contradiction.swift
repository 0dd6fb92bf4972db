import Diagnostics
import PolicyEngine

/// Pairs of rules, one of them violated wherever both apply, where one applies only if the other does.
enum Contradiction: Check {
  static let check = LintCheck.contradiction

  static func findings(in context: LintContext) -> [Finding] {
    let rules = context.policies.rules
    return context.relatedRules.compactMap { first, second in
      guard rules[first].severity == .error, rules[second].severity == .error,
        let decision = sharedDecision(rules[first], rules[second], in: context.policies),
        contradict(first, second, in: context.logic)
      else { return nil }
      return Finding(
        "rule '\(rules[second].id)' forbids what rule '\(rules[first].id)' requires",
        at: rules[second].range, or: [rules[first].range],
        why: "wherever both apply one is violated, so that '\(decision)' can't pass",
        notes: [.init("the other rule", at: rules[first].range)],
        help: "say with 'when' or 'effective' which of the two holds where")
    }
  }

  private static func contradict(_ first: Int, _ second: Int, in logic: RuleLogic) -> Bool {
    logic.isImpossible(for: [first, second]) {
      $0[0].applies + $0[1].applies + [
        .init($0[0].require, .isTrue), .init($0[1].require, .isTrue),
      ]
    }
      && (applies(first, onlyWith: second, logic) || applies(second, onlyWith: first, logic))
      && !logic.isImpossible(for: [first, second]) { $0[0].applies + $0[1].applies }
  }

  private static func applies(_ first: Int, onlyWith second: Int, _ logic: RuleLogic) -> Bool {
    logic.isImpossible(for: [first, second]) {
      $0[0].applies + [.init($0[1].when, .isNotTrue)]
    }
      && logic.isImpossible(for: [first, second]) {
        $0[0].applies + [.init($0[1].unless, .isNotFalse)]
      }
  }

  /// The name of the first decision that both rules can fail, by themselves or by what it needs.
  private static func sharedDecision(
    _ first: Rule, _ second: Rule, in policies: PolicySet
  ) -> String? {
    policies.decisions.indices.first { decision in
      let needed = Set(policies.decisionsNeeded(by: [decision]))
      return !needed.isDisjoint(with: first.decides) && !needed.isDisjoint(with: second.decides)
    }.map { policies.decisions[$0].name }
  }
}
