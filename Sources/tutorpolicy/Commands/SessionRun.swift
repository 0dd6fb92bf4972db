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
    let text: () -> String
    let json: () -> String
    /// A line, with its end.
    let ndjson: () -> [UInt8]
  }

  let options: DecisionOptions
  let format: Format
  let policies: PolicySet
  /// How many threads decide.
  let jobs: Int
  /// Which sessions are shown; nil for all.
  let selection: SelectionOptions.Selection?
  /// Who reads.
  var viewer = Viewer.privileged
  /// What is supposed of the sessions.
  var suppositions: [Supposition] = []

  /// What came of a document.
  private struct Outcome: Sendable {
    /// What is written to standard error, and what is printed.
    var messages = ""
    var output: [UInt8]?
    var status = ExitStatus.passes
  }

  /// Runs to the end of the input; where something is supposed, of documents in which it can be.
  ///
  /// Reports are printed in the order of the input, each as soon as those before it are there.
  ///
  /// - Throws: The exit status unless everything passes.
  func run(_ decide: @Sendable (AskedSession) -> Report) throws {
    let view = SessionView(
      policies: policies, viewer: viewer, suppositions: suppositions,
      today: options.date(for: policies),
      isTodaySupposed: options.isDateSupposed(for: policies),
      decisions: try options.decisions(of: policies))
    let errorRenderer = DiagnosticRenderer(style: options.colors.errorStyle)
    var output = StandardOutput()
    var status = ExitStatus.passes
    var count = 0
    func write(_ outcome: Outcome) {
      if !outcome.messages.isEmpty { StandardError.write(outcome.messages) }
      status = max(status, outcome.status)
      guard let text = outcome.output else { return }
      output.write(separator(count))
      output.write(text[...])
      // Each report is written when it is there: beside deciding why, that costs nothing, the first
      // results of a slow pipe come at once, and an interrupt never cuts a line.
      output.flush()
      count += 1
    }
    if format == .json { output.write("[") }
    let interruption = Interruption()
    var waiting: [PendingDocument] = []
    func decideWaiting() {
      waiting.concurrentMap(jobs: jobs) { outcome(of: $0, view, errorRenderer, decide) }
        .forEach(write)
      waiting.removeAll()
    }
    SessionInput(interruption: interruption).forEachDocument(in: options.files) {
      pending, isMoreThere in
      waiting.append(pending)
      // More at a time than threads, since reports take differently long; but not many large ones.
      let isFull = jobs == 1 || waiting.count == jobs * 16 || waiting.byteCount > 1 << 20
      if !isMoreThere || isFull { decideWaiting() }
    }
    decideWaiting()
    if format == .json { output.write(count > 0 ? "\n]\n" : "]\n") }
    output.flush()
    if interruption.hasHappened { Foundation.exit(128 + SIGINT) }
    try options.end(with: status)
  }

  /// What stands before a report that has so many before it.
  private func separator(_ count: Int) -> String {
    switch format {
    case .text: count > 0 ? "\n" : ""
    case .json: count > 0 ? ",\n" : "\n"
    case .ndjson: ""
    }
  }

  private func outcome(
    of pending: PendingDocument, _ view: SessionView, _ errorRenderer: DiagnosticRenderer,
    _ decide: (AskedSession) -> Report
  ) -> Outcome {
    let (document, diagnostics) = pending.read(policies.vocabulary.schema)
    var outcome = Outcome()
    if !diagnostics.isEmpty {
      outcome.messages = errorRenderer.render(view.shown(diagnostics))
    }
    guard let document else {
      outcome.status = .unreadableDocument
      return outcome
    }
    let session = view.session(of: document) { outcome.messages += errorRenderer.render($0) }
    guard let session else {
      outcome.status = .usage
      return outcome
    }
    if let selection {
      let verdict = policies.decide(
        session.document, today: session.today, decisions: session.decisions, for: session.viewer)
      guard selection.includes(verdict) else {
        outcome.status = verdict.passes ? .passes : .fails
        return outcome
      }
    }
    let report = decide(session)
    if !report.passes { outcome.status = .fails }
    switch format {
    case .text: outcome.output = Array(report.text().utf8)
    case .json: outcome.output = Array(report.json().utf8)
    case .ndjson: outcome.output = report.ndjson()
    }
    return outcome
  }
}

extension [PendingDocument] {
  fileprivate var byteCount: Int { reduce(0) { $0 + $1.byteCount } }
}
