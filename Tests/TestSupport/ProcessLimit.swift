public import Foundation

extension Process {
  /// Kills the process if it still runs after so many seconds, so that one that hangs fails its test and
  /// never keeps the others waiting.
  ///
  /// The limit is for what hangs, and never for what is slow: give more than the slowest machine takes.
  /// Nothing less than killing would do: a process that hangs may well be deaf to a request to end.
  public func kill(afterSeconds seconds: Int) {
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds)) { self.kill() }
  }

  /// Kills the process, if it still runs.
  public func kill() {
    if isRunning { _ = Foundation.kill(processIdentifier, SIGKILL) }
  }
}
