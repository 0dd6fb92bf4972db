import CEL
import Diagnostics
import PolicyEngine

/// Proves sets of changes: writes them into the document, reads it, and decides it like any other.
///
/// All decisions asked for are decided together, each changed document once, whichever of them it is tried for.
final class Prover {
  private let knowledge: PolicyKnowledge
  private let start: Draft
  private let today: CivilDate
  private let decisions: [Int]
  private lazy var texts = DraftTexts(of: start)
  /// What was decided of the document with some changes, by the decision.
  private var decided: [Set<FactChange.Identity>: [Int: DecisionOutcome]] = [:]
  /// How much work was done, counted as that of searches is.
  private var work = 0

  init(_ knowledge: PolicyKnowledge, start: Draft, today: CivilDate, decisions: [Int]) {
    self.knowledge = knowledge
    self.start = start
    self.today = today
    self.decisions = decisions + knowledge.gates.filter { !decisions.contains($0) }
  }

  /// The number of changes up to which every part of them is tried; above, all but one, and none.
  private static let subsetLimit = 4

  /// What a decision was with some changes and with parts of them, others being made all the time; and how
  /// much work it was to find out.
  func proof(
    of changes: [FactChange], beside others: [FactChange], for decision: Int
  ) -> (Proof, work: Int) {
    let before = work
    let all = changes.indices
    let leftOut: [[Int]] =
      changes.count <= Self.subsetLimit
      ? (1..<1 << changes.count).map { bits in all.filter { bits >> $0 & 1 == 1 } }
      : all.map { [$0] } + [Array(all)]
    let proof = Proof(
      outcome: outcome(of: decision, with: changes + others),
      parts: leftOut.map { left in
        let rest = all.filter { !left.contains($0) }.map { changes[$0] }
        return Proof.Part(without: left, outcome: outcome(of: decision, with: rest + others))
      })
    return (proof, work - before)
  }

  /// The outcome of a decision with some changes, and those that must allow the changes.
  private func outcome(of decision: Int, with changes: [FactChange]) -> DecisionOutcome {
    let outcomes = outcomes(with: changes)
    let gates = changes.compactMap { knowledge.gate(of: $0) }
    return ([decision] + gates).reduce(.pass) { $0.combined(with: outcomes[$1] ?? .undetermined) }
  }

  private func outcomes(with changes: [FactChange]) -> [Int: DecisionOutcome] {
    let key = Set(changes.map { FactChange.Identity($0) })
    if let known = decided[key] { return known }
    let text = texts.text(of: start.applying(changes))
    // It takes about as long as evaluating so many nodes.
    work += text.count / 4
    let outcomes = knowledge.deciders.outcomes(of: text, today: today, decisions: decisions)
    decided[key] = outcomes
    return outcomes
  }
}
