public import CEL

/// A tutor's session with students, from the New Session dialog to its end: what a document holds.
///
/// The coded form is the session document: camelCase JSON, an optional fact left out where it is nil.
/// Decoding takes null for absent, and passes over keys that it does not know, since a vocabulary may
/// declare facts that these models lack; a document that people write is better read by the policy
/// engine, which refuses unknown keys and shows every mistake with its line.
public struct TutoringSession: Codable, Hashable, Sendable, Identifiable {
  /// Names the session, such as `S-1042`.
  public var id: String
  /// The day of the session, which picks the rules and dated values that it is decided by.
  public var date: CivilDate
  /// The school chosen in the New Session dialog; a tutor approved at one school may leave it out.
  public var school: String?
  /// What was worked on; for a Family Involvement event its name from the approved listing.
  public var description: String?
  /// Who holds the session.
  public var tutor: Tutor
  /// The group that is tutored; nil is No Group, an ad hoc session.
  public var group: Group?
  /// When the session was started.
  public var start: OffsetDateTime
  /// When the session was ended; nil while it is active.
  public var end: OffsetDateTime?
  /// What the session is paid under; nil is No Work Order, time tracking only.
  public var workOrder: WorkOrder?
  /// The tags chosen once the session has ended, such as a Career Ladder Goal.
  public var tags: [String]
  /// One for each time that a student was there.
  public var encounters: [StudentEncounter]

  /// A session; what is not given is absent, so that this alone is an active ad hoc session.
  public init(
    id: String, date: CivilDate, school: String? = nil, description: String? = nil, tutor: Tutor,
    group: Group? = nil, start: OffsetDateTime, end: OffsetDateTime? = nil,
    workOrder: WorkOrder? = nil, tags: [String] = [], encounters: [StudentEncounter] = []
  ) {
    self.id = id
    self.date = date
    self.school = school
    self.description = description
    self.tutor = tutor
    self.group = group
    self.start = start
    self.end = end
    self.workOrder = workOrder
    self.tags = tags
    self.encounters = encounters
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case id, date, school, description, tutor, group, start, end, workOrder, tags, encounters
  }
}
