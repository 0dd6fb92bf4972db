#if Server
import PolicyEngine
package import TutoringSessions
import TutoringStore

extension DistrictService {
  /// What the dialog for a new session offers, with what `start` would say of what was entered so far.
  package func newSessionForm(
    _ input: StartInput = StartInput(), for actor: Actor
  ) async throws -> NewSessionForm {
    let judge = judge(for: actor)
    let draft = try await draft(of: input, by: actor, judge)
    let record = draft.record(id: Self.draftID)
    let surroundings = try await store.surroundings(of: [record])
    let approved = Set(surroundings.people[draft.tutor]?.approvedSchools ?? [])
    let running = try await store.sessions(
      SessionFilter(tutor: draft.tutor, stages: [.active]), limit: 20)
    return NewSessionForm(
      groups: try await store.groups(for: draft.tutor),
      workOrders: try await store.workOrders(for: draft.tutor, on: draft.date).map {
        WayOut.Choice(value: $0.id, label: judge.label(of: $0))
      },
      schools: try await store.schools().filter { approved.contains($0.id) },
      active: try await summaries(of: running.sessions, judge),
      preview: try preview(
        [SessionAction.startName], record, in: surroundings, judge),
      now: judge.now, policies: judge.taken)
  }

  /// What `start` would say.
  package func previewStart(_ input: StartInput, for actor: Actor) async throws -> Preview {
    let judge = judge(for: actor)
    let record = try await draft(of: input, by: actor, judge).record(id: Self.draftID)
    let surroundings = try await store.surroundings(of: [record])
    return try preview([SessionAction.startName], record, in: surroundings, judge)
  }

  /// Starts a session.
  ///
  /// - Parameters:
  ///   - input: What was entered.
  ///   - request: Names the form that was sent; sent again, it gives the session that it has started.
  ///   - actor: Who starts it.
  /// - Returns: The session at its start.
  /// - Throws: `ServiceError`, with what the policies say where they refuse it.
  package func start(
    _ input: StartInput, request: String, by actor: Actor
  ) async throws -> SessionRecord {
    let judge = judge(for: actor)
    let draft = try await draft(of: input, by: actor, judge)
    return try await counted(SessionAction.startName) {
      try await store.start(
        draft, request: try checked(request), by: actor.person, at: judge.now,
        deciding: deciding(judge)
      ).session
    }
  }

  /// The id of a session that is not kept yet.
  static let draftID = "new"

  /// What was entered, with what it leaves open filled in.
  ///
  /// - Throws: `ServiceError.invalid` for what is not there, or not the tutor's to choose.
  private func draft(
    of input: StartInput, by actor: Actor, _ judge: SessionJudge
  ) async throws -> SessionDraft {
    let tutor = input.tutor ?? actor.person
    guard actor.changesAllSessions || actor.has(.tutor) && tutor == actor.person else {
      throw ServiceError.notAllowed
    }
    guard let person = try await store.person(tutor), person.roles.contains(.tutor) else {
      throw ServiceError.invalid([InputMistake("tutor", "There is no such tutor.")])
    }
    let date = input.date ?? judge.today
    var mistakes: [InputMistake] = []
    if let group = input.group,
      !(try await store.groups(for: tutor)).contains(where: { $0.id == group })
    {
      mistakes.append(InputMistake("group", "There is no such group of the tutor."))
    }
    if let order = input.workOrder,
      !(try await store.workOrders(for: tutor, on: date)).contains(where: { $0.id == order })
    {
      mistakes.append(
        InputMistake("workOrder", "The tutor has no such work order on the day of the session."))
    }
    if let school = input.school, !(try await store.schools()).contains(where: { $0.id == school })
    {
      mistakes.append(InputMistake("school", "There is no such school."))
    }
    mistakes += FactRights(judge).mistakes(
      in: input.facts, since: [:], ofDocument: judge.policies.vocabulary.documentType)
    guard mistakes.isEmpty else { throw ServiceError.invalid(mistakes) }
    return SessionDraft(
      tutor: tutor, date: date, school: input.school, description: input.description,
      group: input.group, start: input.start ?? judge.now,
      workOrder: input.workOrder.map { .init(workOrder: $0, assignedOn: judge.today) },
      facts: input.facts)
  }
}
#endif
