import Foundation
import PolicySQL
import TestSupport
import Testing

/// `Examples/spark`, on a Spark of this machine.
@Suite(
  .enabled(
    if: Database(dialect: .spark).isThere,
    "there is no Java, or python3 lacks a module of Tests/Peers/sql/requirements.txt"))
struct SparkExampleTests {
  private let example = packageRoot.appending(path: "Examples/spark/decide.py").path
  private let week = packageRoot.appending(path: "Examples/sessions/week-42.ndjson").path

  /// Runs Python with the arguments, in a folder.
  private func python(_ arguments: [String], in folder: Folder) async throws -> CommandResult {
    try await runCommand(
      try #require(Database.python), arguments, currentDirectory: folder.url)
  }

  private func decide(_ how: String, policies: String = "policies", in folder: Folder) async throws
    -> CommandResult
  {
    try await python(
      [
        example, how, "sessions.parquet", "answers.parquet", "--today", "2026-11-23", "--master",
        "local[1]", "--tool", try builtProduct("tutorpolicy").path, "--policies",
        packageRoot.appending(path: policies).path,
      ], in: folder)
  }

  @Test func `the pipe keeps the order, names what is not a session, and fails aloud`() async throws
  {
    let folder = try Folder(files: [:])
    let lines = try String(contentsOfFile: week, encoding: .utf8).split(separator: "\n")
    try ([lines[0], #"{"id":5}"#] + lines[1...]).map { $0 + "\n" }.joined()
      .write(toFile: folder.path + "/sessions.ndjson", atomically: true, encoding: .utf8)
    let made = try await python(
      [
        "-c",
        """
        import duckdb
        duckdb.execute(r\"""COPY (SELECT content AS document FROM read_csv('sessions.ndjson',
          columns = {content: 'VARCHAR'}, header = false, auto_detect = false, delim = '\\x01', quote = '',
          escape = '')) TO 'sessions.parquet'\""")
        """,
      ], in: folder)
    try #require(made.status == 0, "\(made.standardError)")

    let done = try await decide("pipe", in: folder)
    try #require(done.status == 0, "\(done.standardError.suffix(2_000))")
    let read = try await python(
      [
        "-c",
        """
        import duckdb
        for answer, problem in duckdb.execute("FROM 'answers.parquet/*.parquet'").fetchall():
            print(answer or problem)
        """,
      ], in: folder)
    let checked = try await runCommand(
      try builtProduct("tutorpolicy"),
      ["check", week, "--format", "ndjson", "--exit-zero", "--today", "2026-11-23"])
    var expected = checked.standardOutput.split(separator: "\n")
    expected.insert("id: '5' is a number, expected a string", at: 1)
    #expect(read.standardOutput.split(separator: "\n") == expected)

    let failed = try await decide("pipe", policies: "no-such-folder", in: folder)
    #expect(failed.status != 0)
    #expect(failed.standardError.contains("no-such-folder"))
  }
}
