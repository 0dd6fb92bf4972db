import CEL
import Diagnostics
import Foundation
import PolicyEngine
import PolicyRemedies
import Synchronization

/// Decides every session of the input and reports it: documents one by one, streams on all cores.
struct CheckRun {
  let options: DecisionOptions
  let report: ReportOptions
  let policies: PolicySet
  let decisions: [Int]
  let today: CivilDate
  let grouping: GroupingFact?

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
      policies: policies, renderer: DiagnosticRenderer(style: options.colors.errorStyle),
      hasSeparators: CheckReport.hasSeparators(report.format),
      progress: Progress(files: options.files))
    let interruption = Interruption()
    let totals = Totals()
    var lines = makeDecider()
    var single = CheckReport(report, lines.decider, text: textRenderer, fixes: fixes)
    switch report.format {
    case .json: output.write("[")
    case .csv: output.write(VerdictCSVWriter(lines.decider).header)
    case .text, .ndjson, .summary: break
    }
    let input = SessionInput(
      schema: policies.vocabulary.schema, interruption: interruption)
    input.forEachDocument(in: options.files) { document, diagnostics in
      output.report(diagnostics)
      guard let document else {
        return totals.add(.unreadableDocument)
      }
      lines.decide(document) { decider in single.add(decider) { _ in document } }
      output.write(report: single.takeOutput())
    } stream: { (name, lines) throws(ReadError) in
      output.beginFile()
      try stream(lines, name: name, interruption, to: output, totals)
      return !output.isEmpty || interruption.hasHappened
    }
    totals.add(single)
    if report.format == .json { output.write(output.isBegun ? "\n]\n" : "]\n") }
    let status = totals.status
    if report.format == .summary, let summary = totals.summary {
      output.write(
        SummaryRenderer(
          policies: policies, style: options.colors.style, today: today,
          grouping: grouping?.text
        ).render(summary))
    }
    output.finish()
    if interruption.hasHappened { Foundation.exit(128 + SIGINT) }
    try options.end(with: status)
  }

  private var textRenderer: VerdictTextRenderer {
    VerdictTextRenderer(
      policies: policies, width: Terminal.standardOutput.width, style: options.colors.style)
  }

  /// What finds the ways out, where they are asked for.
  private var fixes: FixFinder? {
    guard report.withFixes else { return nil }
    return FixFinder(
      knowledge: PolicyKnowledge(policies), schema: policies.vocabulary.schema, today: today,
      decisions: decisions)
  }

  private func makeDecider() -> LineDecider {
    LineDecider(
      DocumentDecider(policies, today: today, decisions: decisions, grouping: grouping))
  }

  // MARK: - Streams

  /// Decides the lines of a stream, a piece at a time on each thread.
  private func stream(
    _ lines: LinePieces, name: String, _ interruption: Interruption, to output: ReportOutput,
    _ totals: Totals
  ) throws(ReadError) {
    let input = StreamInput(lines, interruption, jobs: report.jobCount)
    let text = textRenderer
    let fixes = fixes
    let decide: @Sendable (Int) -> Void = { _ in
      var decider = makeDecider()
      var report = CheckReport(self.report, decider.decider, text: text, fixes: fixes)
      var buffer: [UInt8] = []
      while let piece = input.next(into: &buffer) {
        let result = decider.decide(buffer, count: piece.count) { decider in
          let place = decider.place
          report.add(decider) { $0.document(in: Array(buffer[place])) }
        }
        if !result.badLines.isEmpty { totals.add(.unreadableDocument) }
        let written = output.add(
          ReportOutput.Piece(
            output: report.takeOutput(), result: result, byteCount: piece.count),
          number: piece.number, of: name)
        input.release(written)
      }
      totals.add(report)
    }
    if report.jobCount == 1 {
      decide(0)
    } else {
      DispatchQueue.concurrentPerform(iterations: report.jobCount, execute: decide)
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

  /// Reads the next piece to a buffer, and gives its number; nil at the end.
  func next(into buffer: inout [UInt8]) -> (count: Int, number: Int)? {
    places.wait()
    let piece = state.withLock { state -> (Int, Int)? in
      guard state.error == nil else { return nil }
      do throws(ReadError) {
        guard let count = try state.lines.next(into: &buffer, unless: interruption) else {
          return nil
        }
        defer { state.count += 1 }
        return (count, state.count)
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
