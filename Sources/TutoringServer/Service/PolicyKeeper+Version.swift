#if Server
import Diagnostics
import TutoringSessions
import TutoringStore

extension PolicyKeeper.Taken {
  /// The policies with their files, as the store keeps them.
  var version: PolicyVersion {
    PolicyVersion(
      digest: digest, firstSeen: since,
      files: Dictionary(
        sources.map { source in
          (
            source.name.split(separator: "/").last.map(String.init) ?? source.name,
            String(decoding: source.bytes, as: UTF8.self)
          )
        }
      ) { first, _ in first })
  }
}
#endif
