import Diagnostics
import PolicyEngine

/// Rules that are violated by the same documents.
enum SameMeaning: Check {
  static let check = LintCheck.sameMeaning

  static func findings(in context: LintContext) -> [Finding] {
    let rules = context.policies.rules
    return context.relatedRules.filter { areSame($0, $1, in: context) }.map { first, second in
      let shared = !Set(rules[first].decides).isDisjoint(with: rules[second].decides)
      return Finding(
        "rule '\(rules[second].id)' says the same as '\(rules[first].id)'",
        at: rules[second].range, or: [rules[first].range],
        why: "a later change of one will be forgotten in the other",
        notes: [.init("the other rule", at: rules[first].range)],
        help: shared
          ? "remove one of the two" : "name all the decisions under 'decides' of one of the two")
    }
  }

  private static func areSame(_ first: Int, _ second: Int, in context: LintContext) -> Bool {
    let logic = context.logic
    let periods = logic.periods(of: [first, second])
    // The cheapest comparison first: what speaks of different values is hardly the same.
    guard let period = periods.first,
      logic.view(of: first, in: period).keys == logic.view(of: second, in: period).keys
    else { return false }
    return implies(first, second, logic) && implies(second, first, logic)
  }

  /// Whether the second rule is violated wherever the first is.
  private static func implies(_ first: Int, _ second: Int, _ logic: RuleLogic) -> Bool {
    // Not violated is: `when` not true, or `unless` not false, or `require` not false. Each is tried.
    let denials: [(RuleLogic.View) -> Satisfiability.Claimed] = [
      { .init($0.when, .isNotTrue) }, { .init($0.unless, .isNotFalse) },
      { .init($0.require, .isNotFalse) },
    ]
    return denials.allSatisfy { denial in
      logic.isImpossible(for: [first, second]) { $0[0].isViolated + [denial($0[1])] }
    }
  }
}
