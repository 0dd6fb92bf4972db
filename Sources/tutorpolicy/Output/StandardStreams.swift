import Foundation

/// Standard output, written in large pieces.
struct StandardOutput {
  private var pending: [UInt8] = []
  private let pieceSize = 1 << 16

  /// Makes writing into a closed pipe an error instead of a signal.
  static func ignoreBrokenPipes() { _ = signal(SIGPIPE, SIG_IGN) }

  /// Writes a text, now or with what follows.
  mutating func write(_ text: String) {
    pending.append(contentsOf: text.utf8)
    if pending.count >= pieceSize { flush() }
  }

  /// Writes bytes, now or with what follows.
  mutating func write(_ bytes: ArraySlice<UInt8>) {
    pending.append(contentsOf: bytes)
    if pending.count >= pieceSize { flush() }
  }

  /// Writes what is pending.
  ///
  /// Whoever reads may go away (`head` does): that ends the process quietly. What else hinders writing,
  /// a full disk say, is said, and ends it with a status of its own.
  mutating func flush() {
    defer { pending.removeAll(keepingCapacity: true) }
    // The system's own call: what Foundation throws doesn't tell a closed pipe on every platform.
    var written = 0
    while written < pending.count {
      let count = unsafe pending.withUnsafeBytes { bytes in
        unsafe Foundation.write(
          STDOUT_FILENO, bytes.baseAddress.map { unsafe $0 + written }, bytes.count - written)
      }
      if count >= 0 {
        written += count
      } else if errno == EPIPE {
        Foundation.exit(ExitStatus.fails.rawValue)
      } else if errno == EAGAIN {
        var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&output, 1, -1)
      } else if errno != EINTR {
        StandardError.write("error: the output can't be written\n")
        Foundation.exit(ExitStatus.unwritableOutput.rawValue)
      }
    }
  }
}

/// Standard error, written at once.
enum StandardError {
  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
