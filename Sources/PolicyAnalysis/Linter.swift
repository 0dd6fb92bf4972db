public import Diagnostics
public import PolicyEngine

/// Looks for what a policy set without mistakes may yet not mean.
///
/// Each check is a file of its own, in `Checks`. A check reports only what is so whatever the document.
public enum Linter {
  private static var checks: [any Check.Type] {
    [
      CalendarTooShort.self, Contradiction.self, DecisionWithoutRule.self, EffectiveGap.self,
      EffectiveOverlap.self,
      FixOfFixedFacts.self, FractionCutOff.self, HoursForDays.self, MissingFix.self,
      MissingReason.self, MonthsOneByOne.self, NeverApplies.self,
      NeverViolated.self, ParameterWithoutValue.self, RuleWithoutFixture.self, SameMeaning.self,
      SameVerdictWords.self, UnevenTables.self, UnusedCase.self, UnusedEnumeration.self,
      UnusedFact.self, UnusedParameter.self, UnusedTerm.self, UnusedType.self,
      ValueWithoutEnd.self, ZoneLeftOut.self,
    ]
  }

  /// What the checks find, as warnings by place, without what the policy files silence.
  ///
  /// - Parameters:
  ///   - policies: The policy set.
  ///   - fixtures: What its fixtures try; nil where it has none.
  ///   - isCancelled: Asked before each check whether nobody waits for the findings any more.
  /// - Returns: The findings, each with the name of its check as its code; some of them where nobody waits.
  public static func findings(
    in policies: PolicySet, fixtures: FixtureUse?, unless isCancelled: () -> Bool = { false }
  ) -> [Diagnostic] {
    findings(in: LintContext(policies: policies, fixtures: fixtures), unless: isCancelled)
  }

  /// What the checks find in what they are given to look at.
  static func findings(
    in context: LintContext, unless isCancelled: () -> Bool = { false }
  ) -> [Diagnostic] {
    let policies = context.policies
    let findings = checks.flatMap { check in
      isCancelled() ? [] : check.findings(in: context).map { $0.named(check.check) }
    }
    var used: Set<PolicySet.Silence> = []
    let silences = Dictionary(grouping: policies.silences, by: \.scope)
    var shown = findings.filter { finding in
      let silences = finding.scopes.flatMap { silences[$0] ?? [] }.filter {
        $0.check == finding.check
      }
      used.formUnion(silences)
      return silences.isEmpty
    }
    shown += UnusedSilence.findings(
      for: policies.silences.filter { !used.contains($0) }, in: context
    )
    .map { $0.named(.unusedSilence) }
    let limit = context.isCutShort ? [Diagnostic.rulesComparedInPart] : []
    return shown.map(\.diagnostic).sortedByPlace() + limit
  }
}

extension Diagnostic {
  /// That some rules were not compared with others, which would take too long.
  fileprivate static let rulesComparedInPart = Diagnostic(
    .warning, code: .comparedInPart,
    "there are too many rules that speak of the same values to compare each with each other",
    at: nil,
    notes: [Note("the first ones were compared, in the order of their ids", at: nil)],
    help: "rules that say the same or contradict each other may be among the rest")
}
