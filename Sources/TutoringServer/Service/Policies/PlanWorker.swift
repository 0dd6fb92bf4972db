#if Server
import Dispatch
import Synchronization

/// Works out plans on a thread of its own, one at a time, so that the threads that answer requests stay free.
package final class PlanWorker: Sendable {
  /// Another plan is being worked out.
  struct Busy: Error {}

  private let queue = DispatchQueue(label: "plans", qos: .utility)
  private let isBusy = Mutex(false)

  /// A worker with nothing to do.
  package init() {}

  /// Does something that asks the worker for its parts; for nobody else meanwhile.
  ///
  /// - Throws: `Busy` where it does so for somebody else already, and what `body` throws.
  func alone<Value>(_ body: () async throws -> Value) async throws -> Value {
    let isFree = isBusy.withLock { isBusy in
      defer { isBusy = true }
      return !isBusy
    }
    guard isFree else { throw Busy() }
    defer { isBusy.withLock { $0 = false } }
    return try await body()
  }

  /// What a function makes, on the worker's thread.
  func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: body()) }
    }
  }
}
#endif
