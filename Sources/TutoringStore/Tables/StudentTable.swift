#if Store
import GRDB
package import TutoringSessions

extension StudentRecord: StoredRecord {
  package static var subjectKind: SubjectKind { .student }
  package static var table: RecordTable<StudentRecord> {
    RecordTable(fetch: { try fetch($0, in: $1) }, put: { try $0.put(in: $1) })
  }

  static func fetch(_ ids: [String]?, in database: Database) throws -> [StudentRecord] {
    try database.rows(
      """
      SELECT id, first_name, last_name, school, is_active, facts, revision
      FROM students\(ids.condition("id"))
      """, ids.values, make: StudentRecord.init)
  }

  private func put(in database: Database) throws {
    try database.run(
      """
      INSERT INTO students (id, first_name, last_name, school, is_active, facts, revision)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET first_name = excluded.first_name,
        last_name = excluded.last_name, school = excluded.school, is_active = excluded.is_active,
        facts = excluded.facts, revision = excluded.revision
      """,
      .text(id), .text(firstName), .text(lastName), .text(school), .flag(isActive),
      .facts(facts), .int(revision))
    if !isNew { try database.run("DELETE FROM name_words WHERE student = ?", .text(id)) }
    try database.run(
      "INSERT INTO name_words (word, student) SELECT value, ? FROM json_each(?)", .text(id),
      .list(NameWords.words(of: [firstName, lastName])))
  }

  private init(_ columns: Columns) throws {
    self.init(
      id: try columns.text(0), firstName: try columns.text(1), lastName: try columns.text(2),
      school: try columns.text(3), isActive: try columns.flag(4), facts: try columns.facts(5),
      revision: try columns.int(6))
  }
}
#endif
