#if Server
import CEL
import PolicyEngine
import TutoringSessions
import TutoringStore

/// How often rules stand in the way of the sessions of a month, by the policies in force.
package struct RuleUses: Hashable, Sendable {
  /// How many sessions were decided.
  package let sessions: Int
  /// Whether there are more, older ones, which were left out.
  package let isPart: Bool
  /// In how many of them each rule stands in the way, by its id; one that stands in the way of none is not there.
  package let counts: [String: Int]
}

/// The sessions that rules are counted in.
struct RuleUsesQuestion: Hashable {
  let from: CivilDate
  let through: CivilDate
}

extension DistrictService {
  /// How many sessions are decided to count rules: more would keep the reader waiting.
  private static let countedSessions = 5_000

  /// In how many sessions of last month each rule stands in the way; nil for those who see their own sessions alone.
  package func ruleUses(for actor: Actor) async throws -> RuleUses? {
    let judge = judge(for: actor)
    guard actor.seesAllSessions || actor.has(.administrator),
      let through = judge.today.adding(days: -Int64(judge.today.day)),
      let from = through.adding(days: 1 - Int64(through.day))
    else { return nil }
    let question = RuleUsesQuestion(from: from, through: through)
    let stamp = AnswerStamp(
      records: String(try await lastEvent()), policies: judge.taken.digest, today: judge.today)
    if let known = ruleUses.answer(to: question, stamp) { return known }
    let filter = SessionFilter(stages: [.finished, .exported], from: from, through: through)
    let page = try await store.sessions(filter, limit: Self.countedSessions)
    let surroundings = try await store.surroundings(of: page.sessions)
    var counts: [String: Int] = [:]
    for session in page.sessions {
      guard let document = try? judge.document(of: session, in: surroundings) else { continue }
      let verdict = judge.policies.decide(document, today: judge.today)
      for rule in Set(verdict.violated.map(\.rule)) { counts[rule, default: 0] += 1 }
    }
    let found = RuleUses(
      sessions: page.sessions.count, isPart: page.next != nil, counts: counts)
    ruleUses.keep(found, to: question, stamp)
    return found
  }

  /// The place of the last event in the log: while it is the same, all records are.
  func lastEvent() async throws -> Int64 {
    try await store.look { try $0.lastEvent() }
  }
}
#endif
