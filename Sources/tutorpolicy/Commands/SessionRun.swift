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

  /// A session with what is asked of it.
  struct Session {
    /// The session; where something is supposed, as if that were so.
    let document: FactDocument
    /// What is supposed; nil where nothing is.
    let supposed: SupposedDocument?
    /// Who may see what of it: somebody privileged for the session's own tutor.
    let viewer: Viewer
    let today: CivilDate
    let decisions: [Int]
  }

  let options: DecisionOptions
  let format: Format
  let policies: PolicySet
  /// Who reads.
  var viewer = Viewer.privileged
  /// What is supposed of the sessions.
  var suppositions: [Supposition] = []

  /// Runs to the end of the input; where something is supposed, of documents in which it can be.
  ///
  /// - Throws: The exit status unless everything passes.
  func run(_ decide: (Session) -> Report) throws {
    let decisions = try options.decisions(of: policies)
    let today = options.date(for: policies)
    let view = SessionView(
      policies: policies, viewer: viewer, suppositions: suppositions, today: today,
      decisions: decisions)
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
        StandardError.write(errorRenderer.render(view.shown(diagnostics)))
      }
      guard let document else {
        status = max(status, .unreadableDocument)
        return
      }
      guard
        let session = view.session(
          of: document, orReport: { StandardError.write(errorRenderer.render($0)) })
      else {
        status = max(status, .usage)
        return
      }
      let report = decide(session)
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
