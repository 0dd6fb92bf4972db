#if Store
package import CEL
package import TutoringSessions

extension TutoringStore {
  /// All people, by name.
  package func people() async throws -> [PersonRecord] {
    try await read { database in
      try PersonRecord.fetch(nil, in: database).sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }
  }

  /// The person of an id; nil when there is none.
  package func person(_ id: String) async throws -> PersonRecord? {
    try await glance { try PersonRecord.find(id, in: $0) }
  }

  /// All schools, by name.
  package func schools() async throws -> [SchoolRecord] {
    try await look { try $0.schools() }
  }

  /// The student of an id; nil when there is none.
  package func student(_ id: String) async throws -> StudentRecord? {
    try await read { try StudentRecord.find(id, in: $0) }
  }

  /// The students of some ids, by their ids.
  package func students(ids: [String]) async throws -> [String: StudentRecord] {
    try await read { try StudentRecord.byID(Set(ids), in: $0) }
  }

  /// The groups that a tutor may choose, by name: the own ones and those of everybody; all for nil.
  package func groups(for tutor: String? = nil) async throws -> [GroupRecord] {
    try await read { database in
      try GroupRecord.fetch(nil, in: database)
        .filter { tutor == nil || ($0.isActive && ($0.tutor == nil || $0.tutor == tutor)) }
        .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }
  }

  /// The group of an id; nil when there is none.
  package func group(_ id: String) async throws -> GroupRecord? {
    try await read { try GroupRecord.find(id, in: $0) }
  }

  /// The students of a group, in the order of their names; none for a group that is not there.
  package func members(ofGroup id: String) async throws -> [StudentRecord] {
    try await read { database in
      guard let group = try GroupRecord.find(id, in: database) else { return [] }
      return try StudentRecord.byID(group.members, in: database).values
        .map { (key: [$0.lastName, $0.firstName].map(NameWords.sortKey) + [$0.id], student: $0) }
        .sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.student)
    }
  }

  /// The work orders that a tutor may use for a session of a day, by id.
  package func workOrders(for tutor: String, on day: CivilDate) async throws -> [WorkOrderRecord] {
    try await look { try $0.workOrders(for: tutor, on: day) }
  }

  /// All work orders, by id.
  package func workOrders() async throws -> [WorkOrderRecord] {
    try await read { try WorkOrderRecord.fetch(in: $0, " ORDER BY id", []) }
  }

  /// The work order of an id; nil when there is none.
  package func workOrder(_ id: String) async throws -> WorkOrderRecord? {
    try await read { try WorkOrderRecord.find(id, in: $0) }
  }
}
#endif
