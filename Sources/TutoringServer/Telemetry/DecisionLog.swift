#if Server
import Diagnostics
import PolicyEngine
import PolicyRendering
import TutoringSessions

/// Notes every decision in a file, one JSON object a line: which policies said what of which session, and in
/// how long.
///
/// A line names sessions, rules and places in documents, never a value; what a rule wants to know of a
/// confidential fact is left out.
package struct DecisionLog: Sendable {
  private let file: LineFile

  /// A log that goes to a file.
  package init(_ file: LineFile) { self.file = file }

  /// Adds a line; the verdict is one that nobody in particular may see.
  func write(_ verdict: Verdict, digest: String, at time: OffsetDateTime, took duration: Duration) {
    file.write(
      verdict.ndjsonLine(
        whatIf: nil,
        adding: [
          ("at", .string(time.description)), ("policies", .string(digest)),
          ("microseconds", .int(Int(duration / .microseconds(1)))),
        ]))
  }
}
#endif
