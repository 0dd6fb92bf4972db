import ArgumentParser
import Diagnostics
import PolicyEngine

/// What `check` shows of the sessions that it decides.
struct ReportOptions: ParsableArguments {
  /// The form of the output.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, ndjson, csv, summary
  }

  /// Which sessions are shown.
  enum Selection: String, ExpressibleByArgument, CaseIterable {
    case passing, failing, undetermined

    /// Whether a document that was just decided is one of them.
    func includes(_ decider: borrowing DocumentDecider) -> Bool {
      let outcome = decider.asked.reduce(DecisionOutcome.pass) {
        $0.combined(with: decider.outcome(of: $1))
      }
      return includes(outcome)
    }

    /// Whether a document is one of them for which the decisions asked for come to an outcome together.
    func includes(_ outcome: DecisionOutcome) -> Bool {
      switch self {
      case .passing: outcome == .pass
      case .failing: outcome == .fail
      case .undetermined: outcome == .undetermined
      }
    }
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
      "Only the sessions that pass every decision asked for (passing), fail one (failing), or fail "
        + "none but leave one open (undetermined).", valueName: "which"))
  var only: Selection?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "With --format summary: count for each value of a fact too, such as school or workOrder.kind.",
      valueName: "path"))
  var by: String?

  @Flag(
    name: .long,
    help: ArgumentHelp(
      "With --format ndjson: tell the best way out of each decision that does not pass, under 'fixes'; "
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
