#if Server
package import Diagnostics
import PolicyEngine
package import SchoolData
import TutoringSessions
package import TutoringStore

extension DistrictService {
  /// What an import of some files would do.
  package func rosterPreview(_ files: [Source], for actor: Actor) async throws -> RosterPlan {
    guard actor.changesAllSessions else { throw ServiceError.notAllowed }
    let current = try await store.districtRecords()
    let history = try await store.importHistory()
    let roster = RosterReader.read(
      files, schema: keeper.current.policies.vocabulary.schema,
      schools: Set(current.schools.keys))
    return RosterPlan(
      roster, current: current, byHand: history.byHand, imported: history.imported)
  }

  /// Takes files over: what is right in them goes in, all or nothing, and what is wrong is told.
  ///
  /// - Parameters:
  ///   - files: The files.
  ///   - request: Names the form that was sent; sent again, it does nothing.
  ///   - isStrict: Whether nothing goes in where something is wrong.
  ///   - actor: Who imports.
  /// - Returns: What was done, and what is kept of it; nil where there was nothing to do.
  /// - Throws: `ServiceError`; nothing was imported then.
  package func importRosters(
    _ files: [Source], request: String, isStrict: Bool = false, by actor: Actor
  ) async throws -> (plan: RosterPlan, record: ImportRecord?) {
    let plan = try await rosterPreview(files, for: actor)
    let request = try checked(request)
    guard !plan.isEmpty, !isStrict || !plan.diagnostics.hasErrors else { return (plan, nil) }
    let listing = files.map { "\(SHA256.hexDigest(of: $0.bytes))  \($0.name)" }.sorted()
    let record = try await counted("import") {
      do {
        return try await store.importRecords(
          plan.records, digest: SHA256.hexDigest(of: Array(listing.joined(separator: "\n").utf8)),
          summary: plan.summary, request: request, by: actor.person, at: judge(for: actor).now)
      } catch let error as StaleRecord {
        throw ServiceError.invalid([
          InputMistake(
            "files",
            """
            Somebody has changed \(error.kind.words) '\(error.id)' meanwhile. Nothing was imported: \
            look at the preview again.
            """)
        ])
      }
    }
    return (plan, record)
  }

  /// All imports, the newest first.
  package func imports(for actor: Actor) async throws -> [ImportRecord] {
    guard actor.seesAllSessions else { throw ServiceError.notAllowed }
    return try await store.imports()
  }
}

extension RosterPlan {
  /// How much it does.
  var summary: [String: Int] {
    [
      "added": added.count, "changed": changed.count, "gone": gone.count, "kept": kept.count,
      "mistakes": diagnostics.count { $0.severity == .error },
    ]
  }
}
#endif
