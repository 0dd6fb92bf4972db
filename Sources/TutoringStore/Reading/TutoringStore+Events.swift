#if Store
package import TutoringSessions

/// Which events of the log are asked for; what is nil limits nothing.
package struct EventFilter: Hashable, Sendable {
  /// The kind of record that they are about.
  package var kind: SubjectKind?
  /// The record's id.
  package var subject: String?
  /// The id of the person who did it.
  package var person: String?
  /// The action's name.
  package var action: String?
  /// The earliest time.
  package var from: OffsetDateTime?
  /// The first time that is too late.
  package var before: OffsetDateTime?

  /// All events, but for what is given.
  package init(
    kind: SubjectKind? = nil, subject: String? = nil, person: String? = nil,
    action: String? = nil, from: OffsetDateTime? = nil, before: OffsetDateTime? = nil
  ) {
    self.kind = kind
    self.subject = subject
    self.person = person
    self.action = action
    self.from = from
    self.before = before
  }
}

extension TutoringStore {
  /// The events of one record, the oldest first.
  package func events(of kind: SubjectKind, _ id: String) async throws -> [Event] {
    try await read {
      try $0.events(
        "WHERE subject_kind = ? AND subject = ? ORDER BY sequence",
        [.text(kind.rawValue), .text(id)])
    }
  }

  /// Events of the log that a filter lets through, the newest first.
  ///
  /// - Parameters:
  ///   - filter: Which events are asked for.
  ///   - limit: How many at most.
  ///   - sequence: The last event of the page before, which this one starts behind; nil for the first page.
  /// - Returns: The events.
  /// - Throws: `StoreError` when the records can't be read.
  package func events(
    _ filter: EventFilter, limit: Int, after sequence: Int64? = nil
  ) async throws -> [Event] {
    var parts = ["1"]
    var values: [SQLValue] = []
    func add(_ part: String, _ value: SQLValue) {
      parts.append(part)
      values.append(value)
    }
    if let kind = filter.kind { add("subject_kind = ?", .text(kind.rawValue)) }
    if let subject = filter.subject { add("subject = ?", .text(subject)) }
    if let person = filter.person { add("person = ?", .text(person)) }
    if let action = filter.action { add("action = ?", .text(action)) }
    if let from = filter.from { add("at_second >= ?", .second(from)) }
    if let before = filter.before { add("at_second < ?", .second(before)) }
    if let sequence { add("sequence < ?", .int(sequence)) }
    let condition =
      "WHERE \(parts.joined(separator: " AND ")) ORDER BY sequence DESC LIMIT ?"
    let all = values + [.int(limit)]
    return try await read { try $0.events(condition, all) }
  }
}
#endif
