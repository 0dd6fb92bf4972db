/// The conformance tests that are not passed, each with its reason.
///
/// Only tests may stand here whose `skippedBy` shows that implementations disagree on them.
enum SkippedConformanceTests {
  /// The reasons, by `file/section/name`.
  static let reasons: [String: String] = [:]
}
