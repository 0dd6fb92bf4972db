import Foundation
import Synchronization

/// Turns an interrupt (control-C) into the end of the input, so that output ends with a whole line.
///
/// A second interrupt ends the process at once.
final class Interruption: Sendable {
  private let happened = Atomic(false)
  /// A pipe that becomes readable when it happens, to wake up whoever waits for input.
  private let reader: Int32
  private let writer: Int32
  /// Dispatch's own objects may be used from any thread, though they are not marked so.
  private nonisolated(unsafe) let source: any DispatchSourceSignal

  /// Starts to listen.
  init() {
    var ends: [Int32] = [-1, -1]
    _ = unsafe pipe(&ends)
    reader = ends[0]
    writer = ends[1]
    signal(SIGINT, SIG_IGN)
    unsafe source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    unsafe source.setEventHandler { [weak self] in self?.interrupt() }
    unsafe source.resume()
  }

  deinit {
    unsafe source.cancel()
    close(reader)
    close(writer)
  }

  /// Whether it happened.
  var hasHappened: Bool { happened.load(ordering: .relaxed) }

  /// Waits until a file can be read; false when the user interrupts.
  func waitForInput(_ descriptor: Int32) -> Bool {
    var files = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: reader, events: Int16(POLLIN), revents: 0),
    ]
    while !hasHappened {
      let count = unsafe poll(&files, 2, -1)
      if count > 0 { return !hasHappened }
      if count < 0, errno != EINTR { return true }
    }
    return false
  }

  /// Waits for some time; false, at once, when the user interrupts.
  func wait(milliseconds: Int32) -> Bool {
    var file = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
    if !hasHappened { _ = unsafe poll(&file, 1, milliseconds) }
    return !hasHappened
  }

  private func interrupt() {
    happened.store(true, ordering: .relaxed)
    signal(SIGINT, SIG_DFL)
    var byte: UInt8 = 0
    _ = unsafe write(writer, &byte, 1)
  }
}
