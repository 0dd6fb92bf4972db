/// A student's grade in a subject.
public struct Grade: Codable, Hashable, Sendable {
  /// The subject, in the words that encounters use for theirs.
  public var subject: String
  /// The grade.
  public var grade: LetterGrade

  /// A grade in a subject.
  public init(subject: String, grade: LetterGrade) {
    self.subject = subject
    self.grade = grade
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case subject, grade
  }
}
