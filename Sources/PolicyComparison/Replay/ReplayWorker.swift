package import PolicyEngine

/// Decides pieces of recorded sessions by both policy sets, and counts what changes; each thread has its own.
///
/// A session of which no decision changed costs no more than deciding it twice; the others are read once more.
package struct ReplayWorker: ~Copyable {
  private var deciders: PairedLineDecider
  private var tally: ReplayTally

  /// A session that fails now.
  package struct Failing: Sendable {
    let place: Replay.Place
    let line: [UInt8]
  }

  /// How many examples of each change are kept.
  static let examples = 3
  /// For how many sessions of each change ways out are looked for.
  package static let mostFailing = 100

  package init(_ questions: ReplayQuestions, limit: Int) {
    tally = ReplayTally(questions)
    deciders = PairedLineDecider(
      old: DocumentDecider(
        questions.old, today: questions.today, decisions: questions.decisions.map(\.old)),
      new: DocumentDecider(
        questions.new, today: questions.today, decisions: questions.decisions.map(\.new)),
      limit: limit)
  }

  /// What was counted so far.
  package var replay: Replay { tally.replay }
  /// The first sessions of each change that fail now, which ways out are looked for.
  package var failing: [Replay.Direction: [Failing]] { tally.failing }

  /// Decides the lines of a piece that begins at a line of a file; gives the number of its lines.
  package mutating func add(
    _ bytes: [UInt8], count: Int, file: Int, name: String, firstLine: Int
  ) -> PairedLineDecider.Result {
    var found: [(session: ReplayTally.Changed, place: Range<Int>, line: Int)] = []
    let questions = tally.questions
    let result = deciders.decide(bytes, count: count) { old, new, place, line in
      // What is given counts too, where both pass.
      let (before, after) = (old.values ?? [], new.values ?? [])
      let givesOtherwise = before != after
      let changed = questions.decisions.indices.filter {
        let decision = questions.decisions[$0]
        guard old.outcome(of: decision.old) == new.outcome(of: decision.new) else { return true }
        guard givesOtherwise else { return false }
        let name = questions.new.decisions[decision.new].name
        return before.filter { $0.decision == name } != after.filter { $0.decision == name }
      }
      guard !changed.isEmpty else { return }
      // Reading the findings takes longer than deciding: only for what changed.
      let session = ReplayTally.Changed(
        decisions: changed.map {
          let decision = questions.decisions[$0]
          return (
            index: $0, old: old.outcome(of: decision.old), new: new.outcome(of: decision.new)
          )
        }, before: old.verdict, after: new.verdict)
      found.append((session, place, line))
    }
    for (session, place, line) in found {
      tally.record(
        session, written: Array(bytes[place]),
        at: Replay.Place(file: file, line: firstLine + line), ofFile: name)
    }
    tally.replay.sessions += result.documentCount
    tally.replay.unreadable += result.unreadable.count
    tally.replay.onlyNew += result.onlyNew.count
    tally.replay.onlyOld += result.onlyOld.count
    return result
  }
}

extension Replay {
  /// Adds what another thread counted; of the examples those that stand first are kept.
  package mutating func merge(_ other: Replay) {
    sessions += other.sessions
    unreadable += other.unreadable
    onlyNew += other.onlyNew
    onlyOld += other.onlyOld
    for (direction, change) in other.changes {
      guard var own = changes[direction] else {
        changes[direction] = change
        continue
      }
      own.amount.add(change.amount)
      for (rules, amount) in change.byRules { own.byRules[rules, default: Amount()].add(amount) }
      for (file, counts) in change.byFile {
        for (rules, count) in counts { own.byFile[file, default: [:]][rules, default: 0] += count }
      }
      for (fact, values) in change.byFact {
        for (value, amount) in values {
          own.byFact[fact, default: [:]][value, default: Amount()].add(amount)
        }
      }
      own.examples = Array(
        (own.examples + change.examples).sorted { $0.place < $1.place }
          .prefix(ReplayWorker.examples))
      changes[direction] = own
    }
  }
}
