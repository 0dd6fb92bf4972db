#if Server
import Diagnostics
import TutoringSessions
import TutoringStore

extension PolicyKeeper.Taken {
  /// The policies with their files, as the store keeps them.
  var version: PolicyVersion { version(by: nil) }

  /// The same, with the id of the person who brought them.
  func version(by person: String?) -> PolicyVersion {
    PolicyVersion(
      digest: digest, firstSeen: since, person: person,
      files: Dictionary(
        sources.map { source in
          (source.lastName, String(decoding: source.bytes, as: UTF8.self))
        }
      ) { first, _ in first })
  }
}
#endif
