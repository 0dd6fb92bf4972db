/// An assessment by the district.
public struct DistrictTest: VocabularyCase {
  /// The STAR assessment.
  public static let star = DistrictTest(rawValue: "STAR")

  public static let allCases: [DistrictTest] = [
    .star
  ]

  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
}
