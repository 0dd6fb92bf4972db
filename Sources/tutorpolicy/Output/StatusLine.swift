import Synchronization

/// A line on a terminal that says how far something is, and is taken away again.
final class StatusLine: Sendable {
  private let shown = Mutex<ContinuousClock.Instant?>(nil)

  /// A line, if standard error is a terminal.
  init?() {
    guard Terminal.standardError.isTerminal else { return nil }
  }

  /// Shows a text, unless another was shown a moment ago.
  func show(_ text: String) {
    shown.withLock { shown in
      let now = ContinuousClock.now
      if let shown, now - shown < .milliseconds(100) { return }
      shown = now
      StandardError.write("\r\u{1B}[K" + text)
    }
  }

  /// Takes the line away.
  func clear() {
    shown.withLock { shown in
      if shown != nil { StandardError.write("\r\u{1B}[K") }
      shown = nil
    }
  }
}
