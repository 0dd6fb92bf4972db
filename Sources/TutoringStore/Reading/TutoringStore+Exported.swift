#if Store
package import CEL
import GRDB
import TutoringSessions

extension TutoringStore {
  /// All exports, the newest first.
  package func exports() async throws -> [ExportRecord] {
    try await read { try $0.exports("ORDER BY exports.id DESC", []) }
  }

  /// The export of an id; nil when there is none.
  package func export(_ id: Int) async throws -> ExportRecord? {
    try await read { try $0.export(id) }
  }

  /// The rows of an export with the ids and versions of their sessions, in the order of the file.
  package func rows(
    ofExport id: Int
  ) async throws -> [(session: String, version: Int, row: ExportedRow)] {
    try await read { try $0.exportRows("WHERE export = ? ORDER BY position", [.int(id)]) }
  }

  /// The rows that went out for a session, with their exports, the oldest first.
  package func exportedRows(of session: String) async throws -> [(export: Int, row: ExportedRow)] {
    try await read { database in
      try database.rows(
        """
        SELECT entry, subject, line, minutes, totals, text, export FROM export_rows
        JOIN sessions ON session = number WHERE sessions.id = ? ORDER BY export, position
        """, .text(session)
      ) { (try $0.int(6), try ExportedRow($0)) }
    }
  }

  /// The text of a format that an export was written by; nil when there is none of that digest.
  package func exportFormat(
    _ digest: String
  ) async throws -> (name: String, file: String, text: String)? {
    try await read { database in
      try database.first(
        "SELECT name, file, text FROM export_formats WHERE digest = ?", .text(digest)
      ) { (try $0.text(0), try $0.text(1), try $0.text(2)) }
    }
  }

