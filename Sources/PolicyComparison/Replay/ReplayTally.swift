import CEL
import Diagnostics
import PolicyEngine

/// Counts what changes of recorded sessions, and keeps the first that changed in each way.
struct ReplayTally {
  let questions: ReplayQuestions
  /// What was counted so far.
  var replay = Replay()
  /// The first sessions of each change that fail now, which ways out are looked for.
  private(set) var failing: [Replay.Direction: [ReplayWorker.Failing]] = [:]

  init(_ questions: ReplayQuestions) { self.questions = questions }

  /// A session of which some decisions came out otherwise.
  struct Changed {
    /// Each decision, by its place among those that are asked for.
    let decisions: [(index: Int, old: DecisionOutcome, new: DecisionOutcome)]
    let before: Verdict
    let after: Verdict
  }

  /// Counts a session that changed, which stands at a place of a file of a name.
  mutating func record(
    _ session: Changed, written text: [UInt8], at place: Replay.Place, ofFile name: String
  ) {
    let facts = questions.facts(of: text)
    let amount = Replay.Amount(sessions: 1, seconds: facts.seconds)
    for (index, old, new) in session.decisions {
      let direction = Replay.Direction(
        decision: questions.decisions[index].name, old: old, new: new)
      let rules = questions.rules(of: index, session.before, session.after)
      var change = replay.changes.removeValue(forKey: direction) ?? Replay.Change()
      change.amount.add(amount)
      change.byRules[rules, default: Replay.Amount()].add(amount)
      change.byFile[name, default: [:]][rules, default: 0] += 1
      for (fact, value) in facts.groups {
        change.byFact[fact, default: [:]][value, default: Replay.Amount()].add(amount)
      }
      if change.examples.count < ReplayWorker.examples {
        change.examples.append(
          Replay.Example(
            id: session.after.id ?? session.before.id, place: place, rules: rules,
            missing: new == .undetermined
              ? Array(Set(session.after.undetermined.flatMap(\.missing))).sorted() : []))
      }
      replay.changes[direction] = change
      if new != .pass, failing[direction, default: []].count < ReplayWorker.mostFailing {
        failing[direction, default: []].append(ReplayWorker.Failing(place: place, line: text))
      }
    }
  }
}
