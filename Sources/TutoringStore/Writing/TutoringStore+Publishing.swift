#if Store
import GRDB
package import TutoringSessions

/// A change of the policies that somebody publishes.
package struct PolicyPublication {
  /// What it changes, by its meaning.
  package let changes: [FieldChange]
  /// The policies with it.
  package let version: PolicyVersion
  /// Writes the file.
  package let write: () throws -> Void

  /// A change with what writes it.
  package init(changes: [FieldChange], version: PolicyVersion, write: @escaping () throws -> Void) {
    self.changes = changes
    self.version = version
    self.write = write
  }
}

extension TutoringStore {
  /// Notes that somebody publishes a file of the policies, and has it written: both or neither.
  ///
  /// - Parameters:
  ///   - file: The name of the file.
  ///   - request: Names the form that was sent; sent again, nothing is written.
  ///   - person: The id of the person.
  ///   - time: When it is done.
  ///   - prepare: Says what is published where nothing stands against it. Nobody else publishes meanwhile.
  /// - Throws: What `prepare` throws, and `StoreError`: nothing is noted then.
  package func publish(
    _ file: String, request: String, by person: String, at time: OffsetDateTime,
    prepare: @escaping @Sendable () throws -> PolicyPublication
  ) async throws {
    let author = Authorship(request: request, person: person, at: time)
    // The file is written too, which can't be undone.
    try await writeAlone { database in
      guard try database.earlierRequest(author, "publish", on: .policyFile, file) == nil else {
        return
      }
      let publication = try prepare()
      let version =
        try database.first(
          "SELECT count(*) FROM events WHERE subject_kind = ? AND subject = ?",
          .text(SubjectKind.policyFile.rawValue), .text(file)
        ) { try $0.int(0) } ?? 0
      let event = try database.addEvent(
        "publish", on: .policyFile, file, version: version + 1, changes: publication.changes,
        by: author)
      try database.addRequest(author, "publish", on: .policyFile, file, lastEvent: event)
      try database.addPolicyVersion(publication.version)
      // Last: what can't be noted is not written.
      try publication.write()
    }
  }
}
#endif
