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
  /// Every case passes on it, and the policies say that this is so and why.
  case accepted(reason: String)
  /// Every case passes on it.
  case survived(PolicySet)
}

/// Tries cases on one change after the other, those first that noticed others like it.
///
/// A case is looked at whole only where the change makes a difference to it: where a rule has
/// another outcome, or where the case expects a text or value that the change may touch.
struct MutationTrial {
  /// The cases that a kind of change may touch.
  private struct Order {
    let rules: [Int]?
    /// The cases, by their index, those that noticed last first.
    var cases: [Int]
    /// The cases that expect something which such a change may touch, whatever the outcomes of the rules.
    let expecting: Set<Int>
  }

  private let baseline: MutationBaseline
  private var orders: [Mutation.Scope: Order] = [:]

  init(_ baseline: MutationBaseline) { self.baseline = baseline }

  mutating func run(_ mutation: Mutation) -> MutationOutcome {
    guard let changed = baseline.policies(with: mutation) else { return .refused }
    var order = orders[mutation.scope] ?? order(for: mutation.scope)
    let difference = RuleDifference(
      scope: mutation.scope, rules: order.rules, original: baseline.revisions.policies,
      changed: changed)
    let found = order.cases.firstIndex { index in
      let tried = baseline.cases[index]
      guard order.expecting.contains(index) || difference.isSeen(in: tried.seen) else {
        return false
      }
      let fixture =
        mutation.scope == .policies ? tried.fixture.rebased(on: changed) : tried.fixture
      return !fixture.passes(on: changed)
    }
    if let found { order.cases.insert(order.cases.remove(at: found), at: 0) }
    orders[mutation.scope] = order
    if found != nil { return .killed }
    let equivalence = PolicyEquivalence(
      original: baseline.revisions.policies, reads: baseline.reads)
    if equivalence.isShown(for: mutation, changed) { return .equivalent }
    if let accepted = baseline.revisions.policies.acceptance(of: mutation) {
      return .accepted(reason: accepted.reason)
    }
    return .survived(changed)
  }

  /// The cases in which rules that a change concerns have a say; those first that speak of the rules.
  private func order(for scope: Mutation.Scope) -> Order {
    let all = Array(baseline.cases.indices)
    guard let rules = baseline.reads.rules(in: scope) else {
      return Order(rules: nil, cases: all, expecting: [])
    }
    let ids = Set(rules.map { baseline.revisions.policies.rules[$0].id })
    let expecting = all.filter { isExpecting(baseline.cases[$0].fixture.expectation, scope, ids) }
    let isSpeaking = Set(
      all.filter { index in
        baseline.cases[index].fixture.expectation.rules.contains { ids.contains($0.id) }
      })
    let concerned = Set(expecting).union(
      all.filter { index in rules.contains { !baseline.cases[index].seen.findings(of: $0).isEmpty }
      })
    return Order(
      rules: rules,
      cases: all.filter { concerned.contains($0) && isSpeaking.contains($0) }
        + all.filter { concerned.contains($0) && !isSpeaking.contains($0) },
      expecting: Set(expecting))
  }

  /// Whether a case expects a text or a value that a change may touch, whatever the outcomes of the rules.
  private func isExpecting(
    _ expectation: Expectation, _ scope: Mutation.Scope, _ rules: Set<String>
  ) -> Bool {
    let vocabulary = baseline.revisions.policies.vocabulary
    let terms = baseline.reads.terms(in: scope)
    if expectation.terms.contains(where: { expected in
      let type = vocabulary.types[expected.type].name
      return terms.contains { $0.typeName == type && $0.name == expected.term }
    }) {
      return true
    }
    if case .parameter(let index) = scope,
      expectation.parameters.contains(where: { $0.name == vocabulary.parameters[index].name })
    {
      return true
    }
    var speaks = expectation.reasons.map(\.rule) + expectation.fixes.map(\.rule)
    // The outcome of a rule is asked of it even where nothing follows from it.
    if case .standing = scope { speaks += expectation.outcomes.map(\.rule) }
    return speaks.contains { rules.contains($0) }
  }
}
