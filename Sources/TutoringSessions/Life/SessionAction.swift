public import CEL

/// What may happen to a session after its start, each with what the person gave for it.
///
/// Where the policies declare a decision of an action's name, it is decided for the session as it would be,
/// before the action is done.
public enum SessionAction: Hashable, Sendable {
  /// A student is timed in.
  case timeIn(student: String, at: OffsetDateTime, facts: [String: FactValue])
  /// A student is timed out.
  case timeOut(encounter: Int, at: OffsetDateTime)
  /// What is recorded of an encounter is replaced.
  case editEncounter(Int, EncounterEdit)
  /// An encounter is taken out of the session.
  case removeEncounter(Int)
  /// A removed encounter is put back as it was.
  case restoreEncounter(Int)
  /// The session ends, and everyone who is still there is timed out at its end.
  case end(at: OffsetDateTime)
  /// A session that has ended runs again, and whoever was timed out by its end is there again.
  case reopen
  /// What is recorded of the session itself is replaced.
  case edit(SessionEdit)
  /// A work order is assigned, in place of another if there is one.
  case assignWorkOrder(SessionRecord.Assignment)
  /// A tag is added.
  case tag(SessionRecord.Tag)
  /// A tag is taken away.
  case untag(String)
  /// The session is deleted.
  case delete
  /// A deleted session is put back as it was.
  case restore
  /// The session is exported.
  case export
  /// A session that was exported is changed by other actions, for a reason, and counts as exported again.
  case correct(reason: String, [SessionAction])

  /// The name of the action, and of the decision that is asked before it is done.
  public var name: String {
    switch self {
    case .timeIn: "time-in"
    case .timeOut: "time-out"
    case .editEncounter: "edit-encounter"
    case .removeEncounter: "remove-encounter"
    case .restoreEncounter: "restore-encounter"
    case .end: "end"
    case .reopen: "reopen"
    case .edit: "edit"
    case .assignWorkOrder: "assign-work-order"
    case .tag: "tag"
    case .untag: "untag"
    case .delete: "delete"
    case .restore: "restore"
    case .export: "export"
    case .correct: "correct"
    }
  }

  /// The name of the action that makes a session, and of the decision that is asked before.
  public static let startName = "start"
}

/// What a person entered of an encounter.
public struct EncounterEdit: Hashable, Sendable {
  /// When the student came.
  public var arrived: OffsetDateTime
  /// When the student left; nil while the student is there.
  public var departed: OffsetDateTime?
  /// Whatever else the vocabulary lets people say.
  public var facts: [String: FactValue]

  /// An edit that replaces all that is recorded.
  public init(arrived: OffsetDateTime, departed: OffsetDateTime?, facts: [String: FactValue]) {
    self.arrived = arrived
    self.departed = departed
    self.facts = facts
  }
}

/// What a person entered of a session itself.
public struct SessionEdit: Hashable, Sendable {
  /// The day of the session.
  public var date: CivilDate
  /// The school chosen.
  public var school: String?
  /// What was worked on.
  public var description: String?
  /// When the session was started.
  public var start: OffsetDateTime
  /// When it ended; nil while it runs.
  public var end: OffsetDateTime?
  /// Whatever else the vocabulary lets people say.
  public var facts: [String: FactValue]

  /// An edit that starts from what is recorded.
  public init(of record: SessionRecord) {
    date = record.date
    school = record.school
    description = record.description
    start = record.start
    end = record.end
    facts = record.facts
  }
}
