import PolicyEngine

/// Rules that no fixture expects anything of.
enum RuleWithoutFixture: Check {
  static let check = LintCheck.ruleWithoutFixture

  static func findings(in context: LintContext) -> [Finding] {
    if context.fixtures?.isIncomplete ?? false {
      return [
        Finding(
          "the fixtures have mistakes, so it is not known which rules they try", at: nil,
          why: "a rule that no fixture tries can be broken without anybody noticing",
          help: "'tutorpolicy test' shows the mistakes")
      ]
    }
    let tried = context.fixtures?.rules ?? []
    return context.policies.rules.filter { rule in
      // A waiver is tried where its rule is.
      rule.countedWaiver == nil && !tried.contains(rule.id)
    }.map { rule in
      Finding(
        "no fixture expects anything of rule '\(rule.id)'", at: rule.range,
        why: "a change that breaks the rule would not be noticed",
        help: "add a case that violates it, and one that only just doesn't")
    }
  }
}
