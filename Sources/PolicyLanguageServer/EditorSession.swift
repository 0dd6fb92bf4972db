import Dispatch
package import Foundation
import LanguageServerProtocol

/// A server with its streams: takes messages in their order, and finds out on another thread what takes long.
package final class EditorSession {
  private let server: PolicyServer
  private let inbox: MessageInbox
  private let send: ([Data]) -> Void
  private let queue = DispatchQueue(label: "rest")
  /// Requests that wait until more is known.
  private var waiting: [Data] = []

  /// A session.
  ///
  /// - Parameters:
  ///   - server: The server.
  ///   - descriptor: The stream that the client writes to.
  ///   - send: Sends messages to the client.
  package init(
    _ server: PolicyServer, reading descriptor: Int32, send: @escaping ([Data]) -> Void
  ) {
    self.server = server
    self.send = send
    inbox = MessageInbox(reading: descriptor)
  }

  /// Serves until the client ends it, or goes away.
  ///
  /// - Returns: The status with which the process ends; nil where the client has gone away.
  package func run() -> Int32? {
    while let piece = inbox.next(orWhenIdle: rest) {
      switch piece {
      case .message(let body): handle(body)
      case .cancelled(let body): send(PolicyServer.failure(.requestCancelled, to: body))
      case .unusableHeader: send([OutgoingMessage.failure(.parseError, to: nil)])
      case .found(let step):
        send(server.take(step))
        answerWaiting()
      }
      if let status = server.exitStatus { return status }
    }
    return nil
  }

  private func handle(_ body: Data) {
    if server.isPremature(body) {
      waiting.append(body)
      return
    }
    let wasChanged = server.revision
    send(server.handle(body))
    if server.revision != wasChanged {
      // Places in them are those of a text that is no longer so.
      for body in waiting { send(PolicyServer.failure(.contentModified, to: body)) }
      waiting = []
    }
  }

  private func answerWaiting() {
    waiting.removeAll { body in
      guard !server.isPremature(body) else { return false }
      send(server.handle(body))
      return true
    }
  }

  /// Once all that has come is handled: says what is wrong, and has the rest found out.
  private func rest() {
    send(server.publish())
    if let work = server.rest() {
      queue.async { [inbox] in work.run { inbox.receive($0) } }
    }
    answerWaiting()
  }
}
