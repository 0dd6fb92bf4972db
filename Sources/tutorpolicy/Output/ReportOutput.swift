import Diagnostics
import Foundation
import PolicyEngine
import Synchronization

/// Where the reports of a stream's pieces go: in the order of the input, whichever is ready first.
final class ReportOutput: Sendable {
  /// What came of a piece.
  struct Piece: Sendable {
    var output: [UInt8] = []
    var result = LineDecider.Result()
    /// The number of bytes of input.
    var byteCount = 0
  }

  private struct State {
    /// Pieces that have to wait for one before them, by their number.
    var waiting: [Int: Piece] = [:]
    /// The number of the piece that is written next.
    var next = 0
    /// The number of lines of the current file that have been passed.
    var lineCount = 0
    var documentCount = 0
    var badLineCount = 0
    /// Whether something has been written.
    var isBegun = false
    var output = StandardOutput()
    var progress: Progress?
  }

  private let state: Mutex<State>
  /// What reads bad lines again, to say what is wrong with them.
  private let reader: Mutex<DocumentReader>
  private let renderer: DiagnosticRenderer
  private let view: SessionView
  /// Whether each report begins with a separator, which the first goes without.
  private let hasSeparators: Bool

  /// An output that names bad lines by a renderer of diagnostics.
  init(
    renderer: DiagnosticRenderer, hasSeparators: Bool, view: SessionView,
    progress: Progress?
  ) {
    self.view = view
    self.renderer = renderer
    self.hasSeparators = hasSeparators
    state = Mutex(State(progress: progress))
    reader = Mutex(DocumentReader(view.policies.vocabulary.schema))
  }

  /// Writes text around the reports.
  func write(_ text: String) {
    state.withLock { $0.output.write(text) }
  }

  /// Writes a report that no other may overtake.
  func write(report: [UInt8]) {
    state.withLock { write(report, &$0) }
  }

  /// Writes a piece once all before it are written, and those after it that wait for it.
  ///
  /// - Returns: How many pieces were written.
  func add(_ piece: Piece, number: Int, of file: String) -> Int {
    state.withLock { state in
      state.waiting[number] = piece
      let first = state.next
      while let piece = state.waiting.removeValue(forKey: state.next) {
        write(piece.output, &state)
        report(piece.result.badLines, of: file, &state)
        state.lineCount += piece.result.lineCount
        state.documentCount += piece.result.documentCount
        state.badLineCount += piece.result.badLines.count
        state.next += 1
        state.output.flush()
        state.progress?.advance(bytes: piece.byteCount, sessions: piece.result.documentCount)
      }
      return state.next - first
    }
  }

  /// Begins with the lines of another file.
  func beginFile() {
    state.withLock { state in
      state.next = 0
      state.lineCount = 0
      state.documentCount = 0
      state.badLineCount = 0
    }
  }

  /// Whether the current file had neither documents nor lines that should have been some.
  var isEmpty: Bool { state.withLock { $0.documentCount + $0.badLineCount == 0 } }

  /// Whether any report was written.
  var isBegun: Bool { state.withLock { $0.isBegun } }

  /// Writes a message among the reports.
  func report(_ diagnostics: [Diagnostic]) {
    guard !diagnostics.isEmpty else { return }
    state.withLock { state in
      // What was decided so far comes first, so that a terminal shows both in order.
      state.output.flush()
      state.progress?.clear()
      StandardError.write(renderer.render(diagnostics))
    }
  }

  /// Writes all that is pending.
  func finish() {
    state.withLock { state in
      state.output.flush()
      state.progress?.clear()
    }
  }

  private func write(_ report: [UInt8], _ state: inout sending State) {
    guard !report.isEmpty else { return }
    state.output.write(hasSeparators && !state.isBegun ? report.dropFirst() : report[...])
    state.isBegun = true
  }

  private func report(
    _ badLines: [LineDecider.BadLine], of file: String, _ state: inout sending State
  ) {
    guard !badLines.isEmpty else { return }
    state.output.flush()
    state.progress?.clear()
    let lineCount = state.lineCount
    let text = reader.withLock { reader in
      badLines.map { line in
        renderer.render(
          diagnostics(line, number: lineCount + line.number + 1, of: file, by: &reader))
      }.joined()
    }
    StandardError.write(text)
  }

  private func diagnostics(
    _ line: LineDecider.BadLine, number: Int, of file: String, by reader: inout DocumentReader
  ) -> [Diagnostic] {
    let source = Source(name: file, bytes: line.bytes, firstLine: number)
    guard line.bytes.count <= SessionInput.documentLimit else { return [.tooLong(source)] }
    return view.mistakes(in: source, by: &reader)
  }
}
