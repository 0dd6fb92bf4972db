#if Store
import GRDB
import TutoringSessions

extension TutoringStore {
  /// What is wrong with the database, each finding in a sentence; empty when all is well.
  ///
  /// The file is whole, references lead somewhere, every record can be read, and the events of every record,
  /// one after the other, give what is kept of it. People go on working meanwhile.
  package func check() async throws -> [String] {
    try await read { database in
      var findings = try database.rows("PRAGMA integrity_check") { try $0.text(0) }
        .filter { $0 != "ok" }.map { "the file is damaged: \($0)" }
      findings += try database.rows("PRAGMA foreign_key_check") { columns in
        "table '\(try columns.text(0))' refers to a record of '\(try columns.text(2))' that is not there"
      }
      findings += try database.checkSessions()
      findings += try database.checkRecords(of: SchoolRecord.self)
      findings += try database.checkRecords(of: PersonRecord.self)
      findings += try database.checkRecords(of: StudentRecord.self)
      findings += try database.checkRecords(of: GroupRecord.self)
      findings += try database.checkRecords(of: WorkOrderRecord.self)
      return findings
    }
  }
}

extension Database {
  /// What is wrong with sessions, compared with their events.
  fileprivate func checkSessions() throws -> [String] {
    try rows("SELECT id FROM sessions ORDER BY number") { try $0.text(0) }.flatMap { id in
      let history: History
      let record: SessionRecord?
      do {
        history = try self.history(of: .session, id)
        record = try session(id)?.record
      } catch let error as StoreError {
        return ["session '\(id)' can't be read: \(error)"]
      }
      guard let record else { return ["session '\(id)' is not there any more"] }
      var findings: [String] = []
      if history.versions != Array(1...max(1, record.version)) {
        findings.append(
          "session '\(id)' is of version \(record.version), and its events are not one for each version"
        )
      }
      if history.fields != record.fields {
        findings.append("session '\(id)' is not what its events made of it")
      }
      return findings
    }
  }

  /// What is wrong with the records of a kind, compared with their events.
  fileprivate func checkRecords<Record: StoredRecord>(of type: Record.Type) throws -> [String] {
    let kind = Record.subjectKind
    let records: [Record]
    do {
      records = try Record.table.fetch(nil, self)
    } catch let error as StoreError {
      return ["a \(kind.words) can't be read: \(error)"]
    }
    return try records.sorted { $0.id < $1.id }.compactMap { record in
      let history = try history(of: kind, record.id)
      return history.fields == record.fields && history.versions.last == record.revision
        ? nil : "\(kind.words) '\(record.id)' is not what its events made of it"
    }
  }

  /// What the events of a record make of it.
  private func history(of kind: SubjectKind, _ id: String) throws -> History {
    let events = try events(
      "WHERE subject_kind = ? AND subject = ? ORDER BY sequence",
      [.text(kind.rawValue), .text(id)])
    var history = History()
    for event in events {
      history.fields.apply(event.changes)
      history.versions.append(event.version)
    }
    return history
  }
}

/// What a record was by its events.
private struct History {
  var fields: [String: FactValue] = [:]
  var versions: [Int] = []
}
#endif
