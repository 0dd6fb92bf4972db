import Foundation
import TestSupport
import Testing

/// `tutorpolicy sql`: what it writes where, and how it ends.
@Suite struct SQLCommandTests {
  private let corpus = "Tests/PolicySQLTests/Fixtures/corpus"

  private func run(_ arguments: String...) async throws -> CommandResult {
    try await runCommand(try builtProduct("tutorpolicy"), ["sql"] + arguments)
  }

  @Test func `the shipped policies are written whole`() async throws {
    let result = try await run("--dialect", "duckdb", "--table", "sessions")
    #expect(result.status == 0)
    #expect(result.standardError.isEmpty)
    #expect(result.standardOutput.contains("FROM sessions"))
    #expect(result.standardOutput.contains("-- policies/work-orders.yaml:12"))
  }

  @Test func `what can't be said is an error with its place, and nothing is written`() async throws
  {
    let result = try await run("--dialect", "duckdb", "--policies", corpus, "--decision", "things")
    #expect(result.status == 3)
    #expect(result.standardOutput.isEmpty)
    #expect(
      result.standardError.contains("error: 'matches' of these types has no form in SQL"))
    #expect(result.standardError.contains("rules.yaml:"))
  }

  @Test func `what can't be said is left to the engine when asked for`() async throws {
    let result = try await run(
      "--dialect", "duckdb", "--policies", corpus, "--leave-to-engine", "--decision", "things",
      "--decision", "parts")
    #expect(result.status == 1)
    #expect(result.standardOutput.contains(#""things": 'engine'"#))
    #expect(!result.standardOutput.contains(#""parts": 'engine'"#))
  }

  @Test(arguments: ["a b", "x; DROP TABLE y", ""])
  func `a name that is not one of a table is wrong usage`(table: String) async throws {
    let result = try await run("--dialect", "duckdb", "--table", table)
    #expect(result.status == 2)
    #expect(result.standardOutput.isEmpty)
  }

  @Test func `SQLite has no layout of columns`() async throws {
    let result = try await run("--dialect", "sqlite", "--layout", "table")
    #expect(result.status == 2)
    #expect(result.standardError.contains("use json"))
  }
}
