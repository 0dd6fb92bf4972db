import CEL
import Diagnostics
import PolicyEngine
import YAML

/// Looks for sessions that tell changed policies from the right ones, and makes cases of them.
///
/// Tried are the sessions of the fixtures, then these with one fact changed that the changed rules read;
/// where that brings a rule to something new, also with another one changed. Changes to one declaration
/// share their sessions and what the right policies make of them. What is found is read as a fixture and
/// tried on both policies before anybody is shown it.
struct KillingCaseSearch: Sendable {
  /// How much is tried; counted in sessions, so that a run comes out the same on every machine.
  struct Limits {
    /// The most sessions that are tried for one change: hardly any change is noticed by a later one.
    var perChange = 2_000
    /// The most that are tried for all changes together: many that survive get fewer each.
    var overall = 400_000

    /// How many sessions are tried for each of so many changes.
    func sessions(forEachOf changes: Int) -> Int {
      min(perChange, max(1, overall / max(1, changes)))
    }
  }

  /// What came of it for one change.
  enum Found {
    /// A case in the form of fixture files.
    case caseText(String)
    /// None of the sessions tells; `isWhole` where there are no more to try.
    case nothing(tried: Int, isWhole: Bool)
  }

  private let baseline: MutationBaseline
  private let variants: SessionVariants
  private let limit: Int

  /// A search for so many changes.
  init(_ baseline: MutationBaseline, changes: Int, limits: Limits = Limits()) {
    self.baseline = baseline
    variants = SessionVariants(baseline.revisions.policies, cases: baseline.cases.map(\.fixture))
    limit = limits.sessions(forEachOf: changes)
  }

  /// What is found for changes of one scope, in their order.
  func cases(
    for changes: [(mutation: Mutation, policies: PolicySet)], in scope: Mutation.Scope,
    advance: () -> Void
  ) -> [Found] {
    let original = baseline.revisions.policies
    // The outcomes of rules says nothing of a rule that is gone or counts for something else.
    var rules = baseline.reads.rules(in: scope)
    if case .standing = scope { rules = nil }
    var decisions = Set(
      rules.map { $0.flatMap { original.rules[$0].decides } } ?? Array(original.decisions.indices))
    if decisions.isEmpty { decisions = Set(original.decisions.indices) }
    var reads = baseline.reads.reads(ofRules: baseline.reads.rules(in: scope))
    let termReads = baseline.reads.reads(ofTerms: scope)
    reads.facts.formUnion(termReads.facts)
    reads.constants += termReads.constants
    // The right value of what was changed is a constant no longer, and the wrong one not yet.
    if let rules {
      for change in changes {
        let wrong = PolicyReads(change.policies, ofRules: rules).reads(ofRules: rules).constants
        reads.constants += wrong + baseline.reads.exchanged(in: scope, change.policies)
      }
    }
    var pool = SessionPool(
      cases: baseline.cases, variants: variants, policies: original, rules: rules,
      facts: reads.facts, constants: reads.constants, decisions: decisions.sorted())
    return changes.map { change in
      defer { advance() }
      return find(change.mutation, change.policies, scope, rules, &pool)
    }
  }

  /// How many cases that turn out not to do are made for one change.
  private static let attempts = 5

  private func find(
    _ mutation: Mutation, _ changed: PolicySet, _ scope: Mutation.Scope, _ rules: [Int]?,
    _ pool: inout SessionPool
  ) -> Found {
    let original = baseline.revisions.policies
    let isInText = mutation.isInText(of: original)
    let terms = baseline.reads.documentTerms(in: scope)
    let quick = RuleDifference(scope: scope, rules: rules, original: original, changed: changed)
    let difference = VerdictDifference(
      original: original, changed: changed, rules: rules, decisions: pool.decisions, terms: terms)
    var attempts = 0
    for index in 0..<limit {
      guard let session = pool.session(index) else {
        return .nothing(tried: index, isWhole: true)
      }
      guard
        quick.isSeen(in: session.seen) || (isInText && session.isViolating)
          || difference.termLines(of: session.seen.document, session.seen.today) != nil,
        let expectation = difference.expectation(
          of: session.seen.document, today: session.seen.today)
      else { continue }
      let text = session.draft.caseText(for: mutation, expectation: expectation)
      if isGood(text, of: session.draft, changed: changed) {
        return .caseText(simplest(text, session.draft, mutation, difference))
      }
      attempts += 1
      if attempts == Self.attempts { return .nothing(tried: index + 1, isWhole: false) }
    }
    return .nothing(tried: limit, isWhole: pool.session(limit) == nil)
  }

  /// The case without the changes that are not needed for it to tell.
  private func simplest(
    _ text: String, _ draft: DraftSession, _ mutation: Mutation, _ difference: VerdictDifference
  ) -> String {
    for simpler in draft.simpler {
      guard let document = simpler.document(by: difference.original.vocabulary.schema),
        let expectation = difference.expectation(
          of: document, today: simpler.today)
      else { continue }
      let shorter = simpler.caseText(for: mutation, expectation: expectation)
      guard isGood(shorter, of: simpler, changed: difference.changed) else { continue }
      return simplest(shorter, simpler, mutation, difference)
    }
    return text
  }

  /// Whether a text is a case that passes on the right policies and fails on the changed ones.
  private func isGood(_ text: String, of session: DraftSession, changed: PolicySet) -> Bool {
    var diagnostics: [Diagnostic] = []
    let lines = text.split(separator: "\n").map { "  \($0)\n" }.joined()
    let suite = FixtureSuite.load(
      [Source(name: "", text: "topic: it\ncases:\n\(lines)")],
      policies: baseline.revisions.policies,
      readFile: { _ in session.fixture.base.node.range.source }, into: &diagnostics)
    guard diagnostics.isEmpty, let fixture = suite.cases.first else { return false }
    return fixture.passes(on: baseline.revisions.policies)
      && !fixture.rebased(on: changed).passes(on: changed)
  }
}

extension Mutation {
  /// Whether the change is in the words of a rule's reason or fix, rather than in its outcome.
  func isInText(of policies: PolicySet) -> Bool {
    guard case .rule(let index) = scope else { return false }
    let rule = policies.rules[index]
    let texts = [rule.because?.range, rule.fix?.action.range, rule.fix?.deadline?.range]
    return texts.contains { range in
      range.map { $0.source == edit.range.source && $0.bytes.overlaps(edit.range.bytes) } ?? false
    }
  }
}
