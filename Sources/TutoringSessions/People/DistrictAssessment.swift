/// The result of a district assessment.
public struct DistrictAssessment: Codable, Hashable, Sendable {
  /// Which assessment it was.
  public var test: DistrictTest
  /// The subject, in the words that encounters use for theirs.
  public var subject: String
  /// Whether the student is below grade level by it.
  public var belowGradeLevel: Bool

  /// A result in a subject.
  public init(test: DistrictTest, subject: String, belowGradeLevel: Bool) {
    self.test = test
    self.subject = subject
    self.belowGradeLevel = belowGradeLevel
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case test, subject, belowGradeLevel
  }
}
