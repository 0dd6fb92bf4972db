import Diagnostics
import Foundation
import PolicyEngine
import Synchronization

/// Where the reports of a stream's pieces go: in the order of the input, whichever is ready first.
final class ReportOutput: Sendable {
  /// What came of a piece.
  struct Piece: Sendable {
    var output: [UInt8] = []
    /// What is wrong with the lines that are no documents, as far as that is written.
    var messages = ""
    /// The lines that nothing is written of yet.
    var badLines: [LineDecider.BadLine] = []
    /// The number in the file of the first line, from 1.
    var firstLine = 1
    var documentCount = 0
    /// The number of bytes of input.
    var byteCount = 0
  }

  private struct State {
    /// Pieces that have to wait for one before them, by their number.
    var waiting: [Int: Piece] = [:]
    /// The number of the piece that is written next.
    var next = 0
    /// Whether the current file had documents, or lines that should have been some.
    var isEmpty = true
    /// Whether something has been written.
    var isBegun = false
    var output = StandardOutput()
    var progress: Progress?
  }

  private let state: Mutex<State>
  private let renderer: DiagnosticRenderer
  private let badLines: BadLines
  /// Whether each report begins with a separator, which the first goes without.
  private let hasSeparators: Bool

  /// An output that names bad lines by a renderer of diagnostics.
  init(
    renderer: DiagnosticRenderer, hasSeparators: Bool, view: SessionView,
    progress: Progress?
  ) {
    self.renderer = renderer
    badLines = BadLines(renderer: renderer, view: view)
    self.hasSeparators = hasSeparators
    state = Mutex(State(progress: progress))
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
        if piece.documentCount > 0 || !piece.badLines.isEmpty || !piece.messages.isEmpty {
          state.isEmpty = false
        }
        write(piece.output, &state)
        state.output.flush()
        reportBadLines(of: piece, in: file, &state)
        state.next += 1
        state.progress?.advance(bytes: piece.byteCount, sessions: piece.documentCount)
      }
      return state.next - first
    }
  }

  /// Begins with the lines of another file.
  func beginFile() {
    state.withLock { state in
      state.next = 0
      state.isEmpty = true
    }
  }

  /// Whether the current file had neither documents nor lines that should have been some.
  var isEmpty: Bool { state.withLock(\.isEmpty) }

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

  private func reportBadLines(of piece: Piece, in file: String, _ state: inout sending State) {
    guard !piece.messages.isEmpty || !piece.badLines.isEmpty else { return }
    state.progress?.clear()
    var piece = piece
    badLines.report(&piece, of: file, toEnd: true)
    StandardError.write(piece.messages)
  }
}
