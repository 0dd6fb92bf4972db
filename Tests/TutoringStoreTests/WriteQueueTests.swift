#if Store
import Dispatch
import GRDB
import Synchronization
import Testing
@testable import TutoringStore

/// Writes that come while another one is written.
@Suite struct WriteQueueTests {
  /// A table, the queue that writes to it, and how often a transaction was ended by keeping it.
  private final class Notes: Sendable {
    let queue: WriteQueue
    private let pool: DatabasePool
    private let commits: Mutex<Int>
    private let folder: TemporaryFolder

    init() throws {
      folder = try TemporaryFolder()
      pool = try DatabasePool(path: folder.path + "/notes.sqlite")
      commits = Mutex(0)
      queue = WriteQueue(pool)
      try pool.write { database in
        try database.execute(
          sql: """
            CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL,
              parent INTEGER REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED);
            """)
        database.trace(options: .statement) { event in
          if event.description.hasPrefix("COMMIT") { self.commits.withLock { $0 += 1 } }
        }
      }
    }

    var committed: Int { commits.withLock(\.self) }

    var texts: [String] {
      get throws {
        try pool.read { try String.fetchAll($0, sql: "SELECT text FROM notes ORDER BY text") }
      }
    }

    /// Does some writes while another one holds the writer, so that they all come together; how each of them ended.
    func together(
      _ writes: [@Sendable (Database) throws -> Void]
    ) async throws -> [Result<Void, any Error>] {
      let gate = DispatchSemaphore(value: 0)
      let first = Task { try await queue.write { _ in gate.wait() } }
      while queue.waiting > 0 || !queue.isWriting { await Task.yield() }
      let tasks = writes.map { write in Task { try await queue.write(write) } }
      while queue.waiting < writes.count { await Task.yield() }
      gate.signal()
      try await first.value
      var outcomes: [Result<Void, any Error>] = []
      for task in tasks { outcomes.append(await task.result) }
      return outcomes
    }
  }

  private struct Refused: Error {}

  private static func add(
    _ text: String, under parent: Int? = nil
  ) -> @Sendable (Database) throws -> Void {
    {
      try $0.execute(
        sql: "INSERT INTO notes (text, parent) VALUES (?, ?)", arguments: [text, parent])
    }
  }

  @Test func `writes that come together reach the disk together`() async throws {
    let notes = try Notes()
    let before = notes.committed
    let outcomes = try await notes.together(["a", "b", "c", "d", "e"].map { Self.add($0) })
    #expect(outcomes.count == 5)
    for outcome in outcomes { #expect(throws: Never.self) { try outcome.get() } }
    #expect(try notes.texts == ["a", "b", "c", "d", "e"])
    // One for the write that they waited for, one for theirs.
    #expect(notes.committed - before == 2)
  }

  @Test func `a write that throws undoes itself alone`() async throws {
    let notes = try Notes()
    let outcomes = try await notes.together([
      Self.add("a"),
      { database in
        try Self.add("b")(database)
        throw Refused()
      }, Self.add("c"),
    ])
    #expect(throws: Never.self) { try outcomes[0].get() }
    #expect(throws: Refused.self) { try outcomes[1].get() }
    #expect(throws: Never.self) { try outcomes[2].get() }
    #expect(try notes.texts == ["a", "c"])
  }

  @Test func `a write that spoils the end of the transaction takes no other with it`() async throws
  {
    let notes = try Notes()
    let outcomes = try await notes.together([
      Self.add("a"), Self.add("b", under: 17), Self.add("c"),
    ])
    #expect(throws: Never.self) { try outcomes[0].get() }
    #expect(throws: DatabaseError.self) { try outcomes[1].get() }
    #expect(throws: Never.self) { try outcomes[2].get() }
    #expect(try notes.texts == ["a", "c"])
  }

  @Test func `a write that ends the transaction of others takes no other with it`() async throws {
    let notes = try Notes()
    let outcomes = try await notes.together([
      Self.add("a"), { try $0.execute(sql: "ROLLBACK") }, Self.add("c"),
    ])
    #expect(throws: Never.self) { try outcomes[0].get() }
    #expect(throws: (any Error).self) { try outcomes[1].get() }
    #expect(throws: Never.self) { try outcomes[2].get() }
    #expect(try notes.texts == ["a", "c"])
  }
}
#endif
