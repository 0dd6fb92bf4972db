import ArgumentParser
import Diagnostics
import PolicyEngine

/// What `check` shows of the sessions that it decides.
struct ReportOptions: ParsableArguments {
  /// The form of the output.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, ndjson, csv, summary
  }

  @Option(
    name: .long,
    help: ArgumentHelp(
      "text for people, json for one array, ndjson for one line a session, csv for a spreadsheet, "
        + "summary for counts.", valueName: "format"))
  var format = Format.text

  @Option(
    name: .long,
    help: ArgumentHelp(
      "With --format summary: count for each value of a fact too, such as school or workOrder.kind.",
      valueName: "path"))
  var by: String?

  @Flag(
    name: .long,
    help: ArgumentHelp(
      "With --format ndjson: add the best way out of each decision that does not pass, under 'fixes'; "
        + "see 'tutorpolicy fix'."))
  var withFixes = false

  /// The fact to count by; nil when none is asked for.
  ///
  /// - Throws: `ExitStatus.usage` when there is no such fact, after saying so.
  func grouping(in policies: PolicySet, style: TextStyle) throws -> GroupingFact? {
    guard let by else { return nil }
    do throws(GroupingFact.Problem) {
      return try GroupingFact(by, in: policies)
    } catch {
      StandardError.write("error: \(error)\n")
      throw ExitStatus.usage
    }
  }
}
