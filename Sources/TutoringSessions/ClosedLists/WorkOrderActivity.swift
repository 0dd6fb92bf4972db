/// What a work order is for.
public struct WorkOrderActivity: VocabularyCase {
  /// Tutoring of students.
  public static let tutoring = WorkOrderActivity(rawValue: "tutoring")
  /// A Family Involvement event, described by its name from the approved listing.
  public static let familyInvolvement = WorkOrderActivity(rawValue: "family-involvement")

  public static let allCases: [WorkOrderActivity] = [
    .tutoring, .familyInvolvement,
  ]

  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
}
