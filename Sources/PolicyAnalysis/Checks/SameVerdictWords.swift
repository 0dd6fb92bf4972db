import PolicyEngine

/// Decisions that have the same word for passing and for failing.
enum SameVerdictWords: Check {
  static let check = LintCheck.sameVerdictWords

  static func findings(in context: LintContext) -> [Finding] {
    context.policies.decisions.filter { $0.passWord.folded == $0.failWord.folded }.map { decision in
      Finding(
        "'\(decision.name)' is called '\(decision.passWord)' whether it passes or fails",
        at: decision.range,
        why: "whoever reads the word of a verdict can't see which of the two it is",
        help: "choose two words under 'verdicts', such as {pass: eligible, fail: ineligible}")
    }
  }
}

extension String {
  /// The text as a reader compares it: without differences of letter case and space.
  fileprivate var folded: String {
    lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