  /// The sessions that may be exported for a period, with what decides that, in the order of their numbers.
  ///
  /// They are those of the period that have ended, and those of any day until its end that were corrected since they
  /// went out. They are read by several readers at once; where something is changed meanwhile, by one once more.
  package func exportCandidates(
    for period: ClosedRange<CivilDate>
  ) async throws -> ExportCandidates {
    let (ids, export, lastEvent) = try await read { database in
      (
        try database.exportCandidateIDs(for: period), try database.nextExport(),
        try database.lastEvent()
      )
    }
    let size = max(Self.leastCandidates, (ids.count + Self.readers - 1) / Self.readers)
    let parts = try await withThrowingTaskGroup(of: (Int, [ExportCandidate], Int64).self) { group in
      for start in stride(from: 0, to: ids.count, by: size) {
        let part = Array(ids[start..<min(start + size, ids.count)])
        group.addTask {
          try await self.read {
            (start, try $0.exportCandidates(part), try $0.lastEvent())
          }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    guard parts.allSatisfy({ $0.2 == lastEvent }) else {
      return try await read { database in
        ExportCandidates(
          sessions: try database.exportCandidates(try database.exportCandidateIDs(for: period)),
          export: try database.nextExport(), lastEvent: try database.lastEvent())
      }
    }
    return ExportCandidates(
      sessions: parts.sorted { $0.0 < $1.0 }.flatMap(\.1), export: export, lastEvent: lastEvent)
  }

  /// How many readers read candidates at once, and how many candidates are worth one.
  private static let (readers, leastCandidates) = (4, 1_000)

  /// How many sessions before a day have ended and never went out.
  package func unexportedSessions(before day: CivilDate) async throws -> Int {
    try await read { database in
      try database.first(
        "SELECT count(*) FROM sessions WHERE stage = 'finished' AND date < ?", .date(day)
      ) { try $0.int(0) } ?? 0
    }
  }

  /// What was frozen with an export, by the ids of the sessions, in the order of their numbers.
  package func frozenDecisions(
    ofExport id: Int
  ) async throws -> [(session: String, frozen: FrozenDecision)] {
    try await read { database in
      try database.frozen("WHERE export = ? ORDER BY number", [.int(id)])
    }
  }

  /// What was frozen of a session, one for each version that went out, the oldest first.
  package func frozenDecisions(of id: String) async throws -> [FrozenDecision] {
    try await read { database in
      try database.frozen(
        "WHERE sessions.id = ? ORDER BY frozen_decisions.version", [.text(id)]
      ).map(\.frozen)
    }
  }

  /// The corrections of a session, the oldest first.
  package func corrections(of id: String) async throws -> [CorrectionRecord] {
    try await read { database in
      try database.rows(
        """
        SELECT corrections.version, corrects, reason, event
        FROM corrections JOIN sessions ON session = number
        WHERE sessions.id = ? ORDER BY corrections.version
        """, .text(id)
      ) {
        CorrectionRecord(
          version: try $0.int(0), corrects: try $0.int(1), reason: try $0.text(2),
          event: Int64(try $0.int(3)))
      }
    }
  }
}

extension Database {
  /// The ids of the sessions that may be exported for a period, in the order of their numbers.
  fileprivate func exportCandidateIDs(for period: ClosedRange<CivilDate>) throws -> [String] {
    try rows(
      """
      SELECT id, number FROM sessions WHERE stage = 'finished' AND date BETWEEN ? AND ?
      UNION ALL
      SELECT id, number FROM sessions WHERE stage = 'exported' AND date <= ?
        AND number IN (SELECT session FROM corrections WHERE version >
          (SELECT coalesce(max(version), 0) FROM frozen_decisions
           WHERE frozen_decisions.session = corrections.session))
      ORDER BY number
      """, .date(period.lowerBound), .date(period.upperBound), .date(period.upperBound)
    ) { try $0.text(0) }
  }

  /// The number that the next export gets.
  fileprivate func nextExport() throws -> Int {
    let last = try first("SELECT max(id) FROM exports") { try $0.optionalInt(0) }
    return ((last ?? nil) ?? 0) + 1
  }

  /// Those of some sessions that may be exported, in the order of their numbers, in as many statements for many as
  /// for one.
  func exportCandidates(_ ids: [String]) throws -> [ExportCandidate] {
    let stored = try sessions(
      where: """
        id IN (SELECT value FROM json_each(?)) AND (stage = 'finished' OR stage = 'exported')
        """, [.list(ids)])
    let surroundings = try surroundings(of: stored.map(\.record))
    let exported = stored.filter { $0.record.stage == .exported }
    let earlier = try earlier(exported)
    return stored.compactMap { session in
      let found = earlier[session.number]
      // What went out and was not corrected since has nothing to add.
      guard session.record.stage == .finished || found != nil else { return nil }
      return ExportCandidate(
        number: session.number, session: session.record, surroundings: surroundings,
        earlier: found)
    }
  }

  /// What went out before of sessions that were corrected since, by the numbers of their rows.
  private func earlier(
    _ sessions: [StoredSession]
  ) throws -> [Int: ExportCandidate.Earlier] {
    guard !sessions.isEmpty else { return [:] }
    let numbers = Dictionary(uniqueKeysWithValues: sessions.map { ($0.record.id, $0.number) })
    var last: [Int: FrozenDecision] = [:]
    for (id, frozen) in try frozen(
      """
      WHERE number IN (SELECT value FROM json_each(?)) ORDER BY frozen_decisions.version
      """, [.numbers(sessions.map(\.number))])
    {
      if let number = numbers[id] { last[number] = frozen }
    }
    var lastRows: [Int: [ExportedRow]] = [:]
    for (id, version, row) in try exportRows(
      "WHERE session IN (SELECT value FROM json_each(?)) ORDER BY export, position",
      [.numbers(sessions.map(\.number))])
    {
      if let number = numbers[id], version == last[number]?.version {
        lastRows[number, default: []].append(row)
      }
    }
    var earlier: [Int: ExportCandidate.Earlier] = [:]
    let corrections = try rows(
      """
      SELECT session, version, reason FROM corrections
      WHERE session IN (SELECT value FROM json_each(?)) ORDER BY session, version
      """, .numbers(sessions.map(\.number))
    ) { (try $0.int(0), try $0.int(1), try $0.text(2)) }
    for (number, version, reason) in corrections where version > last[number]?.version ?? 0 {
      earlier[number] = ExportCandidate.Earlier(
        frozen: last[number], rows: lastRows[number, default: []],
        reasons: (earlier[number]?.reasons ?? []) + [reason])
    }
    return earlier
  }

  /// What was frozen, with the ids of the sessions.
  fileprivate func frozen(
    _ condition: String, _ values: [SQLValue]
  ) throws -> [(session: String, frozen: FrozenDecision)] {
    try rows(
      """
      SELECT sessions.id, frozen_decisions.version, policies, today, document, explanation, export
      FROM frozen_decisions JOIN sessions ON session = number \(condition)
      """, values
    ) {
      (
        try $0.text(0),
        FrozenDecision(
          version: try $0.int(1), policies: try $0.text(2), today: try $0.date(3),
          document: try $0.text(4), explanation: try $0.text(5), export: try $0.optionalInt(6))
      )
    }
  }

  fileprivate func exportRows(
    _ condition: String, _ values: [SQLValue]
  ) throws -> [(session: String, version: Int, row: ExportedRow)] {
    try rows(
      """
      SELECT entry, subject, line, minutes, totals, text, sessions.id, export_rows.version
      FROM export_rows JOIN sessions ON session = number \(condition)
      """, values
    ) { (try $0.text(6), try $0.int(7), try ExportedRow($0)) }
  }

  /// The export of an id; nil when there is none.
  func export(_ id: Int) throws -> ExportRecord? {
    try exports("WHERE exports.id = ?", [.int(id)]).first
  }

  fileprivate func exports(_ condition: String, _ values: [SQLValue]) throws -> [ExportRecord] {
    try rows(
      """
      SELECT exports.id, at, person, first_day, last_day, policies,
        (SELECT count(*) FROM frozen_decisions WHERE export = exports.id),
        export_formats.name, export_files.format, header, export_files.digest, program, folder,
        (SELECT count(*) FROM export_rows WHERE export = exports.id),
        (SELECT coalesce(sum(minutes), 0) FROM export_rows WHERE export = exports.id)
      FROM exports LEFT JOIN export_files ON export_files.export = exports.id
        LEFT JOIN export_formats ON export_formats.digest = export_files.format
      \(condition)
      """, values
    ) { columns in
      var file: ExportRecord.File?
      if let name = try columns.optionalText(7) {
        file = ExportRecord.File(
          name: name, format: try columns.text(8), header: try columns.text(9),
          digest: try columns.text(10), program: try columns.text(11),
          folder: try columns.text(12), rows: try columns.int(13), minutes: try columns.int(14))
      }
      return ExportRecord(
        id: try columns.int(0), at: try columns.time(1), person: try columns.optionalText(2),
        from: try columns.date(3), through: try columns.date(4), policies: try columns.text(5),
        sessions: try columns.int(6), file: file)
    }
  }
}

extension ExportedRow {
  fileprivate init(_ columns: Columns) throws {
    self.init(
      entry: try columns.text(0), subject: try columns.text(1), line: try columns.text(2),
      minutes: try columns.int(3), totals: try columns.texts(4), text: try columns.text(5))
  }
}
#endif
