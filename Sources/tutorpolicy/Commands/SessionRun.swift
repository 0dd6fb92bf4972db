import ArgumentParser
import CEL
import Diagnostics
import PolicyEngine

/// Takes every session of the input through a decision, prints the reports, and ends with their status.
struct SessionRun {
  /// The form of the output.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, ndjson
  }

  /// What is printed of one session, in whichever form is asked for.
  struct Report {
    /// Whether every decision asked for passes.
    let passes: Bool
    let text: () -> String
    let json: () -> String
    let ndjson: () -> String
  }

  let options: DecisionOptions
  let format: Format
  let policies: PolicySet

  /// Runs to the end of the input.
  ///
  /// - Throws: The exit status unless everything passes.
  func run(_ decide: (FactDocument, CivilDate, [Int]) -> Report) throws {
    let decisions = try options.decisions(of: policies)
    let today = options.date(for: policies)
    let errorRenderer = DiagnosticRenderer(style: options.colors.errorStyle)
    var output = StandardOutput()
    var status = ExitStatus.passes
    var count = 0
    if format == .json { output.write("[") }
    SessionInput(schema: policies.vocabulary.schema).forEachDocument(in: options.files) {
      document, diagnostics in
      if !diagnostics.isEmpty {
        // What was decided so far comes first, so that a terminal shows both in order.
        output.flush()
        StandardError.write(errorRenderer.render(diagnostics))
      }
      guard let document else {
        status = max(status, .unreadableDocument)
        return
      }
      let report = decide(document, today, decisions)
      if !report.passes { status = max(status, .fails) }
      switch format {
      case .text: output.write((count > 0 ? "\n" : "") + report.text())
      case .json: output.write((count > 0 ? ",\n" : "\n") + report.json())
      case .ndjson: output.write(report.ndjson() + "\n")
      }
      count += 1
    }
    if format == .json { output.write(count > 0 ? "\n]\n" : "]\n") }
    output.flush()
    try options.end(with: status)
  }
}
