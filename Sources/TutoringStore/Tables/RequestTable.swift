#if Store
import GRDB
import TutoringSessions

/// What came of a form that was sent before.
struct EarlierRequest {
  let subject: String
  let lastEvent: Int64?
}

extension Database {
  /// What came of a request of this id; nil when there was none.
  ///
  /// - Throws: `StoreError.requestReused` when the request asked for something else, or somebody else sent it.
  func earlierRequest(
    _ author: Authorship, _ actions: String, on kind: SubjectKind, _ subject: String?
  ) throws -> EarlierRequest? {
    let found = try first(
      "SELECT subject_kind, subject, actions, person, last_event FROM requests WHERE id = ?",
      .text(author.request)
    ) { columns in
      let isSame =
        try columns.text(0) == kind.rawValue
        && (try subject == nil || columns.text(1) == subject)
        && (try columns.text(2) == actions) && (try columns.optionalText(3) == author.person)
      guard isSame else { throw StoreError.requestReused }
      return EarlierRequest(
        subject: try columns.text(1), lastEvent: try columns.optionalInt(4).map { Int64($0) })
    }
    return found
  }

  /// Remembers that a request was done.
  func addRequest(
    _ author: Authorship, _ actions: String, on kind: SubjectKind, _ subject: String,
    lastEvent: Int64?
  ) throws {
    try run(
      """
      INSERT INTO requests (id, subject_kind, subject, actions, person, last_event, at_second)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      .text(author.request), .text(kind.rawValue), .text(subject), .text(actions),
      .text(author.person), lastEvent.map { .int($0) } ?? .null, .second(author.at))
  }
}
#endif
