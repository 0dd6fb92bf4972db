import PolicyEngine

/// Rules without `because`.
enum MissingReason: Check {
  static let check = LintCheck.missingReason

  static func findings(in context: LintContext) -> [Finding] {
    context.policies.rules.filter { $0.isDeclared && $0.because == nil }.map { rule in
      Finding(
        "rule '\(rule.id)' gives no reason", at: rule.range,
        why: "whoever hears of a violation reads the title only, and not what about them it was",
        help: "add 'because' with a sentence that names the facts in braces")
    }
  }
}
