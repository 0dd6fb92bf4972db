import Foundation
import TestSupport
import Testing

/// That it makes no difference on how many threads sessions are decided.
@Suite struct JobsTests {
  private static let commands = [
    ["check", "--format", "ndjson"], ["check", "--format", "text"],
    ["check", "--format", "summary"],
    ["explain", "--format", "ndjson"], ["explain", "--format", "json"],
    ["explain", "--format", "text"], ["fix", "--format", "ndjson"], ["fix", "--format", "text"],
  ]

  @Test(arguments: commands)
  func `reports are the same on any number of threads, in the order of the input`(
    command: [String]
  ) async throws {
    let file = packageRoot.appending(path: "Examples/sessions/week-42.ndjson")
    let sessions = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    // More than are decided at a time, with lines among them that are none, and one without its line feed.
    let lines = (0..<3).flatMap { _ in sessions + ["", "{\"id\":", "[]"] } + sessions
    let input = lines.joined(separator: "\n")
    func run(jobs: Int) async throws -> CommandResult {
      try await runCommand(
        builtProduct("tutorpolicy"), command + ["--jobs", "\(jobs)", "-", today],
        standardInput: Data(input.utf8), environment: ["NO_COLOR": "", "COLUMNS": "100"])
    }
    let alone = try await run(jobs: 1)
    #expect(alone.status == 4)
    #expect(alone.standardError.contains("<stdin>:\(sessions.count + 2):"))
    let together = try await run(jobs: 2)
    #expect(together.standardOutput == alone.standardOutput)
    #expect(together.standardError == alone.standardError)
    #expect(together.status == alone.status)
  }

  @Test func `broken lines of many pieces are named in their order, however much is said of them`()
    async throws
  {
    // Two pieces, of each of which more is said than may wait for its turn.
    let count = 40_000
    let input = (1...count).map { "{\"\($0)\n" }.joined()
    func run(jobs: Int) async throws -> CommandResult {
      try await runCommand(
        builtProduct("tutorpolicy"), ["check", "--jobs", "\(jobs)", "-", today],
        standardInput: Data(input.utf8), environment: ["NO_COLOR": "", "COLUMNS": "100"])
    }
    let together = try await run(jobs: 3)
    #expect(together.status == 4)
    #expect(together.standardError.utf8.count > 5 << 20)
    let numbers = together.standardError.split(separator: "\n").compactMap { line in
      line.hasPrefix("<stdin>:")
        ? line.split(separator: ":").dropFirst().first.map(String.init) : nil
    }
    #expect(numbers == (1...count).map(String.init))
    #expect(try await run(jobs: 1).standardError == together.standardError)
  }
}
