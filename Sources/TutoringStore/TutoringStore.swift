#if Store
package import Foundation
import GRDB

/// The records of a district, kept in a folder with SQLite.
///
/// Any number of readers and one writer at a time. What a write function returned is on disk: a process that
/// is killed, or a machine that loses power, loses nothing of it.
///
///     let store = try await TutoringStore.open(folder: "/var/lib/tutoring")
///     let page = try await store.sessions(SessionFilter(tutor: "T-17"), limit: 50)
package final class TutoringStore: Sendable {
  /// The folder that holds the database.
  package let folder: URL
  private let pool: DatabasePool
  private let writes: WriteQueue
  private let reads = ReadCount()

  private init(folder: URL, pool: DatabasePool) {
    self.folder = folder
    self.pool = pool
    writes = WriteQueue(pool)
  }

  /// Opens the records in a folder, which is made if need be, and brings their schema up to date.
  ///
  /// - Throws: `StoreError` when the folder can't be used, or a newer program made the database.
  package static func open(folder: String) async throws -> TutoringStore {
    let folder = URL(filePath: folder, directoryHint: .isDirectory)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw StoreError.unusable(path: folder.path, reason: "it can't be made")
    }
    let store = try explained(at: folder) {
      TutoringStore(
        folder: folder,
        pool: try DatabasePool(
          path: folder.appending(path: "district.sqlite").path, configuration: configuration))
    }
    try await store.migrate()
    return store
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    configuration.maximumReaderCount = ReadCount.most
    configuration.prepareDatabase { database in
      // Without it, what was acknowledged could be gone after a power failure.
      try database.execute(sql: "PRAGMA synchronous = FULL")
      database.add(function: NameWords.sortKeyFunction)
    }
    return configuration
  }

  private func migrate() async throws {
    let migrator = Schema.migrator
    let isNewer = try await read { try migrator.hasBeenSuperseded($0) }
    guard !isNewer else { throw StoreError.newer }
    let pool = pool
    try Self.explained(at: folder) { try migrator.migrate(pool) }
  }

  /// Writes what is only in the log file into the database file, and closes it.
  package func close() throws {
    try Self.explained(at: folder) {
      _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
      try pool.close()
    }
  }

  /// Reads in one snapshot.
  func read<Value: Sendable>(
    _ body: @Sendable @escaping (Database) throws -> Value
  ) async throws -> Value {
    reads.begin()
    defer { reads.end() }
    do { return try await pool.read(body) } catch { throw explained(error) }
  }

  /// Reads a few rows in one snapshot, which takes less time than to go to another thread and back.
  ///
  /// It is done on the thread that asks, unless others read so much that it would have to wait there.
  func glance<Value: Sendable>(
    _ body: @Sendable @escaping (Database) throws -> Value
  ) async throws -> Value {
    guard reads.beginIfFree() else { return try await read(body) }
    defer { reads.end() }
    return try readHere(body)
  }

  private func readHere<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do { return try pool.read(body) } catch { throw explained(error) }
  }

  /// Writes in one transaction, which is undone when the body throws.
  ///
  /// Those who write at the same time may share a transaction of the file; none sees anything of it.
  func write<Value: Sendable>(
    _ body: @Sendable @escaping (Database) throws -> Value
  ) async throws -> Value {
    do { return try await writes.write(body) } catch { throw explained(error) }
  }

  /// Writes in a transaction that is shared with nobody, for a body that does something beside writing to the database: it
  /// is done once, whatever becomes of the writes of others.
  func writeAlone<Value: Sendable>(
    _ body: @Sendable @escaping (Database) throws -> Value
  ) async throws -> Value {
    do { return try await pool.write(body) } catch { throw explained(error) }
  }

  /// Does what can't be done within a transaction.
  func withoutTransaction<Value: Sendable>(
    _ body: @Sendable @escaping (Database) throws -> Value
  ) async throws -> Value {
    do { return try await pool.writeWithoutTransaction(body) } catch { throw explained(error) }
  }

  private func explained(_ error: any Error) -> any Error { Self.explained(error, at: folder) }

  private static func explained<Value>(at folder: URL, _ body: () throws -> Value) throws -> Value {
    do { return try body() } catch { throw explained(error, at: folder) }
  }

  private static func explained(_ error: any Error, at folder: URL) -> any Error {
    guard let error = error as? DatabaseError else { return error }
    let storeError = StoreError(error)
    guard case .unusable(_, let reason) = storeError else { return storeError }
    return StoreError.unusable(path: folder.path, reason: reason)
  }
}
#endif
