import CEL
import Diagnostics
package import PolicyEngine

/// Decides pieces of recorded sessions by both policy sets, and counts what changes; each thread has its own.
///
/// A session of which no decision changed costs no more than deciding it twice; the others are read once more.
package struct ReplayWorker: ~Copyable {
  private var deciders: PairedLineDecider
  private let questions: ReplayQuestions
  /// What was counted so far.
  package private(set) var replay = Replay()
  /// The first sessions of each change that fail now, which ways out are looked for.
  package private(set) var failing: [Replay.Direction: [Failing]] = [:]

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
    self.questions = questions
    deciders = PairedLineDecider(
      old: DocumentDecider(
        questions.old, today: questions.today, decisions: questions.decisions.map(\.old)),
      new: DocumentDecider(
        questions.new, today: questions.today, decisions: questions.decisions.map(\.new)),
      limit: limit)
  }

  /// Decides the lines of a piece that begins at a line of a file; gives the number of its lines.
  package mutating func add(
    _ bytes: [UInt8], count: Int, file: Int, name: String, firstLine: Int
  ) -> PairedLineDecider.Result {
    var found: [Changed] = []
    let questions = questions
    let result = deciders.decide(bytes, count: count) { old, new, place, line in
      for (index, decision) in questions.decisions.enumerated()
      where old.outcome(of: decision.old) != new.outcome(of: decision.new) {
        // Reading the findings takes longer than deciding: only for what changed.
        found.append(Changed(index, old, new, place, line: line))
      }
    }
    for changed in found {
      record(changed, bytes, file: file, name: name, line: firstLine + changed.line)
    }
    replay.sessions += result.documentCount
    replay.unreadable += result.unreadable.count
    replay.onlyNew += result.onlyNew.count
    replay.onlyOld += result.onlyOld.count
    return result
  }

  /// A decision about a session that came out otherwise.
  private struct Changed {
    let decision: Int
    let old: DecisionOutcome
    let new: DecisionOutcome
    let before: Verdict
    let after: Verdict
    let place: Range<Int>
    let line: Int

    init(
      _ decision: Int, _ old: borrowing DocumentDecider, _ new: borrowing DocumentDecider,
      _ place: Range<Int>, line: Int
    ) {
      self.decision = decision
      self.old = old.outcome(of: old.asked[decision])
      self.new = new.outcome(of: new.asked[decision])
      before = old.verdict
      after = new.verdict
      self.place = place
      self.line = line
    }
  }

  private mutating func record(
    _ changed: Changed, _ bytes: [UInt8], file: Int, name: String, line: Int
  ) {
    let decision = questions.decisions[changed.decision]
    let direction = Replay.Direction(
      decision: decision.name, old: changed.old, new: changed.new)
    let rules = questions.rules(of: changed.decision, changed.before, changed.after)
    let facts = questions.facts(of: Array(bytes[changed.place]))
    let amount = Replay.Amount(sessions: 1, seconds: facts.seconds)
    let place = Replay.Place(file: file, line: line)
    var change = replay.changes.removeValue(forKey: direction) ?? Replay.Change()
    change.amount.add(amount)
    change.byRules[rules, default: Replay.Amount()].add(amount)
    change.byFile[name, default: [:]][rules, default: 0] += 1
    for (fact, value) in facts.groups {
      change.byFact[fact, default: [:]][value, default: Replay.Amount()].add(amount)
    }
    if change.examples.count < Self.examples {
      change.examples.append(
        Replay.Example(
          id: changed.after.id ?? changed.before.id, place: place, rules: rules,
          missing: changed.new == .undetermined
            ? Array(Set(changed.after.undetermined.flatMap(\.missing))).sorted() : []))
    }
    replay.changes[direction] = change
    if changed.new != .pass, failing[direction, default: []].count < Self.mostFailing {
      failing[direction, default: []].append(
        Failing(place: place, line: Array(bytes[changed.place])))
    }
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
