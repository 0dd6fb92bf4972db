/// The level reached in a state assessment.
public struct AchievementLevel: VocabularyCase {
  /// Below Basic, which is a criterion for Remedial.
  public static let belowBasic = AchievementLevel(rawValue: "below-basic")
  /// Basic.
  public static let basic = AchievementLevel(rawValue: "basic")
  /// Proficient.
  public static let proficient = AchievementLevel(rawValue: "proficient")
  /// Advanced.
  public static let advanced = AchievementLevel(rawValue: "advanced")

  public static let allCases: [AchievementLevel] = [
    .belowBasic, .basic, .proficient, .advanced,
  ]

  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
}
