#if Server
package import CEL
package import TutoringSessions

/// What a person enters to start a session.
package struct StartInput: Hashable, Sendable {
  /// The tutor who holds it; nil for the person who enters it.
  ///
  /// Only the office starts sessions for others.
  package var tutor: String?
  /// The day of the session; nil is today.
  package var date: CivilDate?
  /// The start; nil is now.
  package var start: OffsetDateTime?
  /// The id of the school chosen.
  package var school: String?
  /// What will be worked on, or the name of an event.
  package var description: String?
  /// The group's id; nil for an ad hoc session.
  package var group: String?
  /// The work order's id; nil for time tracking only.
  package var workOrder: String?
  /// Whatever else the vocabulary lets people say of a session.
  package var facts: [String: FactValue]

  /// What was entered so far.
  package init(
    tutor: String? = nil, date: CivilDate? = nil, start: OffsetDateTime? = nil,
    school: String? = nil, description: String? = nil, group: String? = nil,
    workOrder: String? = nil, facts: [String: FactValue] = [:]
  ) {
    self.tutor = tutor
    self.date = date
    self.start = start
    self.school = school
    self.description = description
    self.group = group
    self.workOrder = workOrder
    self.facts = facts
  }
}

/// Which sessions a dashboard shows.
package struct DashboardFilter: Hashable, Sendable {
  /// Sessions in one of these stages; empty is all but deleted ones.
  package var stages: Set<SessionRecord.Stage> = []
  /// Sessions from this day on.
  package var from: CivilDate?
  /// Sessions until this day, with it.
  package var through: CivilDate?
  /// Sessions of this tutor, for those who see all sessions; others see their own.
  package var tutor: String?
  /// Only sessions that somebody should do something about.
  package var needsAttention = false
  /// Only sessions that this rule stands in the way of.
  package var rule: String?
  /// Only sessions in which this is recorded of a student.
  package var recorded: RecordedFact?
  /// At most so many.
  package var limit = 50
  /// The session that the page starts behind; nil for the first page.
  package var after: String?

  /// All sessions that are not deleted, the newest fifty.
  package init() {}
}
#endif
