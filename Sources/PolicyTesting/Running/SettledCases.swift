import CEL
import Diagnostics
package import PolicyEngine

/// What came of cases with one policy set: for other policies only those are tried again of which something else
/// may come.
///
/// A case that passes goes on passing where each rule that changed says the same of its session as before. Asking a
/// few rules takes a hundredth of the time of asking all; whatever is not known to stay the same is tried.
package final class SettledCases: Sendable {
  /// The policies that the cases were tried on.
  private let policies: PolicySet
  /// The results, by the places of the cases.
  private let results: [SourceRange: CaseResult]
  /// How many of the cases were tried, rather than known.
  package let tried: Int
  /// What the rules saw of the sessions, by the places of the cases.
  private let contexts: [SourceRange: DecisionContext]

  /// The results of a whole run.
  package convenience init(_ run: TestRun, on policies: PolicySet) {
    self.init(policies, results: run.results, contexts: [:], tried: run.results.count)
  }

  private init(
    _ policies: PolicySet, results: [CaseResult], contexts: [SourceRange: DecisionContext],
    tried: Int
  ) {
    self.policies = policies
    self.tried = tried
    self.results = Dictionary(results.map { ($0.fixture.range, $0) }) { first, _ in first }
    self.contexts = contexts
  }

  /// What comes of a suite's cases on other policies: the run, and what to know for the next one.
  ///
  /// - Parameters:
  ///   - suite: The cases. Those at a known place are as they were: they start from the same session.
  ///   - other: The policies.
  ///   - change: In what these differ from the known ones.
  ///   - isCancelled: Asked before each case whether nobody waits for the results any more.
  ///   - step: Called after each case.
  /// - Returns: Nil where nobody waits for it any more.
  package func run(
    _ suite: FixtureSuite, on other: PolicySet, change: PolicyChange,
    unless isCancelled: () -> Bool, step: (CaseResult) -> Void
  ) -> (run: TestRun, settled: SettledCases)? {
    let difference = CaseDifference(from: policies, to: other, change)
    var contexts: [SourceRange: DecisionContext] = [:]
    var results: [CaseResult] = []
    var tried = 0
    for fixture in suite.cases {
      if isCancelled() { return nil }
      let place = fixture.range
      let known = self.results[place]
      var result: CaseResult?
      if let known, known.passes {
        var context = self.contexts[place]
        if difference.isNone(for: fixture, &context) {
          result = CaseResult(fixture: fixture, mismatches: [], explanation: nil)
        }
        if !change.hasOtherValues { contexts[place] = context }
      } else if let known, change.isNone {
        result = known
      }
      if result == nil { tried += 1 }
      let settled = result ?? fixture.run(on: other)
      results.append(settled)
      step(settled)
    }
    return (
      TestRun(results: results, count: suite.cases.count),
      SettledCases(other, results: results, contexts: contexts, tried: tried)
    )
  }
}

extension FixtureSuite {
  /// Tries all cases; gives the run, and what to know for the next one.
  ///
  /// - Returns: Nil where nobody waits for it any more.
  package func settle(
    on policies: PolicySet, unless isCancelled: () -> Bool, step: (CaseResult) -> Void
  ) -> (run: TestRun, settled: SettledCases)? {
    var results: [CaseResult] = []
    for fixture in cases {
      if isCancelled() { return nil }
      let result = fixture.run(on: policies)
      results.append(result)
      step(result)
    }
    let run = TestRun(results: results, count: cases.count)
    return (run, SettledCases(run, on: policies))
  }
}

/// Tells whether something else can come of a case on other policies.
private struct CaseDifference {
  let change: PolicyChange
  let before: PolicySet
  let after: PolicySet
  /// The rules that changed, by their index in either set; nil in the one that lacks it.
  private let rules: [(id: String, before: Int?, after: Int?)]

  /// What a rule says of a subject, as far as a verdict tells.
  private struct Saying: Equatable {
    let severity: Rule.Severity
    let decides: [Int]
    let decision: Int?
    let path: AttributePath
    let outcome: RuleOutcome
  }

  init(from before: PolicySet, to after: PolicySet, _ change: PolicyChange) {
    self.before = before
    self.after = after
    self.change = change
    func positions(_ policies: PolicySet) -> [String: Int] {
      var found: [String: Int] = [:]
      for (index, rule) in policies.rules.enumerated() where change.rules.contains(rule.id) {
        found[rule.id] = index
      }
      return found
    }
    let own = positions(before)
    let others = positions(after)
    rules = change.rules.sorted().map { ($0, own[$0], others[$0]) }
  }

  /// Whether nothing else comes of a case that passes; `context` is what its rules saw before, where that is known,
  /// and is made where it isn't.
  func isNone(for fixture: FixtureCase, _ context: inout DecisionContext?) -> Bool {
    let expectation = fixture.expectation
    if change.hasOtherValues, !expectation.terms.isEmpty || !expectation.parameters.isEmpty {
      return false
    }
    guard !rules.isEmpty, let document = fixture.document else { return true }
    if expectation.rulesInDetail.contains(where: { change.rules.contains($0) }) { return false }
    let old =
      context
      ?? DecisionContext(policies: before, document: document.draft, today: fixture.today)
    context = old
    let new =
      change.hasOtherValues
      ? DecisionContext(policies: after, document: document.draft, today: fixture.today) : old
    let needed = before.decisionsNeeded(by: fixture.decisions)
    return rules.allSatisfy { rule in
      sayings(of: rule.before, in: before, needed, old)
        == sayings(of: rule.after, in: after, needed, new)
    }
  }

  /// What a rule says where it is violated or undetermined.
  private func sayings(
    of index: Int?, in policies: PolicySet, _ decisions: [Int], _ context: DecisionContext
  ) -> [Saying] {
    guard let index else { return [] }
    let rule = policies.rules[index]
    return policies.questions(in: context.document, decisions: decisions, rules: [index])
      .compactMap { question in
        let outcome = context.outcome(
          of: rule, for: question.subject, decision: question.decision)
        return outcome.isFound
          ? Saying(
            severity: rule.severity, decides: rule.decides, decision: question.decision,
            path: question.subject.path, outcome: outcome) : nil
      }
  }
}

extension Expectation {
  /// The rules of which more is expected than whether they are found.
  fileprivate var rulesInDetail: [String] {
    outcomes.map(\.rule) + reasons.map(\.rule) + fixes.map(\.rule)
  }
}
