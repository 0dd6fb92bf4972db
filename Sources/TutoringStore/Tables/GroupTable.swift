#if Store
import GRDB
package import TutoringSessions

extension GroupRecord: StoredRecord {
  package static var subjectKind: SubjectKind { .group }
  package static var table: RecordTable<GroupRecord> {
    RecordTable(fetch: { try fetch($0, in: $1) }, put: { try $0.put(in: $1) })
  }

  static func fetch(_ ids: [String]?, in database: Database) throws -> [GroupRecord] {
    let groups = try database.rows(
      "SELECT id, name, tutor, is_active, facts, revision FROM student_groups\(ids.condition("id"))",
      ids.values, make: GroupRecord.init)
    var members: [String: [String]] = [:]
    let rows = try database.rows(
      """
      SELECT student_group, student FROM group_members\(ids.condition("student_group"))
      ORDER BY student_group, position
      """, ids.values
    ) { (try $0.text(0), try $0.text(1)) }
    for (group, student) in rows { members[group, default: []].append(student) }
    return groups.map { group in
      var group = group
      group.members = members[group.id, default: []]
      return group
    }
  }

  private func put(in database: Database) throws {
    try database.run(
      """
      INSERT INTO student_groups (id, name, tutor, is_active, facts, revision)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, tutor = excluded.tutor,
        is_active = excluded.is_active, facts = excluded.facts, revision = excluded.revision
      """,
      .text(id), .text(name), .text(tutor), .flag(isActive), .facts(facts), .int(revision))
    if !isNew {
      try database.run("DELETE FROM group_members WHERE student_group = ?", .text(id))
    }
    try database.run(
      """
      INSERT INTO group_members (student_group, student, position)
      SELECT ?, value, key FROM json_each(?)
      """, .text(id), .list(members))
  }

  private init(_ columns: Columns) throws {
    self.init(
      id: try columns.text(0), name: try columns.text(1), tutor: try columns.optionalText(2),
      isActive: try columns.flag(3), facts: try columns.facts(4), revision: try columns.int(5))
  }
}
#endif
