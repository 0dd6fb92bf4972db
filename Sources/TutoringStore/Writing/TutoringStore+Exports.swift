#if Store
package import CEL
import GRDB
import PolicyEngine
package import TutoringSessions

extension TutoringStore {
  /// Decides an export of one session within its transaction: what is to be kept of it, or nil to leave it out.
  ///
  /// The number is the export's.
  package typealias DecidingExport =
    @Sendable (_ candidate: ExportCandidate, _ export: Int) throws -> Freezing?

  /// Exports sessions: each is decided, marked as exported, and frozen as it is, with its rows of the file, all in one
  /// transaction.
  ///
  /// - Parameters:
  ///   - ids: The ids of the sessions; deleted ones are left out, and those exported before and not corrected since.
  ///   - prepared: What was decided of these sessions before, which is used where no record has changed since.
  ///   - period: The first and last day that the export is for.
  ///   - policies: The digest of the policies that decide, which were added before.
  ///   - file: How the file is written; nil for an export without one.
  ///   - request: Names the form that was sent. Sent again, it gives the same export and does nothing.
  ///   - person: The id of the person who exports.
  ///   - time: The time of the event.
  ///   - deciding: Says what is to be kept of a session, or leaves it out.
  /// - Returns: The export with the sessions that went out.
  /// - Throws: What `deciding` throws, `ExportChanged` where the file is another than was expected, `NothingToExport`
  ///   where it would have nothing in it, and `StoreError`;
  ///   nothing was exported then.
  package func export(
    _ ids: [String], prepared: PreparedExport? = nil, for period: ClosedRange<CivilDate>,
    policies: String, file: ExportFile? = nil, request: String, by person: String?,
    at time: OffsetDateTime,
    deciding: @escaping DecidingExport
  ) async throws -> ExportRecord {
    let author = Authorship(request: request, person: person, at: time)
    return try await write {
      try $0.export(
        ids, prepared: prepared, for: period, policies: policies, file: file, by: author, deciding)
    }
  }
}

extension Database {
  /// How many sessions are read at once.
  private static let batch = 500

  /// Exports sessions within a transaction.
  func export(
    _ ids: [String], prepared: PreparedExport? = nil, for period: ClosedRange<CivilDate>,
    policies: String, file: ExportFile?, by author: Authorship,
    _ deciding: TutoringStore.DecidingExport
  ) throws -> ExportRecord {
    let name = SessionAction.export.name
    if let earlier = try earlierRequest(author, name, on: .session, nil),
      let id = Int(earlier.subject), let record = try export(id)
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
    var writer = ExportWriter(export: id, policies: policies, author: author)
    if let prepared, prepared.candidates.export == id,
      try lastEvent() == prepared.candidates.lastEvent
    {
      for (candidate, frozen) in zip(prepared.candidates.sessions, prepared.freezings) {
        if let frozen { try writer.write(frozen, of: candidate, to: self) }
      }
    } else {
      for start in stride(from: 0, to: ids.count, by: Self.batch) {
        for candidate in try exportCandidates(
          Array(ids[start..<min(start + Self.batch, ids.count)]))
        {
          guard let frozen = try deciding(candidate, id) else { continue }
          try writer.write(frozen, of: candidate, to: self)
        }
      }
    }
    if let file {
      guard writer.sessions > 0 else { throw NothingToExport() }
      try writer.finish(file, in: self)
    }
    try addRequest(author, name, on: .session, String(id), lastEvent: writer.lastEvent)
    guard let record = try export(id) else {
      throw StoreError.damaged("export \(id) is not there")
    }
    return record
  }
}

/// Writes what goes out with one export.
private struct ExportWriter {
  let export: Int
  let policies: String
  let author: Authorship
  private(set) var lastEvent: Int64?
  private(set) var sessions = 0
  private var rows: [String] = []

  init(export: Int, policies: String, author: Authorship) {
    self.export = export
    self.policies = policies
    self.author = author
  }

  /// Marks a session as exported, and keeps what was decided of it, with its rows.
  mutating func write(
    _ frozen: Freezing, of candidate: ExportCandidate, to database: Database
  ) throws {
    sessions += 1
    var session = candidate.session
    // What was corrected has been counted as going out again by its correction.
    if candidate.earlier == nil {
      let before = session
      session = try SessionLife.applying(.export, to: before)
      try database.markExported(session, number: candidate.number)
      lastEvent = try database.addEvent(
        SessionAction.export.name, on: .session, session.id, version: session.version,
        changes: session.changes(since: before), by: author)
    }
    try database.run(
      """
      INSERT INTO frozen_decisions (session, version, export, policies, today, document, explanation)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      .int(candidate.number), .int(session.version), .int(export), .text(policies),
      .date(frozen.today), .json(frozen.document), .json(frozen.explanation))
    for row in frozen.rows {
      try database.run(
        """
        INSERT INTO export_rows (export, position, session, version, entry, subject, line, minutes,
          totals, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        .int(export), .int(rows.count), .int(candidate.number), .int(session.version),
        .text(row.entry), .text(row.subject), .text(row.line), .int(row.minutes),
        .list(row.totals), .text(row.text))
      rows.append(row.text)
    }
  }

  /// Keeps how the file was written, and what it turned out to be.
  func finish(_ file: ExportFile, in database: Database) throws {
    let digest = ExportRecord.File.digest(header: file.header, rows: rows)
    if let expected = file.expectedDigest, expected != digest { throw ExportChanged() }
    try database.run(
      """
      INSERT INTO export_formats (digest, name, file, text, first_seen) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (digest) DO NOTHING
      """, .text(file.format), .text(file.name), .text(file.file), .text(file.text),
      .time(author.at))
    try database.run(
      """
      INSERT INTO export_files (export, format, header, digest, program, folder)
      VALUES (?, ?, ?, ?, ?, ?)
      """, .int(export), .text(file.format), .text(file.header), .text(digest),
      .text(file.program), .text(file.folder))
  }
}

extension ExportRecord.File {
  /// The file's text, from its lines.
  package static func text(header: String, rows: some Sequence<String>) -> String {
    var text = header + "\r\n"
    for row in rows { text += row + "\r\n" }
    return text
  }

  /// The SHA-256 of the file that these lines make.
  package static func digest(header: String, rows: some Sequence<String>) -> String {
    SHA256.hexDigest(of: Array(text(header: header, rows: rows).utf8))
  }
}

extension Database {
  /// Keeps that an exported session was corrected.
  func addCorrection(
    of number: Int, _ after: SessionRecord, _ before: SessionRecord, _ reason: String,
    _ event: Int64
  ) throws {
    try run(
      "INSERT INTO corrections (session, version, corrects, reason, event) VALUES (?, ?, ?, ?, ?)",
      .int(number), .int(after.version), .int(before.version), .text(reason), .int(event))
  }
}
#endif
