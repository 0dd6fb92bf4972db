#if Server
import TutoringSessions
package import TutoringStore

extension DistrictService {
  /// The names of the people who did what the log has, by their ids.
  package func names(of events: [Event]) async throws -> [String: String] {
    guard events.contains(where: { $0.person != nil }) else { return [:] }
    return Dictionary(try await store.people().map { ($0.id, $0.name) }) { first, _ in first }
  }

  /// The work orders that could be assigned to a session, with their words; the one that it has is left out.
  package func assignableWorkOrders(
    to id: String, for actor: Actor
  ) async throws -> [WayOut.Choice] {
    let judge = judge(for: actor)
    let (record, _) = try await visibleSession(id, to: actor)
    return try await store.workOrders(for: record.tutor, on: record.date)
      .filter { $0.id != record.workOrder?.workOrder }
      .map { WayOut.Choice(value: $0.id, label: judge.label(of: $0)) }
  }
}
#endif
