import PolicyEngine

/// Rules whose `when` can't be true, or whose `unless` can't be false.
enum NeverApplies: Check {
  static let check = LintCheck.neverApplies

  static func findings(in context: LintContext) -> [Finding] {
    context.neverApplying.map { context.policies.rules[$0] }.map { rule in
      Finding(
        "rule '\(rule.id)' never applies, whatever the \(context.policies.vocabulary.documentName)",
        at: rule.range,
        why: "a rule that concerns nobody looks like a safeguard and is none",
        help:
          "look for a comparison in 'when' or 'unless' that excludes another one, or remove the rule"
      )
    }
  }
}
