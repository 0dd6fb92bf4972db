import CEL
import PolicyEngine
import Synchronization

/// Deciders of documents that any thread may use: each learns plans, and is too dear to be made for one document.
final class DeciderPool: Sendable {
  private struct Purpose: Hashable {
    let today: CivilDate
    let decisions: [Int]
  }

  private let policies: PolicySet
  private let pools = Mutex<[Purpose: Pool<LineDecider>]>([:])
  private let draftPools = Mutex<[Purpose: Pool<DraftDecider>]>([:])

  init(_ policies: PolicySet) { self.policies = policies }

  /// What decides rules for changed drafts, for some decisions.
  func drafts(today: CivilDate, decisions: [Int]) -> Pool<DraftDecider> {
    draftPools.withLock { pools in
      let purpose = Purpose(today: today, decisions: decisions)
      if let pool = pools[purpose] { return pool }
      let pool = Pool<DraftDecider>()
      pools[purpose] = pool
      return pool
    }
  }

  /// What some decisions come to for a document in a JSON text of one line; none when it can't be read.
  func outcomes(of text: [UInt8], today: CivilDate, decisions: [Int]) -> [Int: DecisionOutcome] {
    let pool = pools.withLock { pools in
      let purpose = Purpose(today: today, decisions: decisions)
      if let pool = pools[purpose] { return pool }
      let pool = Pool<LineDecider>()
      pools[purpose] = pool
      return pool
    }
    return pool.use {
      LineDecider(DocumentDecider(policies, today: today, decisions: decisions))
    } _: { lines in
      var outcomes: [Int: DecisionOutcome] = [:]
      let padding = Array(repeating: UInt8(0), count: PaddedBytes.padding)
      _ = lines.decide(text + padding, count: text.count) { decider in
        for decision in decisions { outcomes[decision] = decider.outcome(of: decision) }
      }
      return outcomes
    }
  }
}
