import PolicyEngine

/// Rules without `fix`.
enum MissingFix: Check {
  static let check = LintCheck.missingFix

  static func findings(in context: LintContext) -> [Finding] {
    context.policies.rules.filter { $0.isDeclared && $0.fix == nil }.map { rule in
      Finding(
        "rule '\(rule.id)' names no way out", at: rule.range,
        why: "whoever violates it doesn't see what to do, nor whether it can still be done",
        help: "add 'fix' with what to do, and where it has a last day 'by'")
    }
  }
}
