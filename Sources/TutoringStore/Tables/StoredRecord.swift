#if Store
import GRDB
package import TutoringSessions

/// A record of which the store keeps one row, that people edit as a whole.
package protocol StoredRecord: Identifiable<String>, Hashable, Sendable {
  /// What events call it.
  static var subjectKind: SubjectKind { get }
  /// How it is read and written.
  static var table: RecordTable<Self> { get }
  /// Counts the changes; 0 before it is kept.
  var revision: Int { get set }
  /// The fields that events tell of.
  var fields: [String: FactValue] { get }
}

/// How one kind of record is read and written.
package struct RecordTable<Record: Sendable>: Sendable {
  /// The records of some ids, or all for nil; without an order.
  let fetch: @Sendable ([String]?, Database) throws -> [Record]
  /// Writes a record's row, new or in place of the one that is there, and what belongs to it.
  let put: @Sendable (Record, Database) throws -> Void
}

extension StoredRecord {
  /// Whether the row that is about to be written is the record's first, so that nothing belongs to it yet.
  var isNew: Bool { revision == 1 }

  /// The record of an id; nil when there is none.
  static func find(_ id: String, in database: Database) throws -> Self? {
    try table.fetch([id], database).first
  }

  /// All records by their ids.
  static func all(in database: Database) throws -> [String: Self] {
    Dictionary(uniqueKeysWithValues: try table.fetch(nil, database).map { ($0.id, $0) })
  }

  /// The records of some ids, by their ids.
  static func byID(
    _ ids: some Collection<String>, in database: Database
  ) throws -> [String: Self] {
    guard !ids.isEmpty else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: try table.fetch(Array(ids), database).map { ($0.id, $0) })
  }
}
#endif
