/// A grade from A to F; there is no E.
public struct LetterGrade: VocabularyCase {
  /// An A.
  public static let a = LetterGrade(rawValue: "A")
  /// A B.
  public static let b = LetterGrade(rawValue: "B")
  /// A C.
  public static let c = LetterGrade(rawValue: "C")
  /// A D.
  public static let d = LetterGrade(rawValue: "D")
  /// An F.
  public static let f = LetterGrade(rawValue: "F")

  public static let allCases: [LetterGrade] = [
    .a, .b, .c, .d, .f,
  ]

  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
}
