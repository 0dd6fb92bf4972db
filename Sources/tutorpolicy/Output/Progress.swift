import Diagnostics
import PolicyEngine

/// A line on a terminal that says how far a stream is, how fast, and how long it will take.
struct Progress: Sendable {
  /// How many bytes there are; nil for a pipe.
  private let byteTotal: Int?
  private let start = ContinuousClock.now
  private var lastShown: ContinuousClock.Instant?
  private var byteCount = 0
  private var sessionCount = 0
  private let interval = Duration.milliseconds(200)

  /// A progress line, if standard error is a terminal that output does not go to as well.
  init?(files: [String]) {
    guard Terminal.standardError.isTerminal, !Terminal.standardOutput.isTerminal else { return nil }
    var total = 0
    for file in files {
      guard file != "-", let status = FileStatus(at: file), status.kind == .regular else {
        byteTotal = nil
        return
      }
      total += status.size
    }
    byteTotal = total
  }

  /// Counts what was decided, and shows it from time to time.
  mutating func advance(bytes: Int, sessions: Int) {
    byteCount += bytes
    sessionCount += sessions
    let now = ContinuousClock.now
    guard now - (lastShown ?? start) >= interval else { return }
    lastShown = now
    StandardError.write("\r\u{1B}[K" + line(after: now - start))
  }

  /// Takes the line away.
  mutating func clear() {
    guard lastShown != nil else { return }
    lastShown = nil
    StandardError.write("\r\u{1B}[K")
  }

  private func line(after elapsed: Duration) -> String {
    let seconds = max(elapsed / .seconds(1), 0.001)
    var parts = [
      "\(sessionCount.grouped) sessions", "\(Int(Double(sessionCount) / seconds).grouped) a second",
    ]
    if let byteTotal, byteCount > 0, byteTotal > 0 {
      let done = min(Double(byteCount) / Double(byteTotal), 1)
      let left = Int((seconds * (1 - done) / done).rounded(.up))
      parts.append("\(Int(done * 100)) %")
      parts.append("\(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left")
    }
    return parts.joined(separator: ", ")
  }
}
