#if Store
import CEL
import Foundation
import GRDB
import Synchronization
import Testing
import TutoringSessions
@testable import TutoringStore

/// What is asked of the database, counted and looked at: whether it grows with the district.
@Suite struct StatementTests {
  private final class Statements: Sendable {
    private let texts = Mutex<[String]>([])
    var all: [String] { texts.withLock { $0 } }
    func add(_ text: String) { texts.withLock { $0.append(text) } }
  }

  /// The statements that a body asks of a database.
  private static func statements(
    in database: Database, _ body: (Database) throws -> Void
  ) throws -> [String] {
    let statements = Statements()
    database.trace(options: .statement) { event in
      if case .statement(let statement) = event { statements.add(statement.expandedSQL) }
    }
    defer { database.trace(options: .statement) }
    try body(database)
    return statements.all
  }

  @Test func `fifty sessions with what they refer to take as many statements as one`() async throws
  {
    let district = try await SmallDistrict()
    for minute in 0..<50 {
      let session = try await district.start(minute: minute)
      try await district.perform(
        .timeIn(student: "ST-\(1 + minute % 3)", at: afternoon(1), facts: [:]), on: session)
    }
    let counts = try await district.store.read { database in
      try [1, 50].map { count in
        try Self.statements(in: database) { database in
          let sessions = try database.sessions(where: "number <= ?", [.int(count)])
          #expect(sessions.count == count)
          _ = try database.surroundings(of: sessions.map(\.record))
        }.count
      }
    }
    #expect(counts[0] == counts[1] && counts[0] <= 12, "\(counts)")
  }

  @Test func `a student is timed in without looking at other sessions or students`() async throws {
    let district = try await SmallDistrict()
    let session = try await district.start()
    let plans = try await district.store.write { database in
      let statements = try Self.statements(in: database) { database in
        _ = try database.perform(
          [.timeIn(student: "ST-1", at: afternoon(0, 5), facts: [:])], on: session.id,
          expecting: 1, by: Authorship(request: "r", person: "T-1", at: afternoon(0, 5)),
          deciding: { _ in })
      }
      #expect(statements.count <= 24, "\(statements)")
      return try Self.scans(of: statements, in: database)
    }
    #expect(plans == [])
  }

  @Test func `search and lists go by indexes`() async throws {
    let district = try await SmallDistrict()
    try await district.start()
    let plans = try await district.store.read { database in
      let statements = try Self.statements(in: database) { database in
        _ = try database.searchStudents(["mun", "z"], first: ["truman-high"], limit: 20)
        _ = try database.page(SessionFilter(tutor: "T-1"), limit: 50, after: "S-1")
        _ = try database.page(SessionFilter(stages: [.active]), limit: 50, after: nil)
        _ = try database.page(SessionFilter(), limit: 50, after: nil)
        _ = try database.events(
          "WHERE subject_kind = ? AND subject = ? ORDER BY sequence",
          [.text("session"), .text("S-1")])
      }
      return try Self.scans(of: statements, in: database)
    }
    #expect(plans == [])
  }

  /// The parts of query plans that go through a whole table, or sort what an index could give in order.
  private static func scans(of statements: [String], in database: Database) throws -> [String] {
    try statements.filter { $0.hasPrefix("SELECT") || $0.hasPrefix("UPDATE") }.flatMap {
      statement in
      try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + statement)
        .map { $0["detail"] as String }
        .filter { $0.hasPrefix("SCAN") && !$0.contains("json_each") && !$0.contains("INDEX") }
        .map { "\($0): \(statement)" }
    }
  }
}
#endif
