import Foundation
import Synchronization

/// Standard output, written in large pieces.
struct StandardOutput {
  private var pending: [UInt8] = []
  private let pieceSize = 1 << 16

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
  /// Whoever reads may go away (`head` does): that ends the process quietly, with the status that the signal
  /// would have given. What else hinders writing, a full disk say, is said, and has a status of its own.
  mutating func flush() {
    defer { pending.removeAll(keepingCapacity: true) }
    switch pending.write(to: STDOUT_FILENO) {
    case nil: return
    case EPIPE?: Foundation.exit(128 + SIGPIPE)
    default:
      StandardError.write("error: the output can't be written\n")
      Foundation.exit(ExitStatus.unwritableOutput.rawValue)
    }
  }
}

/// Standard error, written at once.
enum StandardError {
  /// Whether something could not be written, since there is no room: it belongs to the process, as the stream does.
  private static let failed = Atomic(false)

  /// Whether something could not be written.
  static var isIncomplete: Bool { failed.load(ordering: .relaxed) }

  static func write(_ text: String) {
    switch Array(text.utf8).write(to: STDERR_FILENO) {
    // Who has closed it, or reads no more, wants none of it.
    case nil, EBADF?, EPIPE?: return
    default: failed.store(true, ordering: .relaxed)
    }
  }
}

extension [UInt8] {
  /// Writes all of it; gives the system's error where that can't be done.
  ///
  /// By the system's own call: what Foundation throws doesn't tell a closed pipe on every platform.
  fileprivate func write(to descriptor: Int32) -> Int32? {
    var written = 0
    while written < count {
      let added = unsafe withUnsafeBytes { bytes in
        unsafe Foundation.write(
          descriptor, bytes.baseAddress.map { unsafe $0 + written }, bytes.count - written)
      }
      if added >= 0 {
        written += added
      } else if errno == EAGAIN {
        var output = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&output, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return nil
  }
}
