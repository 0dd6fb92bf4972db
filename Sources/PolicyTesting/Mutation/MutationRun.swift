import CEL
public import Diagnostics
import Dispatch
import Foundation
import PolicyEngine
import Synchronization

/// What trying the fixtures on changed policies came to.
public struct MutationRun: Sendable {
  /// A changed policy set that no fixture tells from the right one.
  public struct Survivor: Sendable {
    /// What was changed.
    public let mutation: Mutation
    /// A case that would tell them apart, ready to be put into a fixture file; nil where none was found.
    public let killingCase: String?
  }

  /// How many changes were tried, without those that the policy checks refuse.
  public let tried: Int
  /// How many changes the policy checks refuse by themselves: nobody could load them.
  public let refused: Int
  /// Those that no fixture notices.
  public let survivors: [Survivor]
  /// How many of each kind were tried, and how many of these survived.
  public let kinds: [(kind: Mutation.Kind, tried: Int, survived: Int)]

  /// How many fixtures noticed.
  public var killed: Int { tried - survivors.count }

  /// The share of changes that a fixture notices, in percent; 0 where nothing was tried.
  public var score: Double { tried == 0 ? 0 : Double(killed) / Double(tried) * 100 }

  /// Whether changes were tried, and every one was noticed.
  public var passes: Bool { tried > 0 && survivors.isEmpty }

  /// Tries the cases of a suite on every small change of the policies, on all cores.
  ///
  /// Nil where the policy files have an error, or a case fails on them as they are: then no change could
  /// be told from that.
  ///
  /// - Parameters:
  ///   - suite: The cases.
  ///   - sources: The policy files.
  ///   - seeking: Whether to look for cases that would notice what survives.
  /// - Returns: What became of the changes.
  public static func run(
    _ suite: FixtureSuite, on sources: [Source], seeking: Bool = true
  ) -> MutationRun? {
    guard let policies = PolicySet.load(sources).policies, suite.run(on: policies).passes else {
      return nil
    }
    let mutations = PolicyMutator.mutations(of: policies, in: sources)
    let workers = max(1, min(ProcessInfo.processInfo.activeProcessorCount, mutations.count))
    let outcomes = Mutex<[Int: Outcome]>([:])
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      // Neighbours are killed by the same cases, so each worker takes a stretch of the files.
      let stretch =
        mutations.count * worker / workers..<mutations.count * (worker + 1) / workers
      var trial = MutationTrial(suite: suite)
      for index in stretch {
        let outcome = trial.run(mutations[index], sources: sources)
        outcomes.withLock { $0[index] = outcome }
      }
    }
    return outcomes.withLock { outcomes in
      let survives = outcomes.values.contains { $0 == .survived }
      let search =
        seeking && survives ? KillingCaseSearch(suite: suite, policies: policies) : nil
      return MutationRun(mutations, outcomes: outcomes, search: search, sources: sources)
    }
  }

  private init(
    _ mutations: [Mutation], outcomes: [Int: Outcome], search: KillingCaseSearch?,
    sources: [Source]
  ) {
    var counts: [Mutation.Kind: (tried: Int, survived: Int)] = [:]
    var survivors: [Survivor] = []
    var refused = 0
    for (index, mutation) in mutations.enumerated() {
      switch outcomes[index] {
      case .refused?, nil: refused += 1
      case .killed?: counts[mutation.kind, default: (0, 0)].tried += 1
      case .survived?:
        counts[mutation.kind, default: (0, 0)].tried += 1
        counts[mutation.kind, default: (0, 0)].survived += 1
        survivors.append(
          Survivor(
            mutation: mutation,
            killingCase: search?.killingCase(for: mutation.applied(to: sources))))
      }
    }
    tried = mutations.count - refused
    self.refused = refused
    self.survivors = survivors
    kinds = Mutation.Kind.allCases.compactMap { kind in
      counts[kind].map { (kind, $0.tried, $0.survived) }
    }
  }
}

/// What became of a change.
enum Outcome: Sendable {
  /// The policy checks refuse it.
  case refused
  /// A case fails on it.
  case killed
  /// Every case passes on it.
  case survived
}

/// Tries cases on one change after the other, those first that noticed the ones before.
struct MutationTrial {
  private var cases: [FixtureCase]

  init(suite: FixtureSuite) { cases = suite.cases.filter { $0.document != nil } }

  mutating func run(_ mutation: Mutation, sources: [Source]) -> Outcome {
    guard let changed = PolicySet.load(mutation.applied(to: sources)).policies else {
      return .refused
    }
    guard let index = cases.firstIndex(where: { !$0.rebased(on: changed).run(on: changed).passes })
    else { return .survived }
    cases.insert(cases.remove(at: index), at: 0)
    return .killed
  }
}
