#if Store
import GRDB
package import SchoolData
package import TutoringSessions

/// Rosters that were taken over.
package struct ImportRecord: Hashable, Sendable, Identifiable {
  /// Counts the imports, from 1 on.
  package let id: Int
  /// When it was done.
  package let at: OffsetDateTime
  /// The id of the person who did it.
  package let person: String?
  /// What tells its files from others: a digest of all of them.
  package let digest: String
  /// What it did: how many records were added, changed, gone and kept as they were by hand, and how many mistakes there
  /// were.
  package let summary: [String: Int]
}

extension TutoringStore {
  /// All records that rosters speak of.
  package func districtRecords() async throws -> DistrictRecords {
    try await read { database in
      var records = DistrictRecords()
      func byID<Record: StoredRecord>(_ type: Record.Type) throws -> [String: Record] {
        Dictionary(try type.table.fetch(nil, database).map { ($0.id, $0) }) { first, _ in first }
      }
      records.schools = try byID(SchoolRecord.self)
      records.people = try byID(PersonRecord.self)
      records.students = try byID(StudentRecord.self)
      records.groups = try byID(GroupRecord.self)
      records.workOrders = try byID(WorkOrderRecord.self)
      return records
    }
  }

  /// Which records came with an import, and which fields of any somebody has changed by hand.
  package func importHistory() async throws -> (
    imported: Set<RosterKey>, byHand: [RosterKey: Set<[String]>]
  ) {
    try await read { database in
      // By kind, which an index has: sessions have many more events.
      let kinds = SQLValue.list(RosterKind.allCases.map(\.rawValue))
      let ofKinds = "subject_kind IN (SELECT value FROM json_each(?))"
      let imported = try database.rows(
        """
        SELECT DISTINCT subject_kind, subject FROM events
        WHERE \(ofKinds) AND action LIKE 'import-%'
        """, kinds
      ) { try RosterKey($0) }
      let edits = try database.events(
        "WHERE \(ofKinds) AND action LIKE 'edit-%' ORDER BY sequence", [kinds])
      var byHand: [RosterKey: Set<[String]>] = [:]
      for edit in edits {
        guard let kind = RosterKind(rawValue: edit.kind.rawValue) else { continue }
        byHand[RosterKey(kind, edit.subject), default: []].formUnion(edit.changes.map(\.path))
      }
      return (Set(imported.compactMap(\.self)), byHand)
    }
  }

  /// Takes over records as rosters have them, all or none, each with its event.
  ///
  /// - Parameters:
  ///   - records: The records to be added, or put in the place of the very revisions that they have.
  ///   - digest: What tells the files from others.
  ///   - summary: What the import does.
  ///   - request: Names the form that was sent. Sent again, it gives the same import and does nothing.
  ///   - person: The id of the person who imports.
  ///   - time: The time of the events.
  /// - Returns: What is kept of the import.
  /// - Throws: `StaleRecord` where somebody has changed one of them meanwhile, and `StoreError`.
  package func importRecords(
    _ records: DistrictRecords, digest: String, summary: [String: Int], request: String,
    by person: String?, at time: OffsetDateTime
  ) async throws -> ImportRecord {
    let author = Authorship(request: request, person: person, at: time)
    return try await write { database in
      if let earlier = try database.earlierRequest(author, "import", on: .school, nil),
        let id = Int(earlier.subject), let record = try database.imports(id).first
      {
        return record
      }
      // With SQLite's usual two megabytes, pages of the indexes are written and read again and again.
      try database.execute(sql: "PRAGMA cache_size = -24000")
      defer { try? database.execute(sql: "PRAGMA cache_size = -2000") }
      var lastEvent: Int64?
      func keep<Record: StoredRecord>(_ records: [String: Record]) throws {
        let current = try Record.byID(records.keys, in: database)
        for (id, record) in records.sorted(by: { $0.key < $1.key }) {
          lastEvent =
            try database.keep(record, over: current[id], by: author, as: "import").event
            ?? lastEvent
        }
      }
      // What others refer to comes first.
      try keep(records.schools)
      try keep(records.people)
      try keep(records.students)
      try keep(records.groups)
      try keep(records.workOrders)
      try database.run(
        "INSERT INTO imports (kind, at, person, digest, summary) VALUES ('rosters', ?, ?, ?, ?)",
        .time(time), .text(person), .text(digest),
        .facts(summary.mapValues { .int(Int64($0)) }))
      let id = Int(database.lastInsertedRowID)
      try database.addRequest(author, "import", on: .school, String(id), lastEvent: lastEvent)
      guard let record = try database.imports(id).first else {
        throw StoreError.damaged("import \(id) is not there")
      }
      return record
    }
  }

  /// All imports, the newest first.
  package func imports() async throws -> [ImportRecord] {
    try await read { try $0.imports(nil) }
  }
}

extension Database {
  /// The import of an id, or all for nil, the newest first.
  fileprivate func imports(_ id: Int?) throws -> [ImportRecord] {
    try rows(
      """
      SELECT id, at, person, digest, summary FROM imports \(id == nil ? "" : "WHERE id = ?")
      ORDER BY id DESC
      """, id.map { [.int($0)] } ?? []
    ) {
      ImportRecord(
        id: try $0.int(0), at: try $0.time(1), person: try $0.optionalText(2),
        digest: try $0.text(3),
        summary: try $0.facts(4).compactMapValues { value in
          if case .int(let number) = value { Int(number) } else { nil }
        })
    }
  }
}

extension RosterKey {
  fileprivate init?(_ columns: Columns) throws {
    guard let kind = RosterKind(rawValue: try columns.text(0)) else { return nil }
    self.init(kind, try columns.text(1))
  }
}
#endif
