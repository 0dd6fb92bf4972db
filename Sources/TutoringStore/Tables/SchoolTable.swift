#if Store
import GRDB
package import TutoringSessions

extension SchoolRecord: StoredRecord {
  package static var subjectKind: SubjectKind { .school }
  package static var table: RecordTable<SchoolRecord> {
    RecordTable(fetch: { try fetch($0, in: $1) }, put: { try $0.put(in: $1) })
  }

  static func fetch(_ ids: [String]?, in database: Database) throws -> [SchoolRecord] {
    try database.rows(
      "SELECT id, name, facts, revision FROM schools\(ids.condition("id"))", ids.values
    ) {
      SchoolRecord(
        id: try $0.text(0), name: try $0.text(1), facts: try $0.facts(2), revision: try $0.int(3))
    }
  }

  private func put(in database: Database) throws {
    try database.run(
      """
      INSERT INTO schools (id, name, facts, revision) VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, facts = excluded.facts,
        revision = excluded.revision
      """, .text(id), .text(name), .facts(facts), .int(revision))
  }
}
#endif
