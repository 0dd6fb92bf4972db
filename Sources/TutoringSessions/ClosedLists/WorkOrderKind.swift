/// The programme that a work order pays under.
public struct WorkOrderKind: VocabularyCase {
  /// Career Ladder: the session needs a description and a Career Ladder Goal tag.
  public static let careerLadder = WorkOrderKind(rawValue: "career-ladder")
  /// Tutoring.
  public static let tutoring = WorkOrderKind(rawValue: "tutoring")
  /// Homebound: instruction of a student by the assigned homebound teacher.
  public static let homebound = WorkOrderKind(rawValue: "homebound")
  /// Detention.
  public static let detention = WorkOrderKind(rawValue: "detention")
  /// Credit Recovery.
  public static let creditRecovery = WorkOrderKind(rawValue: "credit-recovery")

  public static let allCases: [WorkOrderKind] = [
    .careerLadder, .tutoring, .homebound, .detention, .creditRecovery,
  ]

  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
}
