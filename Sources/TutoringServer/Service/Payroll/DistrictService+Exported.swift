#if Server
package import PolicyEngine
import TutoringSessions
package import TutoringStore

/// What went out for a session with one export, as it was decided then.
package struct ExportedSession: Sendable {
  /// A version that went out.
  package struct Version: Sendable {
    /// What was frozen.
    package let frozen: FrozenDecision
    /// The export that it went out with.
    package let export: Int
    /// Why it was corrected; nil for what went out first.
    package let reason: String?
    /// The rows that went out with it.
    package let rows: [ExportedRow]
  }

  /// The session's id.
  package let session: String
  /// The export looked at.
  package let export: Int
  /// All versions that went out, the oldest first.
  package let versions: [Version]
  /// What was decided of the one that is looked at, explained once more by the policies of then; nil where they can't be
  /// read any more.
  package let explanation: Explanation?
  /// Whether the verdict comes out as it was frozen.
  package let isSame: Bool

  /// The version that is looked at.
  package var version: Version? { versions.first { $0.export == export } }
}

extension DistrictService {
  /// What went out for a session with an export.
  package func exportedSession(
    _ session: String, with export: Int, for actor: Actor
  ) async throws -> ExportedSession {
    guard actor.seesAllSessions else { throw ServiceError.notAllowed }
    let frozen = try await store.frozenDecisions(of: session)
    guard let own = frozen.first(where: { $0.export == export }),
      let record = try await store.export(export)
    else { throw ServiceError.notFound }
    let corrections = try await store.corrections(of: session)
    let rows = try await store.exportedRows(of: session)
    var last = 0
    var versions: [ExportedSession.Version] = []
    for decision in frozen {
      let reasons = corrections.filter { $0.version > last && $0.version <= decision.version }
        .map(\.reason)
      last = decision.version
      guard let export = decision.export else { continue }
      versions.append(
        ExportedSession.Version(
          frozen: decision, export: export,
          reason: reasons.isEmpty ? nil : reasons.joined(separator: "; "),
          rows: rows.filter { $0.export == export }.map(\.row)))
    }
    let again = try await ExportVerifier.explanation(of: own, in: record, store)
    return ExportedSession(
      session: session, export: export, versions: versions, explanation: again?.explanation,
      isSame: again?.isSame ?? false)
  }

  /// The names of all people by their ids.
  func peopleNames() async throws -> [String: String] {
    Dictionary(try await store.people().map { ($0.id, $0.name) }) { first, _ in first }
  }
}
#endif
