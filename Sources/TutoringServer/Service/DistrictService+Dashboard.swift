#if Server
import TutoringSessions
import TutoringStore

extension DistrictService {
  /// How many sessions are looked through for those that a filter asks for by what was decided.
  private static let searched = 1_000

  /// The sessions that a person sees first.
  package func dashboard(
    _ filter: DashboardFilter = DashboardFilter(), for actor: Actor
  ) async throws -> Dashboard {
    let judge = judge(for: actor)
    // Every change of any record is in the log: while its end is the same, all of them are.
    let last = try await lastEvent()
    let question = DashboardQuestion(actor: actor, filter: filter)
    let stamp = AnswerStamp(
      records: String(last), policies: judge.taken.digest, today: judge.today)
    if let known = dashboards.answer(to: question, stamp) { return known.shown(at: judge.now) }
    let found = try await readDashboard(filter, judge, lastEvent: last)
    dashboards.keep(found, to: question, stamp)
    return found
  }

  private func readDashboard(
    _ filter: DashboardFilter, _ judge: SessionJudge, lastEvent: Int64
  ) async throws -> Dashboard {
    let actor = judge.actor
    guard actor.seesSessions else {
      return Dashboard(
        active: [], needingAttention: [], others: [], next: nil, now: judge.now,
        policies: judge.taken, lastEvent: lastEvent)
    }
    var wanted = SessionFilter(filter, for: actor)
    var active: [SessionSummary] = []
    if filter.after == nil, filter.stages.isEmpty {
      wanted.stages = [.active]
      let page = try await store.sessions(wanted, limit: 100)
      active = try await summaries(of: page.sessions, judge)
    }
    wanted.stages =
      filter.stages.isEmpty ? [.finished, .exported] : filter.stages
    let limit = min(max(1, filter.limit), 200)
    let isByDecision = filter.needsAttention || filter.rule != nil
    let isSifted = isByDecision || filter.recorded != nil
    let page = try await store.sessions(
      wanted, limit: isSifted ? Self.searched : limit, after: filter.after)
    let recorded = page.sessions.filter { filter.recorded?.isRecorded(in: $0) ?? true }
    var found = try await summaries(of: recorded, judge)
    var next = page.next
    if isSifted {
      found.removeAll { summary in
        filter.needsAttention && !summary.needsAttention
          || filter.rule.map { rule in !summary.reasons.contains { $0.rule == rule } } ?? false
      }
      if found.count > limit {
        found.removeLast(found.count - limit)
        next = found.last?.id
      }
    }
    let urgent = found.filter(\.needsAttention).enumerated().sorted { left, right in
      let (a, b) = (left.element.deadline?.day, right.element.deadline?.day)
      switch (a, b) {
      case (let a?, let b?) where a != b: return a < b
      case (.some, nil): return true
      case (nil, .some): return false
      default: return left.offset < right.offset
      }
    }.map(\.element)
    return Dashboard(
      active: active, needingAttention: urgent, others: found.filter { !$0.needsAttention },
      next: next, now: judge.now, policies: judge.taken, lastEvent: lastEvent)
  }
}

/// What a dashboard depends on beside the records, the policies and the day.
struct DashboardQuestion: Hashable {
  let actor: Actor
  let filter: DashboardFilter
}

extension Dashboard {
  /// The same a little later.
  fileprivate func shown(at now: OffsetDateTime) -> Dashboard {
    Dashboard(
      active: active, needingAttention: needingAttention, others: others, next: next, now: now,
      policies: policies, lastEvent: lastEvent)
  }

  /// What it depends on.
  var stamp: AnswerStamp {
    .init(records: String(lastEvent), policies: policies.digest, today: today)
  }
}

extension SessionFilter {
  fileprivate init(_ filter: DashboardFilter, for actor: Actor) {
    self.init(
      tutor: actor.seesAllSessions ? filter.tutor : actor.person, from: filter.from,
      through: filter.through)
  }
}
#endif
