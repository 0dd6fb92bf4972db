public import CEL

/// What a session is paid under.
public struct WorkOrder: Codable, Hashable, Sendable, Identifiable {
  /// Names the work order, such as `WO-9`.
  public var id: String
  /// The programme that pays.
  public var kind: WorkOrderKind
  /// What the work order is for.
  public var activity: WorkOrderActivity
  /// The day on which it was assigned to the session, which may be after the session's.
  public var assignedOn: CivilDate

  /// A work order for tutoring, unless it is for another activity.
  public init(
    id: String, kind: WorkOrderKind, activity: WorkOrderActivity = .tutoring, assignedOn: CivilDate
  ) {
    self.id = id
    self.kind = kind
    self.activity = activity
    self.assignedOn = assignedOn
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case id, kind, activity, assignedOn
  }
}
