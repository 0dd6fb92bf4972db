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
    /// What another thread has found out.
    case found(RestWork.Step)
  }

  private enum Arrival {
    case received(MessageFraming.Piece)
    case found(RestWork.Step)

    /// The id of a request.
    var id: RequestID? {
      guard case .received(.message(let body)) = self else { return nil }
      return (try? IncomingMessage(body))?.id
    }
  }

  private struct State {
    var arrivals: [Arrival] = []
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

  /// Takes what another thread has found out.
  func receive(_ step: RestWork.Step) {
    state.withLock { $0.arrivals.append(.found(step)) }
    arrivals.signal()
  }

  private func receive(_ piece: MessageFraming.Piece) {
    if case .message(let body) = piece, let message = try? IncomingMessage(body),
      message.method == "$/cancelRequest",
      let params = try? message.params(LSP.CancelParams.self)
    {
      return state.withLock { state in
        // What has been answered, or never was asked, is not to be remembered.
        let isWaiting = state.arrivals.contains { $0.id == params.id }
        if isWaiting { state.cancelled.insert(params.id) }
      }
    }
    state.withLock { $0.arrivals.append(.received(piece)) }
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
        guard !state.arrivals.isEmpty else { return state.hasEnded ? .some(nil) : nil }
        let arrival = state.arrivals.removeFirst()
        let isCancelled = arrival.id.map { state.cancelled.remove($0) != nil } ?? false
        switch arrival {
        case .found(let step): return .found(step)
        case .received(.unusableHeader): return .unusableHeader
        case .received(.message(let body)): return isCancelled ? .cancelled(body) : .message(body)
        }
      }
      if let taken { return taken }
    }
  }
}
