#if Store
package import TutoringSessions

/// What an event of the log is about.
package enum SubjectKind: String, Hashable, Sendable, CaseIterable {
  case session, person, student, group, workOrder = "work-order", school
  /// A file of the policies.
  case policyFile = "policy-file"

  /// The kind as people call it.
  package var words: String { rawValue.replacing("-", with: " ") }
}

/// One entry of the log: who did what to a record, when, and what it changed.
package struct Event: Hashable, Sendable, Identifiable {
  /// The place in the log, from 1 on.
  package let sequence: Int64
  /// What kind of record it is about.
  package let kind: SubjectKind
  /// The record's id.
  package let subject: String
  /// The action's name, such as `time-in`.
  package let action: String
  /// The id of the person who did it; nil for the program itself.
  package let person: String?
  /// When it was done.
  package let at: OffsetDateTime
  /// The id of the form that asked for it.
  package let request: String?
  /// The version or revision that the record got.
  package let version: Int
  /// What it changed, field by field.
  package let changes: [FieldChange]

  package var id: Int64 { sequence }

  /// An event with all that it tells.
  package init(
    sequence: Int64, kind: SubjectKind, subject: String, action: String, person: String?,
    at: OffsetDateTime, request: String?, version: Int, changes: [FieldChange]
  ) {
    self.sequence = sequence
    self.kind = kind
    self.subject = subject
    self.action = action
    self.person = person
    self.at = at
    self.request = request
    self.version = version
    self.changes = changes
  }
}
#endif
