import CEL
import Diagnostics
import PolicyEngine

/// Days on which two rules that follow each other are both in force.
enum EffectiveOverlap: Check {
  static let check = LintCheck.effectiveOverlap

  static func findings(in context: LintContext) -> [Finding] {
    Succession.all(in: context.policies).flatMap(\.steps).compactMap { earlier, later in
      let from = later.effective?.from
      if let until = earlier.effective?.until, let from, until < from { return nil }
      let end = earlier.effective?.until.map { "until \($0)" } ?? "for good"
      return Finding(
        "'\(earlier.id)' is in force \(end), and '\(later.id)' "
          + (from.map { "from \($0) on" } ?? "always"),
        at: later.range, or: [earlier.range],
        why: "they follow each other, and whatever is dated in both is held to both",
        notes: [.init("the rule before it", at: earlier.range)],
        help: from?.adding(days: -1).map { "let '\(earlier.id)' end with 'until: \($0)'" }
          ?? "give each its dates with 'effective'")
    }
  }
}
