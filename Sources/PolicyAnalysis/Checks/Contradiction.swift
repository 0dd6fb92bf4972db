import Diagnostics
import PolicyEngine

/// Pairs of rules, one of them violated wherever both apply, where one applies only if the other does.
enum Contradiction: Check {
  static let check = LintCheck.contradiction

  static func findings(in context: LintContext) -> [Finding] {
    let rules = context.policies.rules
    let failing = Failing(context.policies)
    return context.relatedRules.compactMap { first, second in
      guard rules[first].severity == .error, rules[second].severity == .error,
        let decision = failing.sharedDecision(rules[first], rules[second]),
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

  /// Which decisions rules can fail, by themselves or by what these need.
  private struct Failing {
    private let policies: PolicySet
    /// The decisions that need one, by its index.
    private var dependents: [Int: [Int]] = [:]

    init(_ policies: PolicySet) {
      self.policies = policies
      for (index, decision) in policies.decisions.enumerated() {
        for need in decision.needs { dependents[need, default: []].append(index) }
      }
    }

    /// The name of the first decision that both rules can fail.
    func sharedDecision(_ first: Rule, _ second: Rule) -> String? {
      failing(with: first).intersection(failing(with: second)).min()
        .map { policies.decisions[$0].name }
    }

    private func failing(with rule: Rule) -> Set<Int> {
      var failing: Set<Int> = []
      var open = rule.decides
      while let decision = open.popLast() {
        if failing.insert(decision).inserted { open += dependents[decision] ?? [] }
      }
      return failing
    }
  }
}
