#if Store
import GRDB
package import TutoringSessions

extension TutoringStore {
  /// Keeps a record as it was edited, with an event that tells what changed, in one transaction.
  ///
  /// A record of revision 0 is new. One of a later revision takes the place of that very revision.
  ///
  /// - Parameters:
  ///   - record: The record as it is to be.
  ///   - request: Names the form that was sent. Sent again, it does nothing and gives the record as it is.
  ///   - person: The id of the person who does it; nil for the program itself.
  ///   - time: The time of the event.
  /// - Returns: The record as it is kept, with its new revision; the same one when nothing was different.
  /// - Throws: `StaleRecord` when somebody else changed it since, or it is there already; `StoreError` when
  ///   it refers to what is not there.
  package func save<Record: StoredRecord>(
    _ record: Record, request: String, by person: String?, at time: OffsetDateTime
  ) async throws -> Record {
    let saved = try await save([record], request: request, by: person, at: time)
    guard let first = saved.first else {
      throw StoreError.missing(kind: Record.subjectKind, id: record.id)
    }
    return first
  }

  /// Keeps many records of a kind, all or none; the rest is as for one.
  package func save<Record: StoredRecord>(
    _ records: [Record], request: String, by person: String?, at time: OffsetDateTime
  ) async throws -> [Record] {
    let author = Authorship(request: request, person: person, at: time)
    let subject = records.count == 1 ? records.first?.id ?? "" : ""
    return try await write { database in
      if try database.earlierRequest(author, "save", on: Record.subjectKind, subject) != nil {
        let current = try Record.byID(records.map(\.id), in: database)
        return records.compactMap { current[$0.id] }
      }
      var lastEvent: Int64?
      let kept = try records.map { record in
        let (kept, event) = try database.keep(record, by: author)
        lastEvent = event ?? lastEvent
        return kept
      }
      try database.addRequest(author, "save", on: Record.subjectKind, subject, lastEvent: lastEvent)
      return kept
    }
  }

  /// An id that no record of a kind has, such as `G-13`: the prefix and the next number.
  package func unusedID<Record: StoredRecord>(
    for type: Record.Type, prefix: String
  ) async throws -> String {
    try await read { database in
      let numbers = try type.table.fetch(nil, database).compactMap { record in
        record.id.hasPrefix(prefix) ? Int(record.id.dropFirst(prefix.count)) : nil
      }
      return "\(prefix)\((numbers.max() ?? 0) + 1)"
    }
  }
}

extension Database {
  /// Writes a record with its event; neither when nothing is different.
  ///
  func keep<Record: StoredRecord>(
    _ record: Record, by author: Authorship
  ) throws -> (record: Record, event: Int64?) {
    try keep(record, over: try Record.find(record.id, in: self), by: author)
  }

  /// Writes a record in the place of the one that is there, nil for none, with its event; neither when nothing is
  /// different.
  ///
  /// `verb` says what was done, unless that is adding or editing.
  func keep<Record: StoredRecord>(
    _ record: Record, over current: Record?, by author: Authorship, as verb: String? = nil
  ) throws -> (record: Record, event: Int64?) {
    let revision = current?.revision ?? 0
    guard revision == record.revision else {
      throw StaleRecord(kind: Record.subjectKind, id: record.id, current: revision)
    }
    let changes = record.fields.changes(since: current?.fields ?? [:])
    if let current, changes.isEmpty { return (current, nil) }
    var kept = record
    kept.revision += 1
    try Record.table.put(kept, self)
    let event = try addEvent(
      "\(verb ?? (current == nil ? "add" : "edit"))-\(Record.subjectKind.rawValue)",
      on: Record.subjectKind, record.id, version: kept.revision, changes: changes, by: author)
    return (kept, event)
  }
}
#endif
