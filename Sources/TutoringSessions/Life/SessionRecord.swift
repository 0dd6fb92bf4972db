public import CEL

/// A session as it is kept: what a tutor has entered so far, with people and work orders by their ids.
///
/// The session document that policies decide is made from it together with the records that it refers to.
public struct SessionRecord: Codable, Hashable, Sendable, Identifiable {
  /// Where a session is in its life.
  public enum Stage: String, Codable, Hashable, Sendable, CaseIterable {
    /// It runs: students come and go.
    case active
    /// It has an end, and can still be changed.
    case finished
    /// It was exported: what was exported stays, and changes are corrections.
    case exported
    /// It was deleted, and can be restored to what it was.
    case deleted
  }

  /// A work order together with the day on which it was assigned to the session.
  public struct Assignment: Codable, Hashable, Sendable {
    /// The work order's id.
    public var workOrder: String
    /// The day, in the district's time zone.
    public var assignedOn: CivilDate

    /// An assignment on a day.
    public init(workOrder: String, assignedOn: CivilDate) {
      self.workOrder = workOrder
      self.assignedOn = assignedOn
    }
  }

  /// A tag, which is one of the lists that the policies allow or one of the tutor's own.
  public struct Tag: Codable, Hashable, Sendable {
    /// What the session document holds.
    public var value: String
    /// Whether the tutor made it up, so that no list of the policies has it.
    public var isOwn: Bool

    /// A tag of a list, unless said to be the tutor's own.
    public init(_ value: String, isOwn: Bool = false) {
      self.value = value
      self.isOwn = isOwn
    }
  }

  /// Names the session, such as `S-1042`.
  public let id: String
  /// The id of the person who holds the session.
  public let tutor: String
  /// The day of the session.
  public var date: CivilDate
  /// The id of the school chosen, if one was.
  public var school: String?
  /// What was worked on, or the name of an event.
  public var description: String?
  /// The group's id; nil for an ad hoc session.
  public var group: String?
  /// When the session was started.
  public var start: OffsetDateTime
  /// When the session was ended; nil while it runs.
  public var end: OffsetDateTime?
  /// The work order and since when; nil is time tracking only.
  public var workOrder: Assignment?
  /// The tags, in the order in which they were chosen.
  public var tags: [Tag]
  /// The encounters, in the order in which students were timed in, removed ones too.
  public var encounters: [EncounterRecord]
  /// What else the vocabulary lets people say of a session, by the names of its facts.
  public var facts: [String: FactValue]
  /// How often the session was exported; corrections count.
  public var exports: Int
  /// Whether the session was deleted.
  public var isDeleted: Bool
  /// Counts the changes, from 1 on: a change names the version that it was made for.
  public var version: Int

  /// A session at its start, of version 1, with nothing entered yet but what is given.
  public init(
    id: String, tutor: String, date: CivilDate, school: String? = nil, description: String? = nil,
    group: String? = nil, start: OffsetDateTime, workOrder: Assignment? = nil,
    facts: [String: FactValue] = [:]
  ) {
    self.id = id
    self.tutor = tutor
    self.date = date
    self.school = school
    self.description = description
    self.group = group
    self.start = start
    self.workOrder = workOrder
    self.facts = facts
    end = nil
    tags = []
    encounters = []
    exports = 0
    isDeleted = false
    version = 1
  }

  /// Where the session is in its life.
  public var stage: Stage {
    if isDeleted {
      .deleted
    } else if exports > 0 {
      .exported
    } else if end != nil {
      .finished
    } else {
      .active
    }
  }

  /// The encounters that were not removed.
  public var presentEncounters: [EncounterRecord] { encounters.filter { !$0.isRemoved } }
}

/// A student's time in a session as it is kept.
public struct EncounterRecord: Codable, Hashable, Sendable, Identifiable {
  /// Names the encounter within its session, from 1 on, in the order of timing in.
  public let id: Int
  /// The student's id.
  public let student: String
  /// When the student came.
  public var arrived: OffsetDateTime
  /// When the student left; nil while the student is there.
  public var departed: OffsetDateTime?
  /// Whether it was removed, so that the session document leaves it out; it can be restored.
  public var isRemoved: Bool
  /// What else the vocabulary lets people say of an encounter, by the names of its facts.
  public var facts: [String: FactValue]

  /// An encounter from a student's arrival on.
  public init(
    id: Int, student: String, arrived: OffsetDateTime, departed: OffsetDateTime? = nil,
    isRemoved: Bool = false, facts: [String: FactValue] = [:]
  ) {
    self.id = id
    self.student = student
    self.arrived = arrived
    self.departed = departed
    self.isRemoved = isRemoved
    self.facts = facts
  }
}
