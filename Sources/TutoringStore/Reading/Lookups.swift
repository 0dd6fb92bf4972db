#if Store
package import CEL
import GRDB
package import TutoringSessions

/// What is looked up of a district as of one moment, such as in the middle of a change.
package struct Lookups {
  private let database: Database

  init(_ database: Database) { self.database = database }

  /// Whether there is a student of an id.
  package func hasStudent(_ id: String) throws -> Bool {
    try database.first("SELECT 1 FROM students WHERE id = ?", .text(id), make: { _ in true })
      ?? false
  }

  /// The place of the last event in the log; 0 where there is none.
  package func lastEvent() throws -> Int64 {
    Int64(
      try database.first("SELECT max(sequence) FROM events", make: { try $0.optionalInt(0) })
        .flatMap(\.self) ?? 0)
  }

  /// All schools, by name.
  package func schools() throws -> [SchoolRecord] {
    try SchoolRecord.fetch(nil, in: database).sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }

  /// The work orders that a tutor may use for a session of a day, by id.
  package func workOrders(for tutor: String, on day: CivilDate) throws -> [WorkOrderRecord] {
    try WorkOrderRecord.fetch(
      in: database,
      """
       WHERE (tutor = ?1 OR tutor IS NULL) AND (valid_from IS NULL OR valid_from <= ?2)
      AND (valid_until IS NULL OR valid_until >= ?2) ORDER BY id
      """, [.text(tutor), .date(day)])
  }
}

extension TutoringStore {
  /// Looks up several things as of one moment.
  package func look<Value: Sendable>(
    _ body: @Sendable @escaping (Lookups) throws -> Value
  ) async throws -> Value {
    try await glance { try body(Lookups($0)) }
  }
}
#endif
