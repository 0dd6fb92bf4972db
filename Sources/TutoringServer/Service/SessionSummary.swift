#if Server
package import CEL
package import PolicyEngine
package import TutoringSessions

/// A session in a line, with what was decided of it.
package struct SessionSummary: Hashable, Sendable, Identifiable {
  /// What a decision came to.
  package struct Decided: Hashable, Sendable {
    /// The decision's name.
    package let name: String
    /// The decision in people's words.
    package let title: String
    /// What it came to.
    package let outcome: DecisionOutcome
    /// The policy's word for that.
    package let word: String
    /// Whether and until when it can still be put right; nil unless it fails.
    package let prospect: Prospect?
    /// Whether no other of the decisions needs it: what it comes to is what counts in the end.
    package let isFinal: Bool
  }

  /// The last day for something.
  package struct Deadline: Hashable, Sendable {
    /// The day.
    package let day: CivilDate
    /// How many days are left; 0 is today.
    package let daysLeft: Int
    /// What to do until then.
    package let action: String
  }

  /// The record, with its version and stage.
  package let record: SessionRecord
  /// The names of what the record refers to.
  package let names: RecordNames
  /// What each decision came to that is decided without being asked for.
  package let decisions: [Decided]
  /// Why the session does not pass, in a line; nil where it does.
  package let reason: String?
  /// All that stands in the way or warns.
  package let reasons: [Reason]
  /// What to do next, in a line; nil where nothing is to do, or nothing helps.
  package let nextStep: String?
  /// The next last day.
  package let deadline: Deadline?
  /// Why it could not be decided at all; nil where it was.
  package let failure: String?

  package var id: String { record.id }

  /// Whether somebody should do something: it has ended, does not pass, and can still be put right.
  package var needsAttention: Bool {
    guard record.stage == .finished else { return false }
    if failure != nil { return true }
    return decisions.contains { decision in
      switch (decision.outcome, decision.prospect) {
      case (.pass, _), (.fail, .closed?): false
      case (.fail, _), (.undetermined, _): true
      }
    }
  }
}

/// The words for what a session record refers to by ids.
package struct RecordNames: Hashable, Sendable {
  /// The tutor's name.
  package var tutor = ""
  /// The school's name; nil where none is chosen.
  package var school: String?
  /// The group's name; nil for an ad hoc session.
  package var group: String?
  /// The work order in words; nil for time tracking only.
  package var workOrder: String?
  /// The students by their ids.
  package var students: [String: StudentCard] = [:]
}

/// What everybody may know of a student.
package struct StudentCard: Hashable, Sendable, Identifiable {
  /// The student's id.
  package let id: String
  /// First and last name.
  package let name: String
  /// The id of the student's school.
  package let school: String
  /// The name of the student's school.
  package let schoolName: String

  /// A student at a school.
  package init(id: String, name: String, school: String, schoolName: String) {
    self.id = id
    self.name = name
    self.school = school
    self.schoolName = schoolName
  }
}
#endif
