import Diagnostics
import Foundation
import PolicyEngine
import PolicySQL
import TestSupport
import Testing

@Suite(
  .enabled(
    if: Database(dialect: .duckdb).isThere, "python3 has no module duckdb: pip install duckdb"))
struct DuckDBTests {
  private let database = Database(dialect: .duckdb)

  @Test func `the corpus is decided as by the engine`() async throws {
    try await DatabaseTrial(database: database).corpus(left: 2)
  }

  @Test func `lines that are not documents are never decided`() async throws {
    try await DatabaseTrial(database: database).lines()
  }

  @Test func `the shipped policies decide changed sessions as the engine does`() async throws {
    try await DatabaseTrial(database: database).shippedPolicies()
  }

  @Test(arguments: 1...4)
  func `random conditions are decided as by the engine`(seed: Int) async throws {
    try await DatabaseTrial(database: database).randomConditions(seed: seed)
  }
}

@Suite(.enabled(if: Database(dialect: .sqlite).isThere, "python3 has no module sqlite3"))
struct SQLiteTests {
  private let database = Database(dialect: .sqlite)

  @Test func `the corpus is decided as by the engine`() async throws {
    try await DatabaseTrial(database: database).corpus(left: 7)
  }

  @Test func `lines that are not documents are never decided`() async throws {
    try await DatabaseTrial(database: database).lines()
  }

  @Test func `the shipped policies decide changed sessions as the engine does`() async throws {
    try await DatabaseTrial(database: database).shippedPolicies()
  }

  @Test(arguments: 1...4)
  func `random conditions are decided as by the engine`(seed: Int) async throws {
    try await DatabaseTrial(database: database).randomConditions(seed: seed)
  }
}

@Suite(.enabled(if: Database(dialect: .postgres).isThere, "PostgreSQL is not installed"))
struct PostgresTests {
  private let database = Database(dialect: .postgres)

  @Test func `the corpus is decided as by the engine`() async throws {
    try await DatabaseTrial(database: database).corpus(left: 6)
  }

  @Test func `lines that are not documents are never decided`() async throws {
    try await DatabaseTrial(database: database).lines()
  }

  @Test func `the shipped policies decide changed sessions as the engine does`() async throws {
    try await DatabaseTrial(database: database).shippedPolicies()
  }

  @Test(arguments: 1...4)
  func `random conditions are decided as by the engine`(seed: Int) async throws {
    try await DatabaseTrial(database: database).randomConditions(seed: seed)
  }
}

@Suite(
  .serialized,
  .enabled(
    if: Database(dialect: .spark).isThere,
    "there is no Java, or python3 lacks a module of Tests/Peers/sql/requirements.txt"))
struct SparkTests {
  private let database = Database(dialect: .spark)

  @Test func `the corpus is decided as by the engine`() async throws {
    try await DatabaseTrial(database: database).corpus(left: 0)
  }

  @Test func `random conditions are decided as by the engine`() async throws {
    try await DatabaseTrial(database: database).randomConditions(seed: 1)
  }
}

/// What is tried in every database.
struct DatabaseTrial {
  let database: Database

  func corpus(left: Int) async throws {
    let agreement = Agreement(policies: try Corpus.policies(), database: database)
    let documents = try Corpus.lines("documents.ndjson")
    let tally = try await agreement.tally(documents)
    #expect(tally == .init(decided: documents.count - left, refused: 0, left: left))
  }

  func lines() async throws {
    let agreement = Agreement(policies: try Corpus.policies(), database: database)
    let tally = try await agreement.tally(try Corpus.lines("lines.txt"))
    #expect(tally.refused > 110)
    #expect(tally.left < 20)
    #expect(tally.decided > 10)
  }

  func shippedPolicies() async throws {
    let folder = packageRoot.appending(path: "policies").path
    let policies = try #require(PolicySet.load(directory: folder).policies)
    let agreement = Agreement(policies: policies, database: database)
    let all = Array(policies.decisions.indices)
    let tally = try await agreement.tally(
      try Self.changedSessions(seed: 1, each: 20), decisions: all)
    #expect(tally.left == 0)
    #expect(tally.decided > 100)
  }

  func randomConditions(seed: Int) async throws {
    var generator = ExpressionGenerator(seed: UInt64(seed))
    let rules = (1...16).map { number in
      """
        - rule: random-\(number)
          title: A random rule
          decides: [qualifiers]
          severity: \(number.isMultiple(of: 5) ? "warning" : "error")
          when: \(Self.quoted(generator.condition(depth: 2)))
          unless: \(Self.quoted(generator.condition(depth: 1)))
          require: \(Self.quoted(generator.condition(depth: 4)))
      """
    }
    let policies = try Self.policies(rules: rules.joined(separator: "\n"))
    let agreement = Agreement(policies: policies, database: database)
    let tally = try await agreement.tally(
      try Self.changedSessions(seed: UInt64(seed), each: 10),
      decisions: [try #require(policies.decisionIndex(named: "qualifiers"))])
    #expect(tally.decided > 80)
    #expect(tally.left == 0)
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''") + "'"
  }

  /// The shipped vocabulary and decisions with other rules.
  private static func policies(rules: String) throws -> PolicySet {
    let folder = packageRoot.appending(path: "policies")
    let sources = try ["vocabulary.yaml", "decisions.yaml"].map { name in
      Source(
        name: name, text: try String(contentsOf: folder.appending(path: name), encoding: .utf8))
    }
    let filler = """
      rules:
        - rule: filler
          title: Always satisfied
          about: Session
          decides: [start, attendance, assign-work-order, tag]
          require: "true"

      """
    let result = PolicySet.load(
      sources + [
        Source(name: "rules.yaml", text: ExpressionGenerator.parameters + filler + rules + "\n")
      ])
    return try #require(result.policies, "\(result.diagnostics.map(\.message))")
  }

  /// The example sessions of a week, each changed several times; some are no sessions any more.
  private static func changedSessions(seed: UInt64, each: Int) throws -> [String] {
    var mutator = SessionMutator(seed: seed)
    let file = packageRoot.appending(path: "Examples/sessions/week-42.ndjson")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    return try lines.flatMap { line in
      let session = try JSONSerialization.jsonObject(with: Data(line.utf8))
      return try (1...each).map { _ in
        let changed = try JSONSerialization.data(
          withJSONObject: mutator.mutated(session), options: [.sortedKeys])
        return String(decoding: changed, as: UTF8.self)
      }
    }
  }
}
