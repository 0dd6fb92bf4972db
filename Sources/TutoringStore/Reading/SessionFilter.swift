#if Store
package import CEL
package import TutoringSessions

/// Which sessions are asked for; what is nil or empty limits nothing.
package struct SessionFilter: Hashable, Sendable {
  /// The id of the tutor whose sessions they are.
  package var tutor: String?
  /// Where they are in their lives.
  package var stages: Set<SessionRecord.Stage>
  /// The earliest day of a session.
  package var from: CivilDate?
  /// The latest day of a session.
  package var through: CivilDate?
  /// The id of the school chosen.
  package var school: String?
  /// The id of a student who is in them.
  package var student: String?
  /// The id of the work order that they use.
  package var workOrder: String?

  /// All sessions, but for what is given.
  package init(
    tutor: String? = nil, stages: Set<SessionRecord.Stage> = [], from: CivilDate? = nil,
    through: CivilDate? = nil, school: String? = nil, student: String? = nil,
    workOrder: String? = nil
  ) {
    self.tutor = tutor
    self.stages = stages
    self.from = from
    self.through = through
    self.school = school
    self.student = student
    self.workOrder = workOrder
  }

  /// The condition of a query, with its values.
  var condition: (sql: String, values: [SQLValue]) {
    var parts: [String] = []
    var values: [SQLValue] = []
    func add(_ part: String, _ value: SQLValue) {
      parts.append(part)
      values.append(value)
    }
    if let tutor { add("tutor = ?", .text(tutor)) }
    if !stages.isEmpty {
      add(
        "stage IN (SELECT value FROM json_each(?))",
        .list(stages.map(\.rawValue).sorted()))
    }
    if let from { add("date >= ?", .date(from)) }
    if let through { add("date <= ?", .date(through)) }
    if let school { add("school = ?", .text(school)) }
    if let workOrder { add("work_order = ?", .text(workOrder)) }
    if let student {
      add(
        "number IN (SELECT session FROM encounters WHERE student = ? AND is_removed = 0)",
        .text(student))
    }
    return (parts.isEmpty ? "1" : parts.joined(separator: " AND "), values)
  }
}

/// Some sessions, the newest first, and where to go on.
package struct SessionPage: Hashable, Sendable {
  /// The sessions, by the time of their start.
  package let sessions: [SessionRecord]
  /// The id to ask for the next page with; nil on the last page.
  package let next: String?
}
#endif
