public import Diagnostics
import Foundation
import PolicyEngine
import Synchronization

/// The results of trying the fixtures on changed policies.
public struct MutationRun: Sendable {
  /// A changed policy set that no fixture tells from the right one.
  public struct Survivor: Sendable {
    /// What was changed.
    public let mutation: Mutation
    /// A case that would tell them apart, ready to be put into a fixture file; nil where none was found.
    public let killingCase: String?
    /// How many sessions were tried in vain; nil where a case was found, or none was looked for.
    public let sessionsTried: Int?
    /// Whether the search was stopped while there were more sessions to try.
    public let isSearchCutShort: Bool
  }

  /// How many changes of a kind were tried, and survived.
  public struct KindCount: Sendable {
    /// The kind.
    public let kind: Mutation.Kind
    /// How many were tried, without those that no document can tell from the original.
    public internal(set) var tried = 0
    /// How many of these no fixture noticed.
    public internal(set) var survived = 0
  }

  /// How many changes were tried, without those that the policy checks refuse, those for which it is shown
  /// that no document can tell them from the original, and those that the policies accept.
  public let tried: Int
  /// How many changes the policy checks refuse by themselves: nobody could load them.
  public let refused: Int
  /// The changes for which it is shown that no document can tell them from the original.
  public let equivalent: [Mutation]
  /// The changes that no fixture notices and the policies accept, each with the reason that they give.
  public let accepted: [(mutation: Mutation, reason: String)]
  /// What the policies accept though no change is called so.
  public let unknownAccepted: [(change: String, range: SourceRange)]
  /// Those that no fixture notices.
  public let survivors: [Survivor]
  /// The numbers of each kind that was tried.
  public let kinds: [KindCount]

  /// How many fixtures noticed.
  public var killed: Int { tried - survivors.count }

  /// The share of changes that a fixture notices, in percent; 0 where nothing was tried.
  public var score: Double { tried == 0 ? 0 : Double(killed) / Double(tried) * 100 }

  /// Whether changes were tried, and every one was noticed.
  public var passes: Bool { tried > 0 && survivors.isEmpty }

  /// Tries the cases of a suite on every small change of the policies, on all cores.
  ///
  /// Nil where the policy files have an error, or a case fails on them as they are: then no change could
  /// be told apart from that.
  ///
  /// - Parameters:
  ///   - suite: The cases.
  ///   - sources: The policy files.
  ///   - seeking: Whether to look for cases that would notice what survives.
  ///   - isChosen: Which changes to try.
  ///   - advance: Called now and then with how many changes were tried and how many there are, from any
  ///     thread.
  /// - Returns: What became of the changes.
  public static func run(
    _ suite: FixtureSuite, on sources: [Source], seeking: Bool = true,
    where isChosen: (Mutation) -> Bool = { _ in true },
    advance: @Sendable (_ done: Int, _ count: Int) -> Void = { _, _ in }
  ) -> MutationRun? {
    run(
      suite, on: sources, limits: seeking ? KillingCaseSearch.Limits() : nil, where: isChosen,
      advance: advance)
  }

  /// Tries the cases with other limits of the search; nil for no search.
  static func run(
    _ suite: FixtureSuite, on sources: [Source], limits: KillingCaseSearch.Limits?,
    where isChosen: (Mutation) -> Bool,
    advance: @Sendable (_ done: Int, _ count: Int) -> Void = { _, _ in }
  ) -> MutationRun? {
    guard let baseline = MutationBaseline(suite, sources: sources),
      suite.run(on: baseline.revisions.policies).passes
    else { return nil }
    let policies = baseline.revisions.policies
    let all = PolicyMutator.mutations(of: policies, in: sources)
    let unknown = policies.acceptedOfNone(of: all).map { (change: $0.change, range: $0.range) }
    let mutations = all.filter(isChosen)
    let outcomes = orderedResults(count: mutations.count, jobs: jobs, taking: stretch) {
      MutationTrial(baseline)
    } work: { trial, index in
      trial.run(mutations[index])
    } advance: {
      advance($0, mutations.count)
    }
    guard let limits else { return MutationRun(mutations, outcomes, [:], unknown) }
    let found = search(mutations, outcomes, baseline, limits) { advance($0, $1) }
    return MutationRun(mutations, outcomes, found, unknown)
  }

