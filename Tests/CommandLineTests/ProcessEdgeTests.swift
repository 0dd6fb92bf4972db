import Foundation
import TestSupport
import Testing

/// What the process does where the system gives it less than usual: closed streams, few descriptors, no room.
@Suite struct ProcessEdgeTests {
  private static let session = "Examples/sessions/eligible.yaml"
  private static let stream = "Examples/sessions/week-42.ndjson"

  /// Runs the program by a shell, with a redirection behind its words and a command before them.
  private func shell(
    _ arguments: [String], _ redirection: String = "", after before: String = ""
  ) async throws -> CommandResult {
    try await runCommand(
      URL(filePath: "/bin/sh"),
      ["-c", "\(before)\nexec \"$0\" \"$@\" \(redirection)", builtProduct("tutorpolicy").path]
        + arguments,
      environment: ["NO_COLOR": "", "COLUMNS": "100"])
  }

  @Test(arguments: ["check", "explain", "fix"])
  func `a closed standard input can't be read`(command: String) async throws {
    let result = try await shell([command, "-", today], "<&-")
    #expect(
      result.standardError == "error: standard input can't be read: it is closed [unreadable]\n")
    #expect(result.standardOutput == "")
    #expect(result.status == 4)
  }

  @Test func `a closed standard output can't be written`() async throws {
    for arguments in [["check", Self.session, today], ["validate"], ["--help"], ["--version"]] {
      let result = try await shell(arguments, ">&-")
      #expect(result.status == 5, "\(arguments)")
    }
  }

  @Test func `what is read does not get the number of a closed standard error`() async throws {
    let result = try await shell(
      ["check", "no-such-file", Self.stream, today, "--format=ndjson"], "2>&-")
    #expect(result.status == 4)
    #expect(result.standardOutput.split(separator: "\n").count == 12)
  }

  @Test(arguments: 4...16)
  func `with few descriptors it says so, or works`(count: Int) async throws {
    let arguments = ["check", Self.stream, today, "--format=ndjson", "--exit-zero"]
    let result = try await shell(arguments, after: "ulimit -n \(count)")
    #expect(!result.wasKilled)
    if result.status == 0 {
      #expect(result.standardOutput.split(separator: "\n").count == 12)
    } else {
      #expect(result.status == 4)
      #expect(result.standardError.contains("files"), "\(result.standardError)")
    }
  }

  @Test(arguments: [["check", "--format=ndjson"], ["explain", "--format=json"]])
  func `where a file may not grow, the output can't be written`(command: [String]) async throws {
    let result = try await shell(command + [Self.stream, today], after: "ulimit -f 1")
    #expect(!result.wasKilled)
    #expect(result.status == 5)
    #expect(result.standardError == "error: the output can't be written\n")
  }

  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")),
    arguments: [
      ["--help"], ["check", "--help"], ["help", "check"], ["--version"],
      ["check", session, today], ["validate"], ["schema", "session"],
    ])
  func `on a full disk the output can't be written`(arguments: [String]) async throws {
    let result = try await shell(arguments, "> /dev/full")
    #expect(result.standardError == "error: the output can't be written\n")
    #expect(result.status == 5)
  }

  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")),
    arguments: [
      ["chekc"], ["check"], ["check", "--colour", session], ["check", "nothing", today],
    ])
  func `a message that can't be written is output that can't be written`(
    arguments: [String]
  ) async throws {
    #expect(try await shell(arguments, "2> /dev/full").status == 5)
  }
}
