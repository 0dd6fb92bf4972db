import PolicyEngine

/// Rules whose `require` can't be false where they apply.
enum NeverViolated: Check {
  static let check = LintCheck.neverViolated

  static func findings(in context: LintContext) -> [Finding] {
    context.neverViolated.map { context.policies.rules[$0] }.map { rule in
      Finding(
        "rule '\(rule.id)' is never violated, whatever the \(context.policies.vocabulary.documentName)",
        at: rule.range,
        why: "what it requires is true of whatever it applies to, so that it decides nothing",
        help: "look for a part of 'require' that is always true or that 'when' says already")
    }
  }
}
