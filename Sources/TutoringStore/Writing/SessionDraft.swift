#if Store
package import CEL
package import TutoringSessions

/// What was entered to start a session, which has no id yet.
package struct SessionDraft: Hashable, Sendable {
  /// The id of the tutor who holds it.
  package var tutor: String
  /// The day of the session.
  package var date: CivilDate
  /// The id of the school chosen.
  package var school: String?
  /// What is worked on, or the name of an event.
  package var description: String?
  /// The group's id.
  package var group: String?
  /// When the session starts.
  package var start: OffsetDateTime
  /// The work order, and the day on which it is assigned.
  package var workOrder: SessionRecord.Assignment?
  /// What else the vocabulary lets people say of a session.
  package var facts: [String: FactValue]

  /// A draft with nothing but what is given.
  package init(
    tutor: String, date: CivilDate, school: String? = nil, description: String? = nil,
    group: String? = nil, start: OffsetDateTime, workOrder: SessionRecord.Assignment? = nil,
    facts: [String: FactValue] = [:]
  ) {
    self.tutor = tutor
    self.date = date
    self.school = school
    self.description = description
    self.group = group
    self.start = start
    self.workOrder = workOrder
    self.facts = facts
  }

  /// The session that the draft would be.
  package func record(id: String) -> SessionRecord {
    SessionRecord(
      id: id, tutor: tutor, date: date, school: school, description: description, group: group,
      start: start, workOrder: workOrder, facts: facts)
  }
}
#endif
