#if Store
package import CEL
import GRDB
import TutoringSessions

/// What a verdict was made from: it is good as long as all of this is the same.
package struct VerdictKey: Hashable, Sendable {
  /// The session's version.
  package let version: Int
  /// What the records around it are told apart by: `Surroundings.revision(for:)`.
  package let surroundings: String
  /// The digest of the policies.
  package let policies: String
  /// The day decided for.
  package let today: CivilDate

  /// A key of these four.
  package init(version: Int, surroundings: String, policies: String, today: CivilDate) {
    self.version = version
    self.surroundings = surroundings
    self.policies = policies
    self.today = today
  }
}

extension TutoringStore {
  /// Remembers policies that came into force; those that were seen before keep their first time.
  package func addPolicyVersion(_ version: PolicyVersion) async throws {
    try await write { try $0.addPolicyVersion(version) }
  }

  /// All policies that were ever in force here, in the order in which they were first seen.
  package func policyVersions() async throws -> [PolicyVersion] {
    try await read { database in
      try database.rows(
        "SELECT digest, first_seen, person, files FROM policy_versions ORDER BY rowid"
      ) {
        PolicyVersion(
          digest: try $0.text(0), firstSeen: try $0.time(1), person: try $0.optionalText(2),
          files: try $0.facts(3).compactMapValues(\.text))
      }
    }
  }

  /// The verdicts kept for some sessions, each as the text that it was kept as, with its key.
  package func verdicts(
    of ids: [String]
  ) async throws -> [String: (key: VerdictKey, verdict: String)] {
    try await read { database in
      let rows = try database.rows(
        """
        SELECT sessions.id, verdicts.version, surroundings, policies, today, verdict
        FROM sessions JOIN verdicts ON verdicts.session = number
        WHERE sessions.id IN (SELECT value FROM json_each(?))
        """, .list(ids)
      ) { columns in
        let key = VerdictKey(
          version: try columns.int(1), surroundings: try columns.text(2),
          policies: try columns.text(3), today: try columns.date(4))
        return (try columns.text(0), (key, try columns.text(5)))
      }
      return Dictionary(uniqueKeysWithValues: rows)
    }
  }

  /// Keeps verdicts in place of those of older keys; sessions that are not there are passed over.
  package func keepVerdicts(
    _ verdicts: [String: (key: VerdictKey, verdict: String)]
  ) async throws {
    try await write { database in
      for (id, (key, verdict)) in verdicts {
        try database.run(
          """
          INSERT INTO verdicts (session, version, surroundings, policies, today, verdict)
          SELECT number, ?, ?, ?, ?, ? FROM sessions WHERE id = ?
          ON CONFLICT (session) DO UPDATE SET version = excluded.version,
            surroundings = excluded.surroundings, policies = excluded.policies,
            today = excluded.today, verdict = excluded.verdict
          """,
          .int(key.version), .text(key.surroundings), .text(key.policies), .date(key.today),
          .text(verdict), .text(id))
      }
    }
  }
}

extension Database {
  /// Remembers policies; those that were seen before keep their first time.
  func addPolicyVersion(_ version: PolicyVersion) throws {
    try run(
      """
      INSERT INTO policy_versions (digest, first_seen, person, files) VALUES (?, ?, ?, ?)
      ON CONFLICT (digest) DO NOTHING
      """,
      .text(version.digest), .time(version.firstSeen), .text(version.person),
      .facts(version.files.mapValues { .text($0) }))
  }
}
#endif
