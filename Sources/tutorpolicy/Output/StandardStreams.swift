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
    guard !pending.isEmpty else { return }
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(pending))
    } catch {
      if (error as? CocoaError)?.isBrokenPipe ?? false {
        Foundation.exit(ExitStatus.fails.rawValue)
      }
      StandardError.write("error: the output can't be written\n")
      Foundation.exit(ExitStatus.unwritableOutput.rawValue)
    }
  }
}

extension CocoaError {
  /// Whether whoever read the output has gone away.
  fileprivate var isBrokenPipe: Bool { (underlying as? POSIXError)?.code == .EPIPE }
}

/// Standard error, written at once.
enum StandardError {
  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
