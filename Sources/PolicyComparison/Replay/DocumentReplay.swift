import CEL
import Diagnostics
package import PolicyEngine

/// Replays sessions that stand in no file, each as both policy sets read it.
///
/// A fact that one of the vocabularies does not declare is then missing in the one document alone.
package struct DocumentReplay: Sendable {
  private var tally: ReplayTally
  private var count = 0

  /// Asks each session for the same.
  package init(_ questions: ReplayQuestions) { tally = ReplayTally(questions) }

  /// Decides a session by both sets; nil where one can't read it.
  package mutating func add(old: FactDocument?, new: FactDocument?) {
    count += 1
    guard let old, let new else {
      if new != nil { tally.replay.onlyNew += 1 }
      if old != nil { tally.replay.onlyOld += 1 }
      if old == nil, new == nil { tally.replay.unreadable += 1 }
      return
    }
    tally.replay.sessions += 1
    let questions = tally.questions
    let before = questions.old.decide(
      old, today: questions.today, decisions: questions.decisions.map(\.old))
    let after = questions.new.decide(
      new, today: questions.today, decisions: questions.decisions.map(\.new))
    let changed = zip(before.decisions, after.decisions).enumerated().compactMap {
      index, outcomes in
      outcomes.0.outcome == outcomes.1.outcome
        ? nil : (index: index, old: outcomes.0.outcome, new: outcomes.1.outcome)
    }
    guard !changed.isEmpty else { return }
    tally.record(
      ReplayTally.Changed(decisions: changed, before: before, after: after),
      written: Array(new.text), at: Replay.Place(file: 0, line: count), ofFile: "")
  }

  /// What was found, with the ways out of the first sessions that fail now, as far as there is time for them.
  package func replay(patience: Patience) -> Replay {
    ReplayRemedies(tally.questions).adding(
      to: tally.replay, failing: tally.failing, patience: patience)
  }
}
