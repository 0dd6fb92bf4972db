#if Store
import GRDB
import Synchronization

/// Writes that wait for each other to reach the disk, and so go there together.
///
/// What takes longest in a small write is to wait until the disk has it. While one transaction is written, those who come
/// meanwhile gather, and all of them go into the next one: each within a savepoint of its own, so that one that throws
/// undoes itself alone. Nobody hears of a success before the transaction is on disk. (Known as group commit: DeWitt et
/// al., "Implementation Techniques for Main Memory Database Systems", SIGMOD 1984.)
final class WriteQueue: Sendable {
  /// A write that waits.
  private struct Waiting: Sendable {
    /// Writes, and gives what tells of the success once the disk has it.
    let write: @Sendable (Database) throws -> Told
    /// Tells of a failure.
    let fail: Fail

    typealias Told = @Sendable () -> Void
    typealias Fail = @Sendable (any Error) -> Void
  }

  private struct State {
    var waiting: [Waiting] = []
    var isWriting = false
  }

  /// How many writes share a transaction at most: one who comes first should not wait for many others.
  private static let most = 64

  private let pool: DatabasePool
  private let state = Mutex(State())

  init(_ pool: DatabasePool) { self.pool = pool }

  /// How many writes wait.
  var waiting: Int { state.withLock(\.waiting.count) }
  /// Whether some are being written.
  var isWriting: Bool { state.withLock(\.isWriting) }

  /// Writes, and returns once it is on disk.
  ///
  /// - Parameter body: What is written; where others spoil the transaction that it shares, it is done once more by itself.
  /// - Returns: What the body gives.
  /// - Throws: What the body throws, and the errors of the database; nothing of it is kept then.
  func write<Value: Sendable>(
    _ body: @Sendable @escaping (Database) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      add(
        Waiting(
          write: { database in
            let value = try body(database)
            return { continuation.resume(returning: value) }
          }, fail: { continuation.resume(throwing: $0) }))
    }
  }

  private func add(_ write: Waiting) {
    let isFirst = state.withLock { state in
      state.waiting.append(write)
      defer { state.isWriting = true }
      return !state.isWriting
    }
    if isFirst { writeNext() }
  }

  /// Writes those who wait, in the order in which they came.
  private func writeNext() {
    pool.asyncWriteWithoutTransaction { database in
      let next = self.state.withLock { state in
        let next = Array(state.waiting.prefix(Self.most))
        state.waiting.removeFirst(next.count)
        return next
      }
      Self.write(next, to: database)
      let isDone = self.state.withLock { state in
        state.isWriting = !state.waiting.isEmpty
        return !state.isWriting
      }
      // Others who use the writer have their turn in between.
      if !isDone { self.writeNext() }
    }
  }

  private static func write(_ batch: [Waiting], to database: Database) {
    guard batch.count > 1 else {
      for write in batch { alone(write, database) }
      return
    }
    var outcomes: [Result<Waiting.Told, any Error>] = []
    do {
      try database.inTransaction(.immediate) {
        for write in batch {
          outcomes.append(try within(write, database))
        }
        return .commit
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      // Each has waited for the other program.
      for write in batch { write.fail(error) }
      return
    } catch {
      // The disk is full, or a constraint that is looked at in the end does not hold: whose fault it is shows when each is
      // written by itself.
      for write in batch { alone(write, database) }
      return
    }
    for (write, outcome) in zip(batch, outcomes) {
      switch outcome {
      case .success(let tell): tell()
      case .failure(let error): write.fail(error)
      }
    }
  }

  /// Writes within the transaction of others; throws where that can't go on.
  private static func within(
    _ write: Waiting, _ database: Database
  ) throws -> Result<Waiting.Told, any Error> {
    var outcome: Result<Waiting.Told, any Error>?
    try database.inSavepoint {
      do {
        outcome = .success(try write.write(database))
        return .commit
      } catch {
        outcome = .failure(error)
        return .rollback
      }
    }
    // Some errors make SQLite undo the whole transaction.
    guard let outcome, database.isInsideTransaction else { throw TransactionLost() }
    return outcome
  }

  private struct TransactionLost: Error {}

  private static func alone(_ write: Waiting, _ database: Database) {
    do {
      var told: Waiting.Told?
      try database.inTransaction(.immediate) {
        told = try write.write(database)
        return .commit
      }
      told?()
    } catch {
      write.fail(error)
    }
  }
}
#endif
