import ArgumentParser
import CEL
import Diagnostics
import Foundation
import PolicyEngine

/// What is decided, and for which date.
struct DecisionOptions: ParsableArguments {
  @OptionGroup var policyOptions: PolicyOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The date decided for, as YYYY-MM-DD; the date in the district's time zone unless given.",
      valueName: "date"))
  var today: DateArgument?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A decision to take, such as payment; may be given several times. Unless given: all decisions "
        + "but those that the policies mark onRequest.", valueName: "name"))
  var decision: [String] = []

  @Flag(
    name: .long,
    help: ArgumentHelp(
      "End with 0, not 1, where a decision fails or is undetermined: for pipelines that read the "
        + "verdicts. What can't be read or written still ends with its own status."))
  var exitZero = false

  @OptionGroup var colors: ColorOptions

  @Argument(
    help: ArgumentHelp(
      "Session files: .yaml or .json (one session), .ndjson (a session a line); - is standard input.",
      valueName: "file"))
  var files: [String]

  func validate() throws {
    if files.contains("") { throw ValidationError("the name of a file is empty") }
  }

  /// The date decided for.
  func date(for policies: PolicySet) -> CivilDate {
    today?.date ?? policies.dateNow
  }

  /// Whether the date decided for is another than the one that it is.
  func isDateSupposed(for policies: PolicySet) -> Bool {
    today.map { $0.date != policies.dateNow } ?? false
  }

  /// Ends the command with the status of what was decided.
  ///
  /// - Throws: The status, unless everything passes or the output alone is to say what fails.
  func end(with status: ExitStatus) throws {
    if status == .passes || (status == .fails && exitZero) { return }
    throw status
  }

  /// The indexes of the decisions asked for.
  ///
  /// - Throws: `ExitStatus.usage` when one is unknown or there are none, after saying so.
  func decisions(of policies: PolicySet) throws -> [Int] {
    try policies.decisions(named: decision, style: colors.errorStyle)
  }
}

extension PolicySet {
  /// The indexes of decisions by their names; of all that are not on request where none is named.
  ///
  /// - Throws: `ExitStatus.usage` when one is unknown or there are none, after saying so.
  func decisions(named names: [String], style: TextStyle) throws -> [Int] {
    let known = decisions.map(\.name)
    var indexes: [Int] = []
    var isUsable = true
    for name in names {
      guard let index = decisionIndex(named: name) else {
        isUsable = false
        let unknown = Diagnostic(
          code: .unknownDecision, "'\(name)' is not a decision of these policies", at: nil,
          help: Suggestion.helpOrList(for: name, among: known, listing: "the decisions are"))
        StandardError.write(DiagnosticRenderer(style: style).render(unknown))
        continue
      }
      if !indexes.contains(index) { indexes.append(index) }
    }
    if names.isEmpty { indexes = defaultDecisions }
    if isUsable, indexes.isEmpty {
      isUsable = false
      StandardError.write("error: all decisions are on request: name one with --decision\n")
    }
    guard isUsable else { throw ExitStatus.usage }
    return indexes
  }

  /// The date that it is in the district's time zone.
  var dateNow: CivilDate {
    let zone = TimeZone(identifier: vocabulary.timeZone) ?? .gmt
    let now = Date()
    let local = now.timeIntervalSince1970 + Double(zone.secondsFromGMT(for: now))
    return CivilDate(daysSinceEpoch: Int32((local / 86_400).rounded(.down)))
  }
}

/// A date on the command line.
struct DateArgument: ExpressibleByArgument {
  let date: CivilDate

  init?(argument: String) {
    guard let date = CivilDate(argument) else { return nil }
    self.date = date
  }
}
