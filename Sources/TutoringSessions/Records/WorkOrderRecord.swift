public import CEL

/// A work order: what sessions are paid under.
public struct WorkOrderRecord: Hashable, Sendable, Identifiable {
  /// Names the work order, such as `WO-9`.
  public let id: String
  /// What people call it; nil where the id says it.
  public var title: String?
  /// The programme that pays: a case of the vocabulary's closed list.
  public var kind: String
  /// What it is for: a case of the vocabulary's closed list.
  public var activity: String
  /// The id of the tutor whom it was made out to; nil for one that every tutor may use.
  public var tutor: String?
  /// The first day on which it may be used; nil for no limit.
  public var validFrom: CivilDate?
  /// The last day on which it may be used; nil for no limit.
  public var validUntil: CivilDate?
  /// What it is paid from.
  public var fund: String?
  /// What payroll books it as.
  public var payCode: String?
  /// What else the vocabulary has of a work order, by the names of its facts.
  public var facts: [String: FactValue]
  /// Counts the changes, from 1 on; 0 before it is kept.
  public var revision: Int

  /// A work order that is not kept yet.
  public init(
    id: String, title: String? = nil, kind: String, activity: String, tutor: String? = nil,
    validFrom: CivilDate? = nil, validUntil: CivilDate? = nil, fund: String? = nil,
    payCode: String? = nil, facts: [String: FactValue] = [:], revision: Int = 0
  ) {
    self.id = id
    self.title = title
    self.kind = kind
    self.activity = activity
    self.tutor = tutor
    self.validFrom = validFrom
    self.validUntil = validUntil
    self.fund = fund
    self.payCode = payCode
    self.facts = facts
    self.revision = revision
  }

  /// Whether a tutor may use it for a session of a day.
  public func isUsable(by tutor: String, on day: CivilDate) -> Bool {
    (self.tutor == nil || self.tutor == tutor) && (validFrom ?? day) <= day
      && day <= (validUntil ?? day)
  }
}
