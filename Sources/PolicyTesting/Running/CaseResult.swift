import CEL
package import Diagnostics
public import PolicyEngine

/// The result of trying a case.
public struct CaseResult: Sendable {
  /// The case.
  public let fixture: FixtureCase
  /// What came out otherwise than expected; empty when the case passes.
  public let mismatches: [Mismatch]
  /// Why the session was decided as it was; nil for a session that is refused, and where not asked for.
  public let explanation: Explanation?

  /// Whether all is as expected.
  public var passes: Bool { mismatches.isEmpty }

  /// What would stand in the fixture for it to expect what came; empty where only a person can tell.
  package var acceptedEdits: [TextEdit] {
    var seen: Set<TextEdit> = []
    return mismatches.compactMap(\.accepted).filter { seen.insert($0).inserted }
  }

  /// The explained rules that tell why something came out otherwise, each place once.
  ///
  /// Where a rule should have been violated, of one that applies somewhere the places where it does not
  /// apply are left out.
  public var decisiveRules: [RuleExplanation] {
    let wanted = mismatches.reduce(into: Set<Mismatch.Decisive>()) { $0.formUnion($1.rules) }
    var seen: Set<String> = []
    let rules = (explanation?.decisions ?? []).flatMap(\.rules)
    let applying = Set(rules.filter(\.outcome.isApplying).map(\.id))
    return rules.filter { rule in
      let at = rule.path.pathFromRoot
      return wanted.contains { decisive in
        guard decisive.rule == rule.id else { return false }
        if decisive.isFound { return rule.outcome.isFound && (decisive.at ?? at) == at }
        return decisive.at.map { $0 == at }
          ?? (rule.outcome.isApplying == applying.contains(rule.id))
      } && seen.insert("\(rule.id) \(at) \(rule.outcome)").inserted
    }
  }
}

extension FixtureCase {
  /// Tries the case on policies, those it was loaded for or others with the same facts.
  ///
  /// The explanation is kept only where something came out otherwise.
  public func run(on policies: PolicySet) -> CaseResult {
    var judge = CaseJudge(fixture: self, policies: policies)
    let mismatches = judge.judge()
    guard !mismatches.isEmpty, let document else {
      return CaseResult(fixture: self, mismatches: mismatches, explanation: nil)
    }
    return CaseResult(
      fixture: self, mismatches: mismatches,
      explanation: policies.explain(document, today: today, decisions: decisions))
  }

  /// Whether the case passes on policies, those it was loaded for or others with the same facts.
  func passes(on policies: PolicySet) -> Bool {
    var judge = CaseJudge(fixture: self, policies: policies, stopsAtFirst: true)
    return judge.judge().isEmpty
  }
}

extension FixtureSuite {
  /// Tries the cases in their order.
  public func run(on policies: PolicySet, stopsAtFirstFailure: Bool = false) -> TestRun {
    var results: [CaseResult] = []
    for fixture in cases {
      results.append(fixture.run(on: policies))
      if stopsAtFirstFailure, results.last?.passes == false { break }
    }
    return TestRun(results: results, count: cases.count)
  }
}

extension RuleOutcome {
  fileprivate var isApplying: Bool { if case .doesNotApply = self { false } else { true } }
}
