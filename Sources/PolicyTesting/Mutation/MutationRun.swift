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

  /// How many changes of a kind came to what.
  public struct KindCount: Sendable {
    /// The kind.
    public let kind: Mutation.Kind
    /// How many were tried, without those that no document can tell from the original.
    public internal(set) var tried = 0
    /// How many of these no fixture noticed.
    public internal(set) var survived = 0
  }

  /// How many changes were tried, without those that the policy checks refuse, and those of which it is
  /// shown that no document can tell them from the original.
  public let tried: Int
  /// How many changes the policy checks refuse by themselves: nobody could load them.
  public let refused: Int
  /// The changes of which it is shown that no document can tell them from the original.
  public let equivalent: [Mutation]
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
  /// be told from that.
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
    guard let baseline = MutationBaseline(suite, sources: sources),
      suite.run(on: baseline.revisions.policies).passes
    else { return nil }
    let mutations = PolicyMutator.mutations(of: baseline.revisions.policies, in: sources)
      .filter(isChosen)
    let workers = max(1, min(ProcessInfo.processInfo.activeProcessorCount, mutations.count))
    let search = seeking ? KillingCaseSearch(baseline) : nil
    let results = Mutex<[Int: Result]>([:])
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      var trial = MutationTrial(baseline)
      while true {
        // Neighbours are killed by the same cases, so each worker takes a few at a time.
        let first = next.wrappingAdd(Self.stretch, ordering: .relaxed).oldValue
        guard first < mutations.count else { return }
        let range = first..<min(first + Self.stretch, mutations.count)
        var found: [(Int, Result)] = []
        for index in range {
          let outcome = trial.run(mutations[index])
          var killingCase: String?
          if case .survived(let changed) = outcome {
            killingCase = search?.killingCase(for: mutations[index], changed: changed)
          }
          found.append((index, Result(outcome: outcome, killingCase: killingCase)))
        }
        let done = results.withLock { results in
          for (index, result) in found { results[index] = result }
          return results.count
        }
        advance(done, mutations.count)
      }
    }
    return results.withLock { MutationRun(mutations, $0) }
  }

  /// How many changes a worker takes at a time.
  private static let stretch = 8

  /// What became of a change.
  private struct Result {
    let outcome: MutationOutcome
    let killingCase: String?
  }

  private init(_ mutations: [Mutation], _ results: [Int: Result]) {
    var counts: [Mutation.Kind: KindCount] = [:]
    var survivors: [Survivor] = []
    var equivalent: [Mutation] = []
    var refused = 0
    for (index, mutation) in mutations.enumerated() {
      switch results[index]?.outcome {
      case .refused?, nil: refused += 1
      case .equivalent?: equivalent.append(mutation)
      case .killed?:
        counts[mutation.kind, default: KindCount(kind: mutation.kind)].tried += 1
      case .survived?:
        counts[mutation.kind, default: KindCount(kind: mutation.kind)].tried += 1
        counts[mutation.kind]?.survived += 1
        survivors.append(Survivor(mutation: mutation, killingCase: results[index]?.killingCase))
      }
    }
    tried = mutations.count - refused - equivalent.count
    self.refused = refused
    self.equivalent = equivalent
    self.survivors = survivors
    kinds = Mutation.Kind.allCases.compactMap { counts[$0] }
  }
}
