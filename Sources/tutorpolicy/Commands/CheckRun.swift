import CEL
import Diagnostics
import Foundation
import PolicyEngine
import PolicyRemedies
import PolicyRendering
import Synchronization

/// Decides every session of the input and reports it: documents one by one, streams on all cores.
struct CheckRun {
  let options: DecisionOptions
  let report: ReportOptions
  /// Which sessions are shown; nil for all.
  let selection: SelectionOptions.Selection?
  let policies: PolicySet
  let grouping: GroupingFact?
  /// How many threads decide a stream.
  let jobs: Int
  /// Who looks at the sessions, and what is supposed of them.
  let view: SessionView

  /// What all threads found together.
  private final class Totals: Sendable {
    private let state = Mutex((status: ExitStatus.passes, summary: DecisionSummary?.none))

    func add(_ status: ExitStatus) { state.withLock { $0.status = max($0.status, status) } }

    func add(_ report: borrowing CheckReport) {
      let (allPass, summary) = (report.allPass, report.summary)
      state.withLock { state in
        if !allPass { state.status = max(state.status, .fails) }
        state.summary?.merge(summary)
        if state.summary == nil { state.summary = summary }
      }
    }

    var status: ExitStatus { state.withLock(\.status) }
    var summary: DecisionSummary? { state.withLock(\.summary) }
  }

  /// Runs to the end of the input.
  ///
  /// - Throws: The exit status unless everything passes.
  func run() throws {
    let output = ReportOutput(
      renderer: DiagnosticRenderer(style: options.colors.errorStyle),
      hasSeparators: CheckReport.hasSeparators(report.format), view: view,
      progress: Progress(files: options.files))
    let interruption = Interruption()
    let totals = Totals()
    // A stream's documents are decided on its own threads.
    var single: Reporter?
    switch report.format {
    case .json: output.write("[")
    case .csv: output.write(VerdictCSVWriter(makeReporter().lines.decider).header)
    case .summary: single = makeReporter()
    case .text, .ndjson: break
    }
    let input = SessionInput(interruption: interruption)
    input.forEachDocument(in: options.files) { pending, _ in
      let (document, diagnostics) = pending.read(policies.vocabulary.schema)
      output.report(view.shown(diagnostics))
      guard let document else {
        return totals.add(.unreadableDocument)
      }
      var reporter = single.take() ?? makeReporter()
      let isTaken = reporter.add(document)
      if !isTaken {
        _ = view.session(of: document, orReport: output.report)
        totals.add(.usage)
      }
      output.write(report: reporter.report.takeOutput())
      single = consume reporter
    } stream: { (name, lines) throws(ReadError) in
      output.beginFile()
      try stream(lines, name: name, interruption, to: output, totals)
      return !output.isEmpty || interruption.hasHappened
    }
    if let reporter = single.take() { totals.add(reporter.report) }
    if report.format == .json { output.write(output.isBegun ? "\n]\n" : "]\n") }
    let status = totals.status
    if report.format == .summary, let summary = totals.summary {
      output.write(
        SummaryRenderer(
          policies: policies, style: options.colors.style, today: view.today,
          grouping: grouping?.text, selection: selection?.rawValue,
          isCutShort: interruption.hasHappened
        ).render(summary))
    }
    output.finish()
    if interruption.hasHappened {
      // A stream of lines tells by its end where it was; the other forms look whole.
      if report.format != .ndjson {
        StandardError.write("interrupted: what was read until then is decided\n")
      }
      Foundation.exit(128 + SIGINT)
    }
    try options.end(with: status)
  }

  private var textRenderer: VerdictTextRenderer {
    VerdictTextRenderer(
      policies: policies, width: Terminal.standardOutput.width, style: options.colors.style)
  }

  /// What looks at documents beside deciding them, where something is asked for that needs it.
  private var looker: SessionLooker? {
    guard report.withFixes || !view.isPlain else { return nil }
    return SessionLooker(
      view: view, knowledge: report.withFixes ? PolicyKnowledge(policies) : nil)
  }

  /// What decides documents and what is reported of them; each thread has its own.
  private struct Reporter: ~Copyable {
    var lines: LineDecider
    var report: CheckReport

    /// Decides a document and reports it; false when it can't be taken.
    mutating func add(_ document: FactDocument) -> Bool {
      var isTaken = false
      lines.decide(document) { decider in
        isTaken = report.add(decider, digest: { document.digest }, document: { _ in document })
      }
      return isTaken
    }

