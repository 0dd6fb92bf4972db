/// An assessment by the state.
public struct StateTest: VocabularyCase {
  /// The End-of-Course examination.
  public static let eoc = StateTest(rawValue: "EOC")
  /// The Missouri Assessment Program.
  public static let map = StateTest(rawValue: "MAP")

  public static let allCases: [StateTest] = [
    .eoc, .map,
  ]

  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
}
