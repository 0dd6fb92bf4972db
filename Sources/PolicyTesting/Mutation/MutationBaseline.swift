import CEL
import Diagnostics
import PolicyEngine

/// What all trials of one run share: the policies as they are, and the outcomes of their rules in each case.
struct MutationBaseline: Sendable {
  /// A case with what the right policies make of its session.
  struct Case: Sendable {
    let fixture: FixtureCase
    let seen: SeenDocument
  }

  let revisions: PolicyRevisions
  let sources: [Source]
  let cases: [Case]
  let reads: PolicyReads

  init?(_ suite: FixtureSuite, sources: [Source]) {
    guard let revisions = PolicyRevisions(sources) else { return nil }
    self.revisions = revisions
    self.sources = sources
    let policies = revisions.policies
    cases = suite.cases.compactMap { fixture in
      fixture.document.map {
        Case(
          fixture: fixture,
          seen: SeenDocument(
            $0, today: fixture.today, decisions: fixture.decisions, rules: nil, policies: policies))
      }
    }
    reads = PolicyReads(policies)
  }

  /// The policies with a change; nil when the policy checks refuse it.
  func policies(with mutation: Mutation) -> PolicySet? {
    let edit = (range: mutation.edit.range, text: mutation.edit.text)
    let revision: PolicyRevisions.Revision
    switch mutation.scope {
    case .rule(let index): revision = revisions.rewritingRule(index, edit)
    case .standing(let index):
      revision =
        mutation.kind == .rule
        ? revisions.removingRule(index) : revisions.rewritingRule(index, edit)
    case .parameter(let index): revision = revisions.rewritingParameter(index, edit)
    case .term(let type, let term):
      revision = revisions.rewritingTerm(type: type, term: term, edit)
    case .policies: revision = .concernsOthers
    }
    switch revision {
    case .policies(let policies): return policies
    case .refused: return nil
    case .concernsOthers: return PolicySet.load(mutation.applied(to: sources)).policies
    }
  }
}

/// A document with the outcomes of the right policies' rules in it: what changed ones are held against.
struct SeenDocument: Sendable {
  let document: FactDocument
  let today: CivilDate
  let context: DecisionContext
  private let findings: [Int: [Findings.Finding]]

  /// `rules` are indexes, nil for all.
  init(
    _ document: FactDocument, today: CivilDate, decisions: [Int], rules: [Int]?,
    policies: PolicySet
  ) {
    self.document = document
    self.today = today
    context = DecisionContext(policies: policies, document: document.draft, today: today)
    let found = Findings(
      asked: decisions, ofRules: rules ?? Array(policies.rules.indices), in: context)
    findings = Dictionary(grouping: found.findings, by: \.rule)
  }

  /// The outcome of a rule, for each of its subjects; none where it has no say.
  func findings(of rule: Int) -> [Findings.Finding] { findings[rule] ?? [] }
}

/// Tells in little time whether a change makes a difference to the outcomes of rules in a document.
struct RuleDifference {
  let scope: Mutation.Scope
  /// The rules that may differ, by their index; nil for any difference whatever.
  let rules: [Int]?
  let original: PolicySet
  let changed: PolicySet

  /// Whether there may be a difference; there is none for sure where this is false, beyond texts.
  func isSeen(in seen: SeenDocument) -> Bool {
    guard let rules else { return true }
    switch scope {
    case .policies: return true
    case .standing(let rule): return seen.findings(of: rule).contains { $0.outcome.isFound }
    // The terms and parameters are as they were.
    case .rule(let rule): return isOtherwise(rule, seen, in: seen.context)
    case .term, .parameter:
      let concerned = rules.filter { !seen.findings(of: $0).isEmpty }
      guard !concerned.isEmpty else { return false }
      let context = DecisionContext(
        policies: changed, document: seen.document.draft, today: seen.today)
      return concerned.contains { isOtherwise($0, seen, in: context) }
    }
  }

  private func isOtherwise(_ rule: Int, _ seen: SeenDocument, in context: DecisionContext) -> Bool {
    seen.findings(of: rule).contains {
      context.outcome(of: changed.rules[rule], for: $0.subject, decision: $0.decision) != $0.outcome
    }
  }
}

extension RuleOutcome {
  /// Whether a verdict tells of it.
  var isFound: Bool {
    switch self {
    case .violated, .undetermined: true
    case .doesNotApply, .satisfied: false
    }
  }
}
