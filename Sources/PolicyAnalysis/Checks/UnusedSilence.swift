import PolicyEngine

/// Silences that no finding stands behind.
enum UnusedSilence {
  static func findings(for silences: [PolicySet.Silence], in context: LintContext) -> [Finding] {
    silences.compactMap { silence in
      // Only fixtures that are there and can be read tell whether these would find anything.
      switch silence.check {
      case .ruleWithoutFixture where context.fixtures?.isIncomplete ?? false: return nil
      case .unusedCase where context.fixtures?.isIncomplete ?? true: return nil
      default: break
      }
      return Finding(
        "'\(silence.check.rawValue)' is silenced here, and would find nothing", at: silence.range,
        why: "it would hide the next thing that the check finds here, whose reason may be another",
        help: "remove it")
    }
  }
}
