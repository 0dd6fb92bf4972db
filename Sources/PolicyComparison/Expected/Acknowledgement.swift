public import Diagnostics
import PolicyEngine

/// What of a plan's changes is meant, and what is not.
public struct Acknowledgement: Sendable {
  /// A change that nobody lists.
  public struct Unlisted: Sendable {
    /// What changes, in words.
    public let words: String
  }

  /// The changes that no entry lists.
  public let unlisted: [Unlisted]
  /// What is wrong with entries: what they list does not happen, or more often.
  public let mistakes: [Diagnostic]

  /// Whether every change is listed, and every one listed happens.
  public var isWhole: Bool { unlisted.isEmpty && mistakes.isEmpty }

  /// Holds what changes against what is expected to.
  init(
    _ expected: ExpectedChanges, proofs: [PlanProof], replay: Replay?, warnings: Set<String>
  ) {
    var matches = [Int](repeating: 0, count: expected.entries.count)
    var counts = [Int](repeating: 0, count: expected.entries.count)
    var unlisted: [Unlisted] = []
    func entry(
      _ decision: String?, _ old: DecisionOutcome?, _ new: DecisionOutcome?, _ rules: [String],
      file: String?
    ) -> Int? {
      expected.entries.firstIndex { entry in
        entry.decision == decision && (old == nil || entry.old == old) && entry.new == new
          && (entry.rule.map { rules.contains($0) } ?? true)
          && (file == nil || entry.file.map { file?.contains($0) ?? true } ?? true)
      }
    }
    for proof in proofs {
      let (decision, ruleID): (String?, [String])
      switch proof.subject {
      case .decision(let name): (decision, ruleID) = (name, [])
      case .rule(let id):
        // What a rule changes is told by its decisions, unless it only warns.
        guard warnings.contains(id) else { continue }
        (decision, ruleID) = (nil, [id])
      }
      switch proof.result {
      case .same: continue
      case .differs(let witnesses):
        for witness in witnesses {
          let rules = ruleID + witness.rulesBefore + witness.rulesAfter
          if let index = entry(decision, witness.old, witness.new, rules, file: nil) {
            matches[index] += 1
          } else {
            unlisted.append(
              Unlisted(
                words: "\(proof.subject.kind) \(proof.subject.name), \(witness.direction), "
                  + proof.dateWords))
          }
        }
      case .unsettled:
        if let index = entry(decision, nil, nil, ruleID, file: nil) {
          matches[index] += 1
        } else {
          unlisted.append(
            Unlisted(
              words: "\(proof.subject.kind) \(proof.subject.name) is not settled, "
                + proof.dateWords))
        }
      }
    }
    for (direction, change) in replay?.changes ?? [:] {
      for (file, found) in change.byFile {
        for (rules, count) in found {
          let index = entry(
            direction.decision, direction.old, direction.new, rules, file: file)
          if let index {
            matches[index] += 1
            counts[index] += count
          } else {
            unlisted.append(
              Unlisted(
                words: "decision \(direction.decision), \(direction.old.rawValue) to "
                  + "\(direction.new.rawValue), by \(rules.joined(separator: ", ")): "
                  + "\(counted(count, "session")) of \(file)"))
          }
        }
      }
    }
    var mistakes: [Diagnostic] = []
    for (index, entry) in expected.entries.enumerated() {
      // What is said of recorded sessions is judged only where there are some.
      if matches[index] == 0, entry.file == nil || replay != nil {
        mistakes.append(
          Diagnostic(
            code: .unusedExpectation, "this change is listed and does not happen",
            at: entry.range, help: "take it away, or look why it doesn't"))
      }
      if let atMost = entry.atMost, counts[index] > atMost {
        mistakes.append(
          Diagnostic(
            code: .moreThanExpected,
            "this change happens to \(counted(counts[index], "session")), and at most "
              + "\(atMost.grouped) are expected", at: entry.range))
      }
    }
    self.unlisted = unlisted.sorted { $0.words < $1.words }
    self.mistakes = mistakes
  }
}
