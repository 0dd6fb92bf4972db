import CEL
import Diagnostics
import PolicyEngine

/// Days between two rules that follow each other, on which neither is in force.
enum EffectiveGap: Check {
  static let check = LintCheck.effectiveGap

  static func findings(in context: LintContext) -> [Finding] {
    Succession.all(in: context.policies).flatMap(\.steps).compactMap { earlier, later in
      guard let until = earlier.effective?.until, let from = later.effective?.from,
        let next = until.adding(days: 1), next < from, let last = from.adding(days: -1)
      else { return nil }
      return Finding(
        "from \(next) to \(last) neither '\(earlier.id)' nor '\(later.id)' is in force",
        at: later.range, or: [earlier.range],
        why: "they follow each other, and whatever is dated between them is held to no rule",
        notes: [.init("the rule before it", at: earlier.range)],
        help: "let '\(later.id)' begin on \(next), or say why there was none")
    }
  }
}
