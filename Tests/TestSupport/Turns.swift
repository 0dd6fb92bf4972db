import Foundation

/// Waits until few enough other tests run a process, and runs a body that starts one.
///
/// A test that asks for many at once would make each of them slow, and whatever waits for one slower still. The
/// body must not wait for a turn itself.
public func takingTurn<Result>(
  _ body: () async throws -> sending Result
) async rethrows -> sending Result {
  await Turns.shared.begin()
  defer { Task { await Turns.shared.end() } }
  return try await body()
}

/// How many tests may run a process at a time, and who waits to.
private actor Turns {
  static let shared = Turns()

  private var free = max(2, ProcessInfo.processInfo.activeProcessorCount)
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func begin() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  func end() {
    if waiting.isEmpty {
      free += 1
    } else {
      waiting.removeFirst().resume()
    }
  }
}
