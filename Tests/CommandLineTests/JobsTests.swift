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
}
