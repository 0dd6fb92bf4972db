/// The records that sessions refer to: all that their documents need besides them.
///
/// One value can serve many sessions: each record is there once.
public struct Surroundings: Hashable, Sendable {
  /// A session that runs.
  public struct RunningSession: Hashable, Sendable {
    /// The session's id.
    public let id: String
    /// When it was started.
    public let start: OffsetDateTime

    /// A session that was started at a time and has no end yet.
    public init(id: String, start: OffsetDateTime) {
      self.id = id
      self.start = start
    }
  }

  /// Tutors by their ids.
  public var people: [String: PersonRecord] = [:]
  /// The ids of the students that a tutor is the homebound teacher of, in alphabetical order, by tutors.
  public var homeboundStudents: [String: [String]] = [:]
  /// The sessions of a tutor that run, the earliest first, by tutors.
  public var runningSessions: [String: [RunningSession]] = [:]
  /// Groups by their ids.
  public var groups: [String: GroupRecord] = [:]
  /// Work orders by their ids.
  public var workOrders: [String: WorkOrderRecord] = [:]
  /// Schools by their ids.
  public var schools: [String: SchoolRecord] = [:]
  /// Students by their ids.
  public var students: [String: StudentRecord] = [:]

  /// Nothing yet.
  public init() {}

  /// The session that a session's tutor should have ended first; nil if there is none.
  ///
  /// While a session runs, or is about to be started, every other one that runs counts. For one that has
  /// ended only those that were started before it: the sessions of last week are not refused because their
  /// tutor is tutoring today.
  public func otherRunningSession(than record: SessionRecord) -> RunningSession? {
    runningSessions[record.tutor]?.first {
      $0.id != record.id
        && (record.end == nil || $0.start.timestamp <= record.start.timestamp)
    }
  }

  /// The schools that a session may be held at: the one chosen, and those that the tutor is approved at.
  ///
  /// Which of them it is held at the policies say.
  func schools(of tutor: String, chosen: String?) -> [SchoolRecord] {
    let approved = people[tutor]?.approvedSchools ?? []
    let ids = (chosen.map { [$0] } ?? []) + approved.filter { $0 != chosen }
    return ids.compactMap { schools[$0] }
  }

  /// Those of them of which more is known than a name: only they stand in documents.
  func schoolsWithFacts(of tutor: String, chosen: String?) -> [SchoolRecord] {
    schools(of: tutor, chosen: chosen).filter { !$0.facts.isEmpty }
  }

  /// Tells what the documents of a session differ by while the session itself stays the same version.
  ///
  /// Together with the session's version, a verdict made from its document is good as long as this text
  /// is the same.
  public func revision(for record: SessionRecord) -> String {
    // The ids are those of the session's version, and revisions only grow: their sum tells them apart.
    var sum = people[record.tutor]?.revision ?? 0
    if let group = record.group { sum += groups[group]?.revision ?? 0 }
    if let order = record.workOrder?.workOrder { sum += workOrders[order]?.revision ?? 0 }
    for encounter in record.encounters { sum += students[encounter.student]?.revision ?? 0 }
    for school in schools(of: record.tutor, chosen: record.school) { sum += school.revision }
    let homebound = homeboundStudents[record.tutor, default: []].joined(separator: ",")
    return "\(sum);\(otherRunningSession(than: record)?.id ?? "");\(homebound)"
  }
}