    /// Decides the lines of a piece of a stream and reports them; tells which are no documents, and which
    /// can't be taken.
    mutating func add(
      _ piece: [UInt8], count: Int
    ) -> (result: LineDecider.Result, refused: [LineDecider.BadLine]) {
      var refused: [LineDecider.BadLine] = []
      let result = lines.decide(piece, count: count) { decider in
        let place = decider.place
        let isTaken = report.add(
          decider, digest: { SHA256.hexDigest(of: piece[place]) },
          document: { $0.document(in: Array(piece[place])) })
        if !isTaken {
          refused.append(
            LineDecider.BadLine(number: decider.lineNumber, bytes: Array(piece[place])))
        }
      }
      return (result, refused)
    }
  }

  private func makeReporter() -> Reporter {
    let lines = LineDecider(
      DocumentDecider(policies, today: view.today, decisions: view.decisions, grouping: grouping),
      limit: SessionInput.documentLimit)
    let report = CheckReport(
      report, only: selection, lines.decider, text: textRenderer, looker: looker)
    return Reporter(lines: lines, report: report)
  }

  // MARK: - Streams

  /// Decides the lines of a stream, a piece at a time on each thread.
  private func stream(
    _ lines: LinePieces, name: String, _ interruption: Interruption, to output: ReportOutput,
    _ totals: Totals
  ) throws(ReadError) {
    let input = StreamInput(lines, interruption, jobs: jobs)
    let badLines = BadLines(
      renderer: DiagnosticRenderer(style: options.colors.errorStyle), view: view)
    let decide: @Sendable (Int) -> Void = { _ in
      var reporter = makeReporter()
      var buffer: [UInt8] = []
      while let piece = input.next(into: &buffer) {
        let (result, refused) = reporter.add(buffer, count: piece.count)
        var report = ReportOutput.Piece(
          output: reporter.report.takeOutput(), badLines: result.badLines,
          firstLine: piece.firstLine, documentCount: result.documentCount, byteCount: piece.count)
        if !result.badLines.isEmpty { totals.add(.unreadableDocument) }
        if !refused.isEmpty {
          totals.add(.usage)
          // Why is said where lines that are no documents are: in the order of the input.
          report.badLines = (result.badLines + refused).sorted { $0.number < $1.number }
        }
        badLines.report(&report, of: name, toEnd: false)
        input.release(output.add(report, number: piece.number, of: name))
      }
      totals.add(reporter.report)
    }
    if jobs == 1 {
      decide(0)
    } else {
      DispatchQueue.concurrentPerform(iterations: jobs, execute: decide)
    }
    if let error = input.error, !interruption.hasHappened { throw error }
  }
}

/// A stream that several threads take pieces from.
///
/// At most twice as many pieces as threads are read and not yet written, so that memory is bounded
/// however slow one of them or the reader of the output is.
private final class StreamInput: Sendable {
  private struct State: ~Copyable {
    var lines: LinePieces
    var count = 0
    var error: ReadError?
  }

  private let state: Mutex<State>
  private let interruption: Interruption
  private let places: DispatchSemaphore

  init(_ lines: LinePieces, _ interruption: Interruption, jobs: Int) {
    state = Mutex(State(lines: lines))
    self.interruption = interruption
    places = DispatchSemaphore(value: 2 * jobs)
  }

  /// Why reading ended early.
  var error: ReadError? { state.withLock { $0.error } }

  /// A piece that was read.
  struct Piece {
    /// How many bytes it has.
    let count: Int
    /// Its number in the stream, from 0.
    let number: Int
    /// The number of its first line, from 1.
    let firstLine: Int
  }

  /// Reads the next piece to a buffer; nil at the end.
  func next(into buffer: inout [UInt8]) -> Piece? {
    places.wait()
    let piece = state.withLock { state -> Piece? in
      guard state.error == nil else { return nil }
      do throws(ReadError) {
        let firstLine = state.lines.lineCount + 1
        guard let count = try state.lines.next(into: &buffer, unless: interruption) else {
          return nil
        }
        defer { state.count += 1 }
        return Piece(count: count, number: state.count, firstLine: firstLine)
      } catch {
        state.error = error
        return nil
      }
    }
    if piece == nil { places.signal() }
    return piece
  }

  /// Says that pieces were written, so that others can be read.
  func release(_ count: Int) {
    for _ in 0..<count { places.signal() }
  }
}
