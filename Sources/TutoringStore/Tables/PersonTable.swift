#if Store
import GRDB
package import TutoringSessions

extension PersonRecord: StoredRecord {
  package static var subjectKind: SubjectKind { .person }
  package static var table: RecordTable<PersonRecord> {
    RecordTable(fetch: { try fetch($0, in: $1) }, put: { try $0.put(in: $1) })
  }

  static func fetch(_ ids: [String]?, in database: Database) throws -> [PersonRecord] {
    let people = try database.rows(
      "SELECT id, name, login, roles, is_active, facts, revision FROM people\(ids.condition("id"))",
      ids.values, make: PersonRecord.init)
    var schools: [String: [String]] = [:]
    let approvals = try database.rows(
      "SELECT person, school FROM approvals\(ids.condition("person")) ORDER BY person, position",
      ids.values
    ) { (try $0.text(0), try $0.text(1)) }
    for (person, school) in approvals { schools[person, default: []].append(school) }
    return people.map { person in
      var person = person
      person.approvedSchools = schools[person.id, default: []]
      return person
    }
  }

  private func put(in database: Database) throws {
    try database.run(
      """
      INSERT INTO people (id, name, login, roles, is_active, facts, revision)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, login = excluded.login,
        roles = excluded.roles, is_active = excluded.is_active, facts = excluded.facts,
        revision = excluded.revision
      """,
      .text(id), .text(name), .text(login), .list(roles.map(\.rawValue).sorted()),
      .flag(isActive), .facts(facts), .int(revision))
    if !isNew { try database.run("DELETE FROM approvals WHERE person = ?", .text(id)) }
    try database.run(
      """
      INSERT INTO approvals (person, school, position) SELECT ?, value, key FROM json_each(?)
      """, .text(id), .list(approvedSchools))
    // Whoever can't sign in any more is signed out.
    if !isNew, !isActive || login == nil {
      try database.run("DELETE FROM sign_ins WHERE person = ?", .text(id))
    }
  }

  private init(_ columns: Columns) throws {
    var roles: Set<Role> = []
    for name in try columns.texts(3) {
      guard let role = Role(rawValue: name) else { throw columns.damaged(3, "known roles") }
      roles.insert(role)
    }
    self.init(
      id: try columns.text(0), name: try columns.text(1), login: try columns.optionalText(2),
      roles: roles, isActive: try columns.flag(4), facts: try columns.facts(5),
      revision: try columns.int(6))
  }
}
#endif
