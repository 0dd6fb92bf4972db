#if Store
package import CEL
package import TutoringSessions

/// What an export keeps of a session for good: what was decided, on which facts, by which policies, and why.
package struct FrozenDecision: Hashable, Sendable {
  /// The session's version that was exported.
  package let version: Int
  /// The digest of the policies that decided.
  package let policies: String
  /// The day decided for.
  package let today: CivilDate
  /// The session document, as JSON.
  package let document: String
  /// The verdict and its explanation, as JSON.
  package let explanation: String
  /// The export that it went out with; nil for a correction that has not gone out yet.
  package let export: Int?
}

/// What whoever decides an export wants to be kept of a session.
package struct Freezing: Hashable, Sendable {
  /// The day decided for.
  package let today: CivilDate
  /// The session document, as JSON.
  package let document: String
  /// The verdict and its explanation, as JSON.
  package let explanation: String

  /// A document with its explanation, both as JSON objects, decided for a day.
  package init(today: CivilDate, document: String, explanation: String) {
    self.today = today
    self.document = document
    self.explanation = explanation
  }
}

/// Sessions that were exported together.
package struct ExportRecord: Hashable, Sendable, Identifiable {
  /// Counts the exports, from 1 on.
  package let id: Int
  /// When it was made.
  package let at: OffsetDateTime
  /// The id of the person who made it.
  package let person: String?
  /// The first day of the period.
  package let from: CivilDate
  /// The last day of the period.
  package let through: CivilDate
  /// The digest of the policies that decided.
  package let policies: String
  /// The ids of its sessions, in the order of their numbers.
  package let sessions: [String]
}

/// A change to a session that had been exported.
package struct CorrectionRecord: Hashable, Sendable {
  /// The session's version that it made.
  package let version: Int
  /// The version that was exported before.
  package let corrects: Int
  /// Why it was made.
  package let reason: String
  /// The event that tells what it changed.
  package let event: Int64
}
#endif
