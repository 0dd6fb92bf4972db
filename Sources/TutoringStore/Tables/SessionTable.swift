#if Store
import GRDB
import TutoringSessions

/// A session together with the number of its row.
struct StoredSession {
  let number: Int
  var record: SessionRecord
}

extension Database {
  /// The session of an id; nil when there is none.
  func session(_ id: String) throws -> StoredSession? {
    try sessions(where: "id = ?", [.text(id)]).first
  }

  /// The sessions that a condition finds, with encounters and tags, in three statements.
  func sessions(
    where condition: String, _ values: [SQLValue], ordered order: String = "number"
  ) throws -> [StoredSession] {
    var sessions = try rows(
      """
      SELECT number, id, tutor, date, school, description, student_group, start, end, work_order,
        assigned_on, facts, exports, is_deleted, version
      FROM sessions WHERE \(condition) ORDER BY \(order)
      """, values, make: StoredSession.init)
    guard !sessions.isEmpty else { return [] }
    let indexes = Dictionary(
      uniqueKeysWithValues: sessions.enumerated().map { ($1.number, $0) })
    let numbers = SQLValue.numbers(sessions.map(\.number))
    let encounters = try rows(
      """
      SELECT session, id, student, arrived, departed, is_removed, facts FROM encounters
      WHERE session IN (SELECT value FROM json_each(?)) ORDER BY session, id
      """, numbers
    ) { (try $0.int(0), try EncounterRecord($0)) }
    for (number, encounter) in encounters {
      if let index = indexes[number] { sessions[index].record.encounters.append(encounter) }
    }
    let tags = try rows(
      """
      SELECT session, value, is_own FROM tags
      WHERE session IN (SELECT value FROM json_each(?)) ORDER BY session, position
      """, numbers
    ) { (try $0.int(0), SessionRecord.Tag(try $0.text(1), isOwn: try $0.flag(2))) }
    for (number, tag) in tags {
      if let index = indexes[number] { sessions[index].record.tags.append(tag) }
    }
    return sessions
  }

  /// The number that the next session gets, and the id that it is then called by.
  func nextSession() throws -> (number: Int, id: String) {
    let last = try first("SELECT max(number) FROM sessions") { try $0.optionalInt(0) } ?? nil
    var number = (last ?? 0) + 1
    // A session that came from elsewhere may have the id already.
    while try first(
      "SELECT 1 FROM sessions WHERE id = ?", .text("S-\(number)"), make: { _ in true })
      ?? false
    { number += 1 }
    return (number, "S-\(number)")
  }

  /// Writes a new session with all that it has.
  func insert(_ record: SessionRecord, number: Int) throws {
    try run(
      """
      INSERT INTO sessions (number, id, tutor, date, school, description, student_group, start,
        start_second, end, end_second, work_order, assigned_on, facts, exports, is_deleted, version)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      .int(number), .text(record.id), .text(record.tutor), .date(record.date),
      .text(record.school), .text(record.description), .text(record.group), .time(record.start),
      .second(record.start), .time(record.end), .second(record.end),
      .text(record.workOrder?.workOrder), .date(record.workOrder?.assignedOn),
      .facts(record.facts), .int(record.exports), .flag(record.isDeleted), .int(record.version))
    for encounter in record.encounters { try put(encounter, ofSession: number) }
    try putTags(record.tags, ofSession: number)
  }

  /// Writes what an action changed of a session.
  func update(_ record: SessionRecord, from before: SessionRecord, number: Int) throws {
    try run(
      """
      UPDATE sessions SET date = ?, school = ?, description = ?, start = ?, start_second = ?, end = ?,
        end_second = ?, work_order = ?, assigned_on = ?, facts = ?, exports = ?, is_deleted = ?,
        version = ? WHERE number = ?
      """,
      .date(record.date), .text(record.school), .text(record.description), .time(record.start),
      .second(record.start), .time(record.end), .second(record.end),
      .text(record.workOrder?.workOrder), .date(record.workOrder?.assignedOn),
      .facts(record.facts), .int(record.exports), .flag(record.isDeleted), .int(record.version),
      .int(number))
    for (index, encounter) in record.encounters.enumerated()
    where !before.encounters.indices.contains(index) || before.encounters[index] != encounter {
      try put(encounter, ofSession: number)
    }
    if record.tags != before.tags {
      try run("DELETE FROM tags WHERE session = ?", .int(number))
      try putTags(record.tags, ofSession: number)
    }
  }

  /// Writes that a session went out with an export, which changes nothing else of it.
  func markExported(_ record: SessionRecord, number: Int) throws {
    try run(
      "UPDATE sessions SET exports = ?, version = ? WHERE number = ?", .int(record.exports),
      .int(record.version), .int(number))
  }

  private func put(_ encounter: EncounterRecord, ofSession number: Int) throws {
    try run(
      """
      INSERT INTO encounters (session, id, student, arrived, arrived_second, departed,
        departed_second, is_removed, facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (session, id) DO UPDATE SET arrived = excluded.arrived,
        arrived_second = excluded.arrived_second, departed = excluded.departed,
        departed_second = excluded.departed_second, is_removed = excluded.is_removed,
        facts = excluded.facts
      """,
      .int(number), .int(encounter.id), .text(encounter.student), .time(encounter.arrived),
      .second(encounter.arrived), .time(encounter.departed), .second(encounter.departed),
      .flag(encounter.isRemoved), .facts(encounter.facts))
  }

  private func putTags(_ tags: [SessionRecord.Tag], ofSession number: Int) throws {
    for (position, tag) in tags.enumerated() {
      try run(
        "INSERT INTO tags (session, value, position, is_own) VALUES (?, ?, ?, ?)",
        .int(number), .text(tag.value), .int(position), .flag(tag.isOwn))
    }
  }
}

extension StoredSession {
  fileprivate init(_ columns: Columns) throws {
    number = try columns.int(0)
    record = SessionRecord(
      id: try columns.text(1), tutor: try columns.text(2), date: try columns.date(3),
      school: try columns.optionalText(4), description: try columns.optionalText(5),
      group: try columns.optionalText(6), start: try columns.time(7),
      facts: try columns.facts(11))
    record.end = try columns.optionalTime(8)
    if let order = try columns.optionalText(9) {
      record.workOrder = SessionRecord.Assignment(
        workOrder: order, assignedOn: try columns.date(10))
    }
    record.exports = try columns.int(12)
    record.isDeleted = try columns.flag(13)
    record.version = try columns.int(14)
  }
}

extension EncounterRecord {
  fileprivate init(_ columns: Columns) throws {
    self.init(
      id: try columns.int(1), student: try columns.text(2), arrived: try columns.time(3),
      departed: try columns.optionalTime(4), isRemoved: try columns.flag(5),
      facts: try columns.facts(6))
  }
}
#endif
