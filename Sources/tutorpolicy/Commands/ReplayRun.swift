import Diagnostics
import Foundation
import PolicyComparison
import PolicyEngine
import Synchronization

/// Decides recorded sessions by both policy sets of a plan: streams on all cores.
struct ReplayRun {
  let questions: ReplayQuestions
  let files: [String]
  let jobs: Int
  let style: TextStyle

  /// What all threads found together.
  private final class Totals: Sendable {
    private typealias Failing = [Replay.Direction: [ReplayWorker.Failing]]
    private let state = Mutex((replay: Replay(), failing: Failing()))

    func add(_ worker: borrowing ReplayWorker) {
      let (replay, failing) = (worker.replay, worker.failing)
      state.withLock { state in
        state.replay.merge(replay)
        state.failing.merge(failing) { $0 + $1 }
      }
    }

    /// What was found, with the ways out of the first sessions that fail now.
    func replay(_ questions: ReplayQuestions) -> Replay {
      let (replay, failing) = state.withLock { ($0.replay, $0.failing) }
      return ReplayRemedies(questions).adding(to: replay, failing: failing)
    }
  }

  /// The replay, and whether everything could be read.
  func run() -> (replay: Replay, isWhole: Bool) {
    let totals = Totals()
    var isWhole = true
    let renderer = DiagnosticRenderer(style: style)
    let input = SessionInput(interruption: Interruption())
    for (number, file) in files.enumerated() {
      let name = file == "-" ? "<stdin>" : file
      var document = 0
      input.forEachDocument(in: [file]) { pending, _ in
        let (found, diagnostics) = pending.read(questions.schema)
        if !diagnostics.isEmpty { StandardError.write(renderer.render(diagnostics)) }
        guard let found else {
          isWhole = false
          return
        }
        var worker = ReplayWorker(questions, limit: SessionInput.documentLimit)
        let bytes = Array(found.text) + [UInt8](repeating: 0, count: PaddedBytes.padding)
        document += 1
        _ = worker.add(
          bytes, count: found.text.count, file: number, name: name, firstLine: document)
        totals.add(worker)
      } stream: { (_, lines) throws(ReadError) in
        let pieces = NumberedPieces(lines, input.interruption)
        let decide: @Sendable (Int) -> Void = { _ in
          var worker = ReplayWorker(questions, limit: SessionInput.documentLimit)
          var buffer: [UInt8] = []
          while let piece = pieces.next(into: &buffer) {
            _ = worker.add(
              buffer, count: piece.count, file: number, name: name, firstLine: piece.firstLine)
          }
          totals.add(worker)
        }
        if jobs == 1 {
          decide(0)
        } else {
          DispatchQueue.concurrentPerform(iterations: jobs, execute: decide)
        }
        if let error = pieces.error { throw error }
        return pieces.lineCount > 0
      }
    }
    let replay = totals.replay(questions)
    return (replay, isWhole && replay.unreadable == 0)
  }
}

/// A stream that several threads take pieces from, each with the number of its first line.
private final class NumberedPieces: Sendable {
  private struct State: ~Copyable {
    var lines: LinePieces
    var lineCount = 0
    var error: ReadError?
  }

  private let state: Mutex<State>
  private let interruption: Interruption

  init(_ lines: LinePieces, _ interruption: Interruption) {
    state = Mutex(State(lines: lines))
    self.interruption = interruption
  }

  /// Why reading ended early.
  var error: ReadError? { state.withLock { $0.error } }
  /// How many lines were read.
  var lineCount: Int { state.withLock { $0.lineCount } }

  func next(into buffer: inout [UInt8]) -> (count: Int, firstLine: Int)? {
    state.withLock { state -> (Int, Int)? in
      guard state.error == nil else { return nil }
      do throws(ReadError) {
        guard let count = try state.lines.next(into: &buffer, unless: interruption) else {
          return nil
        }
        let first = state.lineCount + 1
        var breaks = 0
        for byte in buffer[..<count] where byte == UInt8(ascii: "\n") { breaks += 1 }
        if count > 0, buffer[count - 1] != UInt8(ascii: "\n") { breaks += 1 }
        state.lineCount += breaks
        return (count, first)
      } catch {
        state.error = error
        return nil
      }
    }
  }
}
