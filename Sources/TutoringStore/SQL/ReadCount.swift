#if Store
import Synchronization

/// Counts those who read at a time, as far as the connections for them go.
final class ReadCount: Sendable {
  /// How many connections there are for those who read.
  static let most = 6

  private let running = Atomic(0)

  /// Begins to read, whether or not a connection is free.
  func begin() { running.add(1, ordering: .relaxed) }

  /// Begins to read where a connection is free; whether one is.
  func beginIfFree() -> Bool {
    let (_, now) = running.add(1, ordering: .relaxed)
    if now <= Self.most { return true }
    end()
    return false
  }

  /// Ends reading.
  func end() { running.subtract(1, ordering: .relaxed) }
}
#endif
