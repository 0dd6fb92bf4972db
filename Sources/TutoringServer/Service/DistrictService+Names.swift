#if Server
import PolicyEngine
package import TutoringSessions
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

  /// The work orders that a session may be supposed to have, assigned today, with what its document would hold.
  package func supposableWorkOrders(
    of id: String, for actor: Actor
  ) async throws -> [(choice: WayOut.Choice, facts: FactValue)] {
    let judge = judge(for: actor)
    let (record, surroundings) = try await visibleSession(id, to: actor)
    let vocabulary = judge.policies.vocabulary
    guard
      let fact = vocabulary.types[vocabulary.documentType].facts.first(where: {
        $0.name == "workOrder"
      }),
      case .object(let type) = fact.type
    else { return [] }
    let declared = Set(vocabulary.types[type].facts.map(\.name))
    return try await store.workOrders(for: record.tutor, on: record.date)
      .filter { $0.id != record.workOrder?.workOrder }
      .compactMap { order in
        var (supposed, around) = (record, surroundings)
        supposed.workOrder = .init(workOrder: order.id, assignedOn: judge.today)
        around.workOrders[order.id] = order
        let facts = SessionDocument(of: supposed, in: around).facts["workOrder"]?.members
        return facts.map {
          (
            WayOut.Choice(value: order.id, label: judge.label(of: order)),
            .object($0.filter { declared.contains($0.key) })
          )
        }
      }
  }
}
#endif
