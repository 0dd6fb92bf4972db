#if Server
package import TutoringSessions
import TutoringStore

extension DistrictService {
  /// The students whose first or last names begin as somebody types, those of the reader's schools first.
  ///
  /// - Throws: `ServiceError.notAllowed` for people who have no session to add students to, nor all to see.
  package func searchStudents(
    _ text: String, limit: Int = 20, for actor: Actor
  ) async throws -> [StudentCard] {
    guard actor.has(.tutor, .office, .auditor) else { throw ServiceError.notAllowed }
    guard text.utf8.count <= 200, !text.utf8.contains(0) else { return [] }
    let schools = try await store.person(actor.person)?.approvedSchools ?? []
    let names = try await schoolNames()
    return try await store.searchStudents(text, first: schools, limit: min(max(1, limit), 50))
      .map { StudentCard($0, schools: names) }
  }

  /// The groups that somebody may choose for a session; for the office those of all tutors.
  package func groups(for actor: Actor) async throws -> [GroupRecord] {
    guard actor.has(.tutor, .office, .auditor) else { throw ServiceError.notAllowed }
    return try await store.groups(for: actor.seesAllSessions ? nil : actor.person)
  }

  /// The students of a group that somebody may choose.
  package func members(ofGroup id: String, for actor: Actor) async throws -> [StudentCard] {
    guard try await groups(for: actor).contains(where: { $0.id == id }) else {
      throw ServiceError.notFound
    }
    let names = try await schoolNames()
    return try await store.members(ofGroup: id).map { StudentCard($0, schools: names) }
  }

  /// The work orders that a tutor may use today; for those who see all sessions all there are.
  package func workOrders(for actor: Actor) async throws -> [WorkOrderRecord] {
    guard actor.has(.tutor, .office, .auditor) else { throw ServiceError.notAllowed }
    if actor.seesAllSessions { return try await store.workOrders() }
    return try await store.workOrders(for: actor.person, on: judge(for: actor).today)
  }
}
#endif
