/// The result of a state assessment.
public struct StateAssessment: Codable, Hashable, Sendable {
  /// Which assessment it was.
  public var test: StateTest
  /// The subject, in the words that encounters use for theirs.
  public var subject: String
  /// The level reached.
  public var level: AchievementLevel

  /// A result in a subject.
  public init(test: StateTest, subject: String, level: AchievementLevel) {
    self.test = test
    self.subject = subject
    self.level = level
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case test, subject, level
  }
}
