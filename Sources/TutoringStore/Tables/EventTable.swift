#if Store
import GRDB
import TutoringSessions

/// Who asks for a change, and when.
struct Authorship {
  let request: String
  let person: String?
  let at: OffsetDateTime
}

extension Database {
  /// Adds an event to the log; its place in the log is returned.
  func addEvent(
    _ action: String, on kind: SubjectKind, _ subject: String, version: Int,
    changes: [FieldChange], by author: Authorship
  ) throws -> Int64 {
    try run(
      """
      INSERT INTO events (subject_kind, subject, action, person, at, at_second, request, version,
        changes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      .text(kind.rawValue), .text(subject), .text(action), .text(author.person),
      .time(author.at), .second(author.at), .text(author.request), .int(version),
      .json(FactValue.list(changes.map(\.value)).jsonText))
    return lastInsertedRowID
  }

  /// The number of the last event of the log; 0 for none.
  ///
  /// Every change of a record adds one: as long as it is the last, all records are what they were.
  func lastEvent() throws -> Int64 {
    let last = try first("SELECT max(sequence) FROM events") { try $0.optionalInt(0) }
    return Int64((last ?? nil) ?? 0)
  }

  /// The events that the end of a query finds.
  func events(_ condition: String, _ values: [SQLValue]) throws -> [Event] {
    try rows(
      """
      SELECT sequence, subject_kind, subject, action, person, at, request, version, changes
      FROM events \(condition)
      """, values, make: Event.init)
  }
}

extension Event {
  fileprivate init(_ columns: Columns) throws {
    guard let kind = SubjectKind(rawValue: try columns.text(1)) else {
      throw columns.damaged(1, "a known kind")
    }
    guard case .list(let changes)? = FactValue(json: try columns.text(8)) else {
      throw columns.damaged(8, "changes")
    }
    self.init(
      sequence: Int64(try columns.int(0)), kind: kind, subject: try columns.text(2),
      action: try columns.text(3), person: try columns.optionalText(4), at: try columns.time(5),
      request: try columns.optionalText(6), version: try columns.int(7),
      changes: try changes.map {
        guard let change = FieldChange($0) else { throw columns.damaged(8, "changes") }
        return change
      })
  }
}

extension FieldChange {
  /// The change as events keep it.
  fileprivate var value: FactValue {
    var members: [String: FactValue] = ["path": .list(path.map { .text($0) })]
    members["before"] = before
    members["after"] = after
    return .object(members)
  }

  fileprivate init?(_ value: FactValue) {
    guard let members = value.members, case .list(let path)? = members["path"] else { return nil }
    self.init(
      path: path.compactMap(\.text), before: members["before"], after: members["after"])
  }
}
#endif
