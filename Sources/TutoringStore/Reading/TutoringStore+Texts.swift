#if Store
package import CEL
import GRDB
import PolicyEngine
package import TutoringSessions

/// The documents of some sessions, as lines of one text.
package struct SessionLines: Sendable {
  /// The ids of the sessions, in the order of their numbers.
  package var ids: [String] = []
  /// The positions in `ids` of the sessions whose documents are there, in the order of the lines; those of the others
  /// have to be made one by one.
  package var lines: [Int] = []
  /// The documents, each on a line with its end, and behind them the padding that a reader needs.
  package var text: [UInt8] = []
}

extension TutoringStore {
  /// All records that sessions may refer to.
  package func allSurroundings() async throws -> Surroundings {
    try await read { try $0.allSurroundings() }
  }

  /// The lowest and the highest number of a row of the sessions of a period; nil where there is none.
  package func sessionNumbers(
    in period: ClosedRange<CivilDate>
  ) async throws -> ClosedRange<Int>? {
    try await read { database in
      let found = try database.first(
        "SELECT min(number), max(number) FROM sessions WHERE date BETWEEN ? AND ?",
        .date(period.lowerBound), .date(period.upperBound)
      ) { (try $0.optionalInt(0), try $0.optionalInt(1)) }
      guard let first = found?.0, let last = found?.1, first <= last else { return nil }
      return first...last
    }
  }

  /// The documents of the sessions of a period that have ended, of those whose rows have some numbers.
  package func sessionLines(
    _ numbers: ClosedRange<Int>, in period: ClosedRange<CivilDate>, by texts: SessionTexts
  ) async throws -> SessionLines {
    try await read { try $0.sessionLines(numbers, in: period, by: texts) }
  }
}

extension Database {
  fileprivate func allSurroundings() throws -> Surroundings {
    var surroundings = Surroundings()
    surroundings.people = try PersonRecord.all(in: self)
    surroundings.groups = try GroupRecord.all(in: self)
    surroundings.workOrders = try WorkOrderRecord.all(in: self)
    surroundings.schools = try SchoolRecord.all(in: self)
    surroundings.students = try StudentRecord.all(in: self)
    try addTutorsOwn("IS NOT NULL", [], to: &surroundings)
    return surroundings
  }

  /// Three statements go through the rows of their tables side by side, in the order that these are stored in.
  fileprivate func sessionLines(
    _ numbers: ClosedRange<Int>, in period: ClosedRange<CivilDate>, by texts: SessionTexts
  ) throws -> SessionLines {
    let range: [SQLValue] = [.int(numbers.lowerBound), .int(numbers.upperBound)]
    let encounters = try rows(
      """
      SELECT session, student, arrived, departed, facts FROM encounters
      WHERE session BETWEEN ? AND ? AND is_removed = 0 ORDER BY session, id
      """, range
    ) {
      (
        try $0.int(0),
        SessionTexts.Encounter(
          student: try $0.text(1), arrived: try $0.text(2), departed: try $0.optionalText(3),
          facts: try $0.text(4))
      )
    }
    let tags = try rows(
      "SELECT session, value FROM tags WHERE session BETWEEN ? AND ? ORDER BY session, position",
      range
    ) { (try $0.int(0), try $0.text(1)) }
    var (nextEncounter, nextTag) = (0, 0)
    var lines = SessionLines()
    lines.text.reserveCapacity((numbers.count + 1) * Self.usualDocumentSize)
    // A sign before a name keeps SQLite from looking for the rows by an index of it.
    _ = try rows(
      """
      SELECT number, id, tutor, date, school, description, student_group, start, end, work_order,
        assigned_on, facts FROM sessions
      WHERE number BETWEEN ? AND ? AND +date BETWEEN ? AND ? AND end IS NOT NULL AND is_deleted = 0
      ORDER BY number
      """, range + [.date(period.lowerBound), .date(period.upperBound)]
    ) { columns in
      let number = try columns.int(0)
      var session = try SessionTexts.Session(columns)
      while nextEncounter < encounters.count, encounters[nextEncounter].0 <= number {
        if encounters[nextEncounter].0 == number {
          session.encounters.append(encounters[nextEncounter].1)
        }
        nextEncounter += 1
      }
      while nextTag < tags.count, tags[nextTag].0 <= number {
        if tags[nextTag].0 == number { session.tags.append(tags[nextTag].1) }
        nextTag += 1
      }
      if texts.write(session, to: &lines.text) {
        lines.text.append(UInt8(ascii: "\n"))
        lines.lines.append(lines.ids.count)
      }
      lines.ids.append(session.id)
    }
    lines.text.append(contentsOf: repeatElement(0, count: PaddedBytes.padding))
    return lines
  }

  /// How many bytes a document with three students has, about.
  private static let usualDocumentSize = 3_000
}

extension SessionTexts.Session {
  /// The columns behind the number.
  fileprivate init(_ columns: Columns) throws {
    self.init()
    id = try columns.text(1)
    tutor = try columns.text(2)
    date = try columns.text(3)
    school = try columns.optionalText(4)
    description = try columns.optionalText(5)
    group = try columns.optionalText(6)
    start = try columns.text(7)
    end = try columns.optionalText(8)
    if let order = try columns.optionalText(9) {
      workOrder = (order, try columns.text(10))
    }
    facts = try columns.text(11)
  }
}
#endif
