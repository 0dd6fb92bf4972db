public import Foundation

extension Process {
  /// Kills the process if it still runs after so many seconds, so that one that hangs fails its test and
  /// never keeps the others waiting.
  ///
  /// Nothing less would do: a process that hangs may well be deaf to a request to end.
  public func kill(afterSeconds seconds: Int) {
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds)) { self.kill() }
  }

  /// Kills the process, if it still runs.
  public func kill() {
    if isRunning { _ = Foundation.kill(processIdentifier, SIGKILL) }
  }
}
