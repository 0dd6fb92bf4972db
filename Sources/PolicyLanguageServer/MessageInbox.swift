package import Foundation
import LanguageServerProtocol
import Synchronization

/// The messages that a client has sent, in their order, read ahead by a thread of its own.
///
/// Reading ahead tells which requests are cancelled before they have been begun.
package final class MessageInbox: Sendable {
  /// What comes next.
  package enum Piece: Sendable {
    case message(Data)
    /// A request that the client no longer wants answered.
    case cancelled(Data)
    case unusableHeader
  }

  private struct State {
    var pieces: [MessageFraming.Piece] = []
    var cancelled: Set<RequestID> = []
    var hasEnded = false
  }

  private let state = Mutex(State())
  private let arrivals = DispatchSemaphore(value: 0)

  /// The messages of a stream, by its descriptor, which is read from now on.
  package init(reading descriptor: Int32) {
    let thread = Thread { [self] in
      var framing = MessageFraming()
      while let bytes = Self.read(descriptor) {
        framing.receive(bytes)
        while let piece = framing.next() { receive(piece) }
      }
      state.withLock { $0.hasEnded = true }
      arrivals.signal()
    }
    thread.start()
  }

  /// What has come, awaited; nil at the end, and where the stream can't be read.
  ///
  /// By the system's own call: Foundation's ends the process where a stream can't be read.
  private static func read(_ descriptor: Int32) -> Data? {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Foundation.read(descriptor, bytes.baseAddress, bytes.count)
      }
      if count > 0 { return Data(buffer[..<count]) }
      guard count < 0, errno == EINTR || errno == EAGAIN else { return nil }
      var input = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      _ = unsafe poll(&input, 1, -1)
    }
  }

  /// Whether something has come that was not taken yet.
  package var hasMore: Bool { state.withLock { !$0.pieces.isEmpty || $0.hasEnded } }

  private func receive(_ piece: MessageFraming.Piece) {
    if case .message(let body) = piece, let message = try? IncomingMessage(body),
      message.method == "$/cancelRequest",
      let params = try? message.params(LSP.CancelParams.self)
    {
      return state.withLock { state in
        // What has been answered, or never was asked, is not to be remembered.
        let isWaiting = state.pieces.contains { piece in
          guard case .message(let body) = piece else { return false }
          return (try? IncomingMessage(body))?.id == params.id
        }
        if isWaiting { state.cancelled.insert(params.id) }
      }
    }
    state.withLock { $0.pieces.append(piece) }
    arrivals.signal()
  }

  /// The next message, awaited.
  ///
  /// - Parameter idle: Called before it waits, with all that has come handled.
  /// - Returns: What comes next; nil at the end of the stream.
  package func next(orWhenIdle idle: () -> Void) -> Piece? {
    while true {
      if arrivals.wait(timeout: .now()) == .timedOut {
        idle()
        arrivals.wait()
      }
      let taken = state.withLock { state -> Piece?? in
        guard !state.pieces.isEmpty else { return state.hasEnded ? .some(nil) : nil }
        switch state.pieces.removeFirst() {
        case .unusableHeader: return .unusableHeader
        case .message(let body):
          guard let id = (try? IncomingMessage(body))?.id, state.cancelled.remove(id) != nil else {
            return .message(body)
          }
          return .cancelled(body)
        }
      }
      if let taken { return taken }
    }
  }
}
