import CEL
import PolicyEngine

/// Proves sets of changes: writes them into the document, reads it, and decides it like any other.
///
/// All decisions asked for are decided together, each changed document once, whichever of them it is tried for.
final class Prover {
  private let knowledge: PolicyKnowledge
  private let start: Draft
  private let today: CivilDate
  private let decisions: [Int]
  /// What was decided of the document with some changes, by the decision.
  private var decided: [String: [Int: DecisionOutcome]] = [:]

  init(_ knowledge: PolicyKnowledge, start: Draft, today: CivilDate, decisions: [Int]) {
    self.knowledge = knowledge
    self.start = start
    self.today = today
    self.decisions = decisions + knowledge.gates.filter { !decisions.contains($0) }
  }

  /// The number of changes up to which every part of them is tried; above, all but one, and none.
  private static let subsetLimit = 4

  /// What a decision was with some changes and with parts of them, others being made all the time.
  func proof(of changes: [FactChange], beside others: [FactChange], for decision: Int) -> Proof {
    let all = changes.indices
    let leftOut: [[Int]] =
      changes.count <= Self.subsetLimit
      ? (1..<1 << changes.count).map { bits in all.filter { bits >> $0 & 1 == 1 } }
      : all.map { [$0] } + [Array(all)]
    return Proof(
      outcome: outcome(of: decision, with: changes + others),
      parts: leftOut.map { left in
        let rest = all.filter { !left.contains($0) }.map { changes[$0] }
        return Proof.Part(without: left, outcome: outcome(of: decision, with: rest + others))
      })
  }

  /// What a decision comes to with some changes, and those that must allow the changes.
  private func outcome(of decision: Int, with changes: [FactChange]) -> DecisionOutcome {
    let outcomes = outcomes(with: changes)
    let gates = changes.compactMap { knowledge.gate(of: $0) }
    return ([decision] + gates).reduce(.pass) { $0.combined(with: outcomes[$1] ?? .undetermined) }
  }

  private func outcomes(with changes: [FactChange]) -> [Int: DecisionOutcome] {
    let key = changes.combinationKey
    if let known = decided[key] { return known }
    var outcomes: [Int: DecisionOutcome] = [:]
    if let document = start.applying(changes).document() {
      let verdict = knowledge.policies.decide(document, today: today, decisions: decisions)
      for (decision, result) in zip(decisions, verdict.decisions) {
        outcomes[decision] = result.outcome
      }
    }
    decided[key] = outcomes
    return outcomes
  }
}
