#if Server
import TutoringServer
import TutoringSessions
import TutoringStore

extension Actor {
  /// Somebody who does something from the command line, by the login.
  ///
  /// - Throws: A message for people, where nobody signs in so.
  init(login: String, in store: TutoringStore) async throws {
    guard let person = try await store.credentials(login: login)?.person, person.isActive else {
      throw Failure("nobody signs in as '\(login)'")
    }
    self.init(person: person.id, name: person.name, roles: person.roles)
  }
}

extension ServiceError {
  /// What is wrong, in sentences.
  var sentences: String {
    switch self {
    case .notFound: "there is no such thing"
    case .notAllowed: "this person may not do that"
    case .invalid(let mistakes): mistakes.map(\.message).joined(separator: " ")
    case .refused(let refusal): refusal.reasons.map(\.text).joined(separator: " ")
    case .impossible(let refusal, _): refusal.sentence
    case .changedMeanwhile: "somebody has changed this meanwhile"
    }
  }
}
#endif
