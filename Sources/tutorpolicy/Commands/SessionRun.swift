import ArgumentParser
import CEL
import Diagnostics
import Foundation
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
    /// Whether it is among those that are shown.
    var isShown = true
    let text: () -> String
    let json: () -> String
    let ndjson: () -> String
  }

  let options: DecisionOptions
  let format: Format
  let policies: PolicySet
  /// Whether what is wrong with a document is kept from who reads: it can't be told whose it is.
  var withholdsMistakes = false

  /// Runs to the end of the input, of documents as they are.
  ///
  /// - Throws: The exit status unless everything passes.
  func run(_ decide: (FactDocument, CivilDate, [Int]) -> Report) throws {
    try run(supposing: []) { document, _, today, decisions in decide(document, today, decisions) }
  }

  /// Runs to the end of the input; where something is supposed, of documents in which it can be.
  ///
  /// - Throws: The exit status unless everything passes.
  func run(
    supposing suppositions: [Supposition],
    _ decide: (FactDocument, SupposedDocument?, CivilDate, [Int]) -> Report
  ) throws {
    let decisions = try options.decisions(of: policies)
    let today = options.date(for: policies)
    let errorRenderer = DiagnosticRenderer(style: options.colors.errorStyle)
    var output = StandardOutput()
    var status = ExitStatus.passes
    var count = 0
    if format == .json { output.write("[") }
    let interruption = Interruption()
    SessionInput(schema: policies.vocabulary.schema, interruption: interruption).forEachDocument(
      in: options.files
    ) { document, diagnostics in
      if !diagnostics.isEmpty {
        StandardError.write(
          errorRenderer.render(withholdsMistakes ? diagnostics.withheld : diagnostics))
      }
      guard let document else {
        status = max(status, .unreadableDocument)
        return
      }
      var supposed: SupposedDocument?
      if !suppositions.isEmpty {
        var mistakes: [Diagnostic] = []
        supposed = SupposedDocument(
          document, suppositions: suppositions, vocabulary: policies.vocabulary, into: &mistakes)
        if supposed == nil {
          output.flush()
          StandardError.write(errorRenderer.render(mistakes))
          status = max(status, .usage)
          return
        }
      }
      let report = decide(supposed?.document ?? document, supposed, today, decisions)
      if !report.passes { status = max(status, .fails) }
      guard report.isShown else { return }
      switch format {
      case .text: output.write((count > 0 ? "\n" : "") + report.text())
      case .json: output.write((count > 0 ? ",\n" : "\n") + report.json())
      case .ndjson: output.write(report.ndjson() + "\n")
      }
      // Each report is written when it is there: beside deciding why, that costs nothing, the first
      // results of a slow pipe come at once, and an interrupt never cuts a line.
      output.flush()
      count += 1
    }
    if format == .json { output.write(count > 0 ? "\n]\n" : "]\n") }
    output.flush()
    if interruption.hasHappened { Foundation.exit(128 + SIGINT) }
    try options.end(with: status)
  }
}

extension [Diagnostic] {
  /// The same without what stands in documents: of each only that it can't be read, and where it begins.
  fileprivate var withheld: [Diagnostic] {
    guard let first = first(where: { $0.range != nil }) else { return self }
    guard hasErrors, let range = first.range else { return filter { $0.range == nil } }
    return [
      Diagnostic(
        code: "withheld", "\(range.source.name) holds no session that can be read", at: nil,
        help: "what is wrong is not shown, since it can't be told whose session it is")
    ]
  }
}
