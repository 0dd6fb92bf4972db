import CEL
import Diagnostics
import PolicyEngine

/// Decisions that pass on some days whatever the document says, since every rule that could fail them is
/// in force on other days only.
///
/// A decision that needs another one fails with it, and that one is looked at by itself.
enum DecisionWithoutRule: Check {
  static let check = LintCheck.decisionWithoutRule

  static func findings(in context: LintContext) -> [Finding] {
    let policies = context.policies
    var dates: [Int: [EffectiveDates]] = [:]
    var always: Set<Int> = []
    for rule in policies.rules where rule.severity == .error {
      for decision in rule.decides {
        if let effective = rule.effective {
          dates[decision, default: []].append(effective)
        } else {
          always.insert(decision)
        }
      }
    }
    return policies.decisions.enumerated().compactMap { index, decision in
      guard decision.needs.isEmpty, !always.contains(index),
        let gaps = dates[index].map({ uncovered(by: $0) }), !gaps.isEmpty
      else { return nil }
      let listed = gaps.prefix(3).joined(separator: ", ") + (gaps.count > 3 ? ", ..." : "")
      return Finding(
        "no rule that could fail '\(decision.name)' is in force \(listed)", at: decision.range,
        why: "whatever is dated then passes, as if it had been looked at",
        help: "add the rule that holds then, or let one of them go on")
    }
  }

  /// The days that none of some periods covers, in words.
  private static func uncovered(by dates: [EffectiveDates]) -> [String] {
    var gaps: [String] = []
    // Where the days begin that are not covered yet; nil for the beginning of time.
    var start: CivilDate?
    let sorted = dates.sorted { left, right in
      guard let second = right.from else { return false }
      return left.from.map { $0 < second } ?? true
    }
    for (index, period) in sorted.enumerated() {
      if let from = period.from, start.map({ $0 < from }) ?? (index == 0) {
        let last = from.adding(days: -1) ?? from
        gaps.append(start.map { "from \($0) to \(last)" } ?? "until \(last)")
      }
      guard let next = period.until.map({ $0.adding(days: 1) ?? $0 }) else { return gaps }
      start = start.map { max($0, next) } ?? next
    }
    return gaps + (start.map { ["from \($0) on"] } ?? [])
  }
}