  /// Looks for cases that would notice what survived, by the index of the change.
  private static func search(
    _ mutations: [Mutation], _ outcomes: [MutationOutcome], _ baseline: MutationBaseline,
    _ limits: KillingCaseSearch.Limits,
    advance: @Sendable (_ done: Int, _ count: Int) -> Void
  ) -> [Int: KillingCaseSearch.Found] {
    var groups: [Mutation.Scope: [(index: Int, policies: PolicySet)]] = [:]
    var order: [Mutation.Scope] = []
    for (index, outcome) in outcomes.enumerated() {
      guard case .survived(let changed) = outcome else { continue }
      let scope = mutations[index].scope
      if groups[scope] == nil { order.append(scope) }
      groups[scope, default: []].append((index, changed))
    }
    let sought = groups
    let count = sought.values.map(\.count).reduce(0, +)
    let search = KillingCaseSearch(baseline, changes: count, limits: limits)
    let done = Atomic(0)
    let scopes = order
    let found = orderedResults(count: scopes.count, jobs: jobs) {
    } work: { _, index in
      let changes = sought[scopes[index]] ?? []
      return search.cases(
        for: changes.map { (mutations[$0.index], $0.policies) }, in: scopes[index]
      ) {
        advance(done.add(1, ordering: .relaxed).newValue, count)
      }
    }
    var results: [Int: KillingCaseSearch.Found] = [:]
    for (scope, cases) in zip(scopes, found) {
      for (change, result) in zip(sought[scope] ?? [], cases) { results[change.index] = result }
    }
    return results
  }

  /// How many threads work.
  private static var jobs: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// How many changes a worker takes at a time: neighbours are noticed by the same cases.
  private static let stretch = 8

  private init(
    _ mutations: [Mutation], _ outcomes: [MutationOutcome],
    _ found: [Int: KillingCaseSearch.Found], _ unknown: [(change: String, range: SourceRange)]
  ) {
    var counts: [Mutation.Kind: KindCount] = [:]
    var survivors: [Survivor] = []
    var equivalent: [Mutation] = []
    var accepted: [(mutation: Mutation, reason: String)] = []
    var refused = 0
    for (index, (mutation, outcome)) in zip(mutations, outcomes).enumerated() {
      switch outcome {
      case .refused: refused += 1
      case .equivalent: equivalent.append(mutation)
      case .accepted(let reason): accepted.append((mutation, reason))
      case .killed:
        counts[mutation.kind, default: KindCount(kind: mutation.kind)].tried += 1
      case .survived:
        counts[mutation.kind, default: KindCount(kind: mutation.kind)].tried += 1
        counts[mutation.kind]?.survived += 1
        survivors.append(Survivor(mutation, found[index]))
      }
    }
    tried = mutations.count - refused - equivalent.count - accepted.count
    self.accepted = accepted
    unknownAccepted = unknown
    self.refused = refused
    self.equivalent = equivalent
    self.survivors = survivors
    kinds = Mutation.Kind.allCases.compactMap { counts[$0] }
  }
}

extension MutationRun.Survivor {
  fileprivate init(_ mutation: Mutation, _ found: KillingCaseSearch.Found?) {
    self.mutation = mutation
    switch found {
    case .caseText(let text):
      (killingCase, sessionsTried, isSearchCutShort) = (text, nil, false)
    case .nothing(let tried, let isWhole):
      (killingCase, sessionsTried, isSearchCutShort) = (nil, tried, !isWhole)
    case nil: (killingCase, sessionsTried, isSearchCutShort) = (nil, nil, false)
    }
  }
}
