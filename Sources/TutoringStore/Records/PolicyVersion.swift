#if Store
package import TutoringSessions

/// A set of policies that decided for the district at some time.
package struct PolicyVersion: Hashable, Sendable, Identifiable {
  /// What tells it from others: the digest of its files.
  package let digest: String
  /// When it was first in force here.
  package let firstSeen: OffsetDateTime
  /// The id of the person who brought it, where that is known.
  package let person: String?
  /// Its files: the text of each by its name.
  package let files: [String: String]

  package var id: String { digest }

  /// A version with all its files.
  package init(
    digest: String, firstSeen: OffsetDateTime, person: String? = nil, files: [String: String]
  ) {
    self.digest = digest
    self.firstSeen = firstSeen
    self.person = person
    self.files = files
  }
}
#endif
