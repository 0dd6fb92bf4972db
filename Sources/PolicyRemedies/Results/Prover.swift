import CEL
import PolicyEngine

/// Proves sets of changes: writes them into the document, reads it, and decides it like any other.
struct Prover {
  let judge: Judge
  let start: Trial

  /// The number of changes up to which every part of them is tried; above, all but one, and none.
  private static let subsetLimit = 4

  /// What was decided with some changes and with parts of them, others being made all the time.
  func proof(of changes: [FactChange], beside others: [FactChange]) -> Proof {
    let all = changes.indices
    let leftOut: [[Int]] =
      changes.count <= Self.subsetLimit
      ? (1..<1 << changes.count).map { bits in all.filter { bits >> $0 & 1 == 1 } }
      : all.map { [$0] } + [Array(all)]
    return Proof(
      outcome: decide(changes + others),
      parts: leftOut.map { left in
        let rest = all.filter { !left.contains($0) }.map { changes[$0] }
        return Proof.Part(without: left, outcome: decide(rest + others))
      })
  }

  /// What the decision comes to with some changes, and those that must allow the changes.
  private func decide(_ changes: [FactChange]) -> DecisionOutcome {
    guard let document = start.draft.applying(changes).document() else { return .undetermined }
    let gates = Set(changes.compactMap { judge.knowledge.gate(of: $0) })
    let verdict = judge.policies.decide(
      document, today: judge.today, decisions: [judge.decision] + gates.sorted())
    return verdict.decisions.map(\.outcome).reduce(.pass) { $0.combined(with: $1) }
  }
}
