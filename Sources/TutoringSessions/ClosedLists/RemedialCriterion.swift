/// What may make a student Remedial in a subject.
public struct RemedialCriterion: VocabularyCase {
  /// A grade of D or F in the subject.
  public static let gradeDOrF = RemedialCriterion(rawValue: "grade-d-or-f")
  /// A reading improvement plan, whatever the subject.
  public static let readingImprovementPlan = RemedialCriterion(rawValue: "reading-improvement-plan")
  /// Below basic in the subject on a state assessment, EOC or MAP.
  public static let belowBasicState = RemedialCriterion(rawValue: "below-basic-state")
  /// Below grade level in the subject on a district assessment, STAR.
  public static let belowGradeLevelDistrict = RemedialCriterion(
    rawValue: "below-grade-level-district")

  public static let allCases: [RemedialCriterion] = [
    .gradeDOrF, .readingImprovementPlan, .belowBasicState, .belowGradeLevelDistrict,
  ]

  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
}
