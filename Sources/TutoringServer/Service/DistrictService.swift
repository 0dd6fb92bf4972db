#if Server
import CEL
import Diagnostics
import PolicyEngine
import PolicyRemedies
package import TutoringSessions
package import TutoringStore

/// All that pages and programs can ask of a district's sessions, and do to them.
///
/// Every function is told who asks, and gives or does no more than that person may see or do. What a person may
/// not know of is the same as what there is not: `ServiceError.notFound`.
package struct DistrictService: Sendable {
  /// The records.
  package let store: TutoringStore
  /// The policies.
  package let keeper: PolicyKeeper
  /// The time.
  package let clock: DistrictClock
  /// Counts what is done.
  package let metrics: Metrics
  /// Where decisions are noted; nil for nowhere.
  let decisionLog: DecisionLog?
  private let findings = AnswerCache<FindingQuestion, SessionJudge.Finding>(capacity: 10_000)
  private let waysOut = AnswerCache<FindingQuestion, Remedies>(capacity: 200)
  let dashboards = AnswerCache<DashboardQuestion, Dashboard>(capacity: 100)
  let ruleUses = AnswerCache<RuleUsesQuestion, RuleUses>(capacity: 4)
  let reports = AnswerCache<ReportQuestion, DistrictReport>(capacity: 4)
  let planWorker = PlanWorker()
  /// How long somebody waits for what a change of the policies would do.
  package var planLimits = PlanLimits()

  private struct FindingQuestion: Hashable {
    let session: String
    /// Who reads; nil for those who see all sessions, and the same of each.
    let reader: String?
  }

  /// A service over records and policies.
  package init(
    store: TutoringStore, keeper: PolicyKeeper, clock: DistrictClock, metrics: Metrics = Metrics(),
    decisionLog: DecisionLog? = nil
  ) {
    self.store = store
    self.keeper = keeper
    self.clock = clock
    self.metrics = metrics
    self.decisionLog = decisionLog
  }

  /// What decides for a person, as of now.
  func judge(for actor: Actor) -> SessionJudge {
    let taken = keeper.current
    return SessionJudge(taken: taken, now: clock.now(in: taken.timeZone), actor: actor)
  }

  /// The names of the schools by their ids.
  func schoolNames() async throws -> [String: String] {
    Dictionary(try await store.schools().map { ($0.id, $0.name) }) { first, _ in first }
  }

  // MARK: - Who may do what

  /// A session with what it refers to, of those that the person may see.
  ///
  /// - Throws: `ServiceError.notFound` for all others.
  func visibleSession(
    _ id: String, to actor: Actor
  ) async throws -> (session: SessionRecord, surroundings: Surroundings) {
    guard id.utf8.count <= 100, let found = try await store.sessionWithSurroundings(id),
      Self.mayRead(found.session, actor)
    else { throw ServiceError.notFound }
    return found
  }

  /// A session, of those that the person may see.
  ///
  /// - Throws: `ServiceError.notFound` for all others.
  package func record(_ id: String, for actor: Actor) async throws -> SessionRecord {
    guard id.utf8.count <= 100, let record = try await store.session(id),
      Self.mayRead(record, actor)
    else { throw ServiceError.notFound }
    return record
  }

  /// Whether somebody may see a session.
  static func mayRead(_ session: SessionRecord, _ actor: Actor) -> Bool {
    actor.seesAllSessions || actor.has(.tutor) && session.tutor == actor.person
  }

  /// Refuses what somebody may see and not change.
  func requireChange(of session: SessionRecord, by actor: Actor) throws(ServiceError) {
    guard Self.mayRead(session, actor) else { throw .notFound }
    guard actor.changesAllSessions || actor.has(.tutor) && session.tutor == actor.person else {
      throw .notAllowed
    }
  }

  // MARK: - Deciding

  /// What the policies say of a session, from the cache where nothing has changed that it depends on.
  func finding(
    for record: SessionRecord, in surroundings: Surroundings, _ judge: SessionJudge
  ) -> SessionJudge.Finding {
    let (question, stamp) = (
      question(of: record, judge), stamp(of: record, in: surroundings, judge)
    )
    if let known = findings.answer(to: question, stamp) { return known }
    let clock = ContinuousClock()
    let start = clock.now
    let finding = judge.finding(for: record, in: surroundings) { document in
      remedies(for: document, of: record, in: surroundings, judge)
    }
    note(finding.verdict, by: judge, took: clock.now - start)
    findings.keep(finding, to: question, stamp)
    return finding
  }

  /// The ways out of a session, from the cache where nothing has changed that they depend on: a session's page and its
  /// line in a list need the same ones, and they take longest to find.
  func remedies(
    for document: FactDocument, of record: SessionRecord, in surroundings: Surroundings,
    _ judge: SessionJudge
  ) -> Remedies {
    let (question, stamp) = (
      question(of: record, judge), stamp(of: record, in: surroundings, judge)
    )
    if let known = waysOut.answer(to: question, stamp) { return known }
    let remedies = judge.taken.knowledge.remedies(
      for: document, today: judge.today, viewer: judge.actor.viewer)
    waysOut.keep(remedies, to: question, stamp)
    return remedies
  }

  private func question(of record: SessionRecord, _ judge: SessionJudge) -> FindingQuestion {
    FindingQuestion(
      session: record.id, reader: judge.actor.seesAllSessions ? nil : judge.actor.person)
  }

  private func stamp(
    of record: SessionRecord, in surroundings: Surroundings, _ judge: SessionJudge
  ) -> AnswerStamp {
    AnswerStamp(
      records: "\(record.version);\(surroundings.revision(for: record))",
      policies: judge.taken.digest, today: judge.today)
  }

  /// Notes what was decided.
  func note(_ verdict: Verdict?, by judge: SessionJudge, took duration: Duration) {
    guard let verdict else { return }
    for decision in verdict.decisions {
      metrics.count(
        .decisions, ["decision": decision.name, "outcome": decision.outcome.rawValue])
    }
    decisionLog?.write(verdict, digest: judge.taken.digest, at: judge.now, took: duration)
  }

  /// Sessions in a line each.
  func summaries(
    of records: [SessionRecord], _ judge: SessionJudge
  ) async throws -> [SessionSummary] {
    guard !records.isEmpty else { return [] }
    let surroundings = try await store.surroundings(of: records)
    let schools = try await schoolNames()
    return records.map { record in
      judge.summary(
        of: record, in: surroundings, finding(for: record, in: surroundings, judge),
        schools: schools)
    }
  }
}
#endif
