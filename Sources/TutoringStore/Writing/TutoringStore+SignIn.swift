#if Store
package import TutoringSessions

/// What somebody signs in with.
package struct Credentials: Hashable, Sendable {
  /// The person.
  package let person: PersonRecord
  /// The text that the password's hash was kept as; nil for somebody who has none.
  package let passwordHash: String?
}

extension TutoringStore {
  /// Who signs in by a login, whose case does not count; nil when nobody does, or no longer.
  package func credentials(login: String) async throws -> Credentials? {
    try await read { database in
      let row = try database.first(
        "SELECT id, password FROM people WHERE login = ? AND is_active = 1", .text(login)
      ) { (try $0.text(0), try $0.optionalText(1)) }
      guard let (id, hash) = row, let person = try PersonRecord.find(id, in: database) else {
        return nil
      }
      return Credentials(person: person, passwordHash: hash)
    }
  }

  /// Keeps the hash of a person's password, and signs the person out everywhere; nil takes it away.
  ///
  /// The event tells that it was changed, and nothing of what it is.
  package func setPasswordHash(
    _ hash: String?, of person: String, request: String, by author: String?,
    at time: OffsetDateTime
  ) async throws {
    let author = Authorship(request: request, person: author, at: time)
    try await write { database in
      guard
        try database.earlierRequest(author, "set-password", on: .person, person) == nil
      else { return }
      guard let record = try PersonRecord.find(person, in: database) else {
        throw StoreError.missing(kind: .person, id: person)
      }
      try database.run("UPDATE people SET password = ? WHERE id = ?", .text(hash), .text(person))
      try database.run("DELETE FROM sign_ins WHERE person = ?", .text(person))
      let event = try database.addEvent(
        "set-password", on: .person, person, version: record.revision, changes: [], by: author)
      try database.addRequest(author, "set-password", on: .person, person, lastEvent: event)
    }
  }

  /// Keeps that a person signed in, by the hash of the token that the browser holds.
  package func addSignIn(
    tokenHash: String, person: String, at time: OffsetDateTime, until expiry: OffsetDateTime
  ) async throws {
    try await write { database in
      try database.run("DELETE FROM sign_ins WHERE expires_second <= ?", .second(time))
      try database.run(
        """
        INSERT INTO sign_ins (token_hash, person, created_second, expires_second)
        VALUES (?, ?, ?, ?)
        """, .text(tokenHash), .text(person), .second(time), .second(expiry))
    }
  }

  /// Who is signed in by a token at a time; nil when it is unknown, expired, or the person left.
  package func signedIn(
    tokenHash: String, at time: OffsetDateTime
  ) async throws -> PersonRecord? {
    try await glance { database in
      let id = try database.first(
        "SELECT person FROM sign_ins WHERE token_hash = ? AND expires_second > ?",
        .text(tokenHash), .second(time)
      ) { try $0.text(0) }
      guard let id, let person = try PersonRecord.find(id, in: database), person.isActive else {
        return nil
      }
      return person
    }
  }

  /// Forgets a sign-in.
  package func removeSignIn(tokenHash: String) async throws {
    try await write { try $0.run("DELETE FROM sign_ins WHERE token_hash = ?", .text(tokenHash)) }
  }
}
#endif
