#if Store
package import CEL
import GRDB
package import TutoringSessions

extension TutoringStore {
  /// Decides an export of one session within its transaction: what is to be kept of it, or nil to leave it out.
  package typealias DecidingExport = @Sendable (Proposal) throws -> Freezing?

  /// Exports sessions: each is decided, marked as exported, and frozen as it is, all in one transaction.
  ///
  /// - Parameters:
  ///   - ids: The ids of the sessions; deleted ones and those exported before are left out.
  ///   - period: The first and last day that the export is for.
  ///   - policies: The digest of the policies that decide, which were added before.
  ///   - request: Names the form that was sent. Sent again, it gives the same export and does nothing.
  ///   - person: The id of the person who exports.
  ///   - time: The time of the event.
  ///   - deciding: Says what is to be kept of a session, or leaves it out.
  /// - Returns: The export with the sessions that went out.
  /// - Throws: What `deciding` throws, and `StoreError`; nothing was exported then.
  package func export(
    _ ids: [String], for period: ClosedRange<CivilDate>, policies: String, request: String,
    by person: String?, at time: OffsetDateTime, deciding: @escaping DecidingExport
  ) async throws -> ExportRecord {
    let author = Authorship(request: request, person: person, at: time)
    return try await write {
      try $0.export(ids, for: period, policies: policies, by: author, deciding)
    }
  }

  /// All exports, the newest first.
  package func exports() async throws -> [ExportRecord] { try await read { try $0.exports(nil) } }

  /// What was frozen of a session, one for each version that went out, the oldest first.
  package func frozenDecisions(of id: String) async throws -> [FrozenDecision] {
    try await read { database in
      try database.rows(
        """
        SELECT frozen_decisions.version, policies, today, document, explanation, export
        FROM frozen_decisions JOIN sessions ON session = number
        WHERE sessions.id = ? ORDER BY frozen_decisions.version
        """, .text(id)
      ) {
        FrozenDecision(
          version: try $0.int(0), policies: try $0.text(1), today: try $0.date(2),
          document: try $0.text(3), explanation: try $0.text(4), export: try $0.optionalInt(5))
      }
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
  /// Exports sessions within a transaction.
  func export(
    _ ids: [String], for period: ClosedRange<CivilDate>, policies: String, by author: Authorship,
    _ deciding: TutoringStore.DecidingExport
  ) throws -> ExportRecord {
    let name = SessionAction.export.name
    if let earlier = try earlierRequest(author, name, on: .session, nil),
      let id = Int(earlier.subject), let record = try exports(id).first
    {
      return record
    }
    try run(
      """
      INSERT INTO exports (at, person, first_day, last_day, policies, summary)
      VALUES (?, ?, ?, ?, ?, '{}')
      """, .time(author.at), .text(author.person), .date(period.lowerBound),
      .date(period.upperBound), .text(policies))
    let id = Int(lastInsertedRowID)
    var lastEvent: Int64?
    let sessions = try sessions(
      where: "id IN (SELECT value FROM json_each(?)) AND stage = 'finished'", [.list(ids)])
    for session in sessions {
      lastEvent = try export(session, id, policies, by: author, deciding) ?? lastEvent
    }
    try addRequest(author, name, on: .session, String(id), lastEvent: lastEvent)
    guard let record = try exports(id).first else {
      throw StoreError.damaged("export \(id) is not there")
    }
    return record
  }

  /// Exports one session; the place of its event, or nil when it was left out.
  fileprivate func export(
    _ stored: StoredSession, _ export: Int, _ policies: String, by author: Authorship,
    _ deciding: TutoringStore.DecidingExport
  ) throws -> Int64? {
    let after = try SessionLife.applying(.export, to: stored.record)
    let proposal = Proposal(
      action: SessionAction.export.name, before: stored.record, session: after,
      surroundings: try surroundings(of: [after]))
    guard let frozen = try deciding(proposal) else { return nil }
    try update(after, from: stored.record, number: stored.number)
    let event = try addEvent(
      SessionAction.export.name, on: .session, after.id, version: after.version,
      changes: after.changes(since: stored.record), by: author)
    try run(
      """
      INSERT INTO frozen_decisions (session, version, export, policies, today, document, explanation)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      .int(stored.number), .int(after.version), .int(export), .text(policies), .date(frozen.today),
      .json(frozen.document), .json(frozen.explanation))
    return event
  }

  /// Keeps that an exported session was corrected.
  func addCorrection(
    of number: Int, _ after: SessionRecord, _ before: SessionRecord, _ reason: String,
    _ event: Int64
  ) throws {
    try run(
      "INSERT INTO corrections (session, version, corrects, reason, event) VALUES (?, ?, ?, ?, ?)",
      .int(number), .int(after.version), .int(before.version), .text(reason), .int(event))
  }

  /// The export of an id, or all for nil, the newest first.
  fileprivate func exports(_ id: Int?) throws -> [ExportRecord] {
    let condition = id == nil ? "" : "WHERE exports.id = ?"
    var sessions: [Int: [String]] = [:]
    let rows = try rows(
      """
      SELECT export, sessions.id FROM frozen_decisions JOIN sessions ON session = number
      WHERE export IS NOT NULL ORDER BY export, number
      """
    ) { (try $0.int(0), try $0.text(1)) }
    for (export, session) in rows { sessions[export, default: []].append(session) }
    return try self.rows(
      """
      SELECT id, at, person, first_day, last_day, policies FROM exports \(condition)
      ORDER BY id DESC
      """, id.map { [.int($0)] } ?? []
    ) {
      let id = try $0.int(0)
      return ExportRecord(
        id: id, at: try $0.time(1), person: try $0.optionalText(2), from: try $0.date(3),
        through: try $0.date(4), policies: try $0.text(5), sessions: sessions[id, default: []])
    }
  }
}
#endif
