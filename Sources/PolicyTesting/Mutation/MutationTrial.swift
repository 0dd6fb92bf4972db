import CEL
import Diagnostics
import PolicyEngine

/// What became of a change.
enum MutationOutcome: Sendable {
  /// The policy checks refuse it.
  case refused
  /// A case fails on it.
  case killed
  /// No document can tell the changed policies from the right ones.
  case equivalent
  /// Every case passes on it.
  case survived(PolicySet)
}

/// What all trials of one run share: the policies as they are, and what their rules come to in each case.
struct MutationBaseline: Sendable {
  /// A case with what the right policies make of its session.
  struct Case: Sendable {
    let fixture: FixtureCase
    let document: FactDocument
    /// What each rule comes to, by its index, for each of its subjects.
    let outcomes: [[RuleOutcome]]
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
      fixture.document.map { document in
        Case(
          fixture: fixture, document: document,
          outcomes: policies.rules.indices.map {
            policies.outcomes(
              ofRules: [$0], in: document, today: fixture.today, decisions: fixture.decisions)
          })
      }
    }
    reads = PolicyReads(policies)
  }

  /// The policies with a change; nil when the policy checks refuse it.
  func policies(with mutation: Mutation) -> PolicySet? {
    let edit = (range: mutation.edit.range, text: mutation.edit.text)
    return switch mutation.scope {
    case .rule(let index): revisions.rewritingRule(index, edit)
    case .parameter(let index): revisions.rewritingParameter(index, edit)
    case .term, .policies: PolicySet.load(mutation.applied(to: sources)).policies
    }
  }
}

/// Tries cases on one change after the other, those first that noticed the ones before.
///
/// A case is looked at whole only where the change makes a difference to it: where a rule comes to
/// something else, or where the case expects a text or value that the change may touch.
struct MutationTrial {
  private let baseline: MutationBaseline
  private var cases: [MutationBaseline.Case]

  init(_ baseline: MutationBaseline) {
    self.baseline = baseline
    cases = baseline.cases
  }

  mutating func run(_ mutation: Mutation) -> MutationOutcome {
    guard let changed = baseline.policies(with: mutation) else { return .refused }
    let rules = baseline.reads.rules(in: mutation.scope)
    let terms = baseline.reads.terms(in: mutation.scope)
    let found = cases.firstIndex { tried in
      isTouched(tried, by: mutation.scope, rules: rules, terms: terms, changed)
        && !tried.fixture.rebased(on: changed).passes(on: changed)
    }
    if let found {
      cases.insert(cases.remove(at: found), at: 0)
      return .killed
    }
    let equivalence = PolicyEquivalence(
      original: baseline.revisions.policies, reads: baseline.reads)
    return equivalence.isShown(for: mutation, changed) ? .equivalent : .survived(changed)
  }

  /// Whether a change may make a difference to what a case expects.
  private func isTouched(
    _ tried: MutationBaseline.Case, by scope: Mutation.Scope, rules: [Int]?,
    terms: Set<FieldReference>, _ changed: PolicySet
  ) -> Bool {
    guard let rules else { return true }
    let expectation = tried.fixture.expectation
    let policies = baseline.revisions.policies
    let types = policies.vocabulary.types
    if expectation.terms.contains(where: { expected in
      terms.contains { $0.typeName == types[expected.type].name && $0.name == expected.term }
    }) {
      return true
    }
    if case .parameter(let index) = scope {
      let name = policies.vocabulary.parameters[index].name
      if expectation.parameters.contains(where: { $0.name == name }) { return true }
    }
    let speaks = expectation.reasons.map(\.rule) + expectation.fixes.map(\.rule)
    if rules.contains(where: { speaks.contains(policies.rules[$0].id) }) { return true }
    return rules.contains { rule in
      !tried.outcomes[rule].isEmpty
        && tried.outcomes[rule]
          != changed.outcomes(
            ofRules: [rule], in: tried.document, today: tried.fixture.today,
            decisions: tried.fixture.decisions)
    }
  }
}
