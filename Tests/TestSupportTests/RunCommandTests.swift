import Foundation
import TestSupport
import Testing

@Suite struct RunCommandTests {
  private func shell(_ script: String, standardInput: Data = Data()) async throws -> CommandResult {
    try await runCommand(
      URL(filePath: "/bin/sh"), ["-c", script], standardInput: standardInput,
      environment: ["GREETING": "hello"])
  }

  @Test func `gives the status and both outputs`() async throws {
    let result = try await shell("echo $GREETING; echo oh >&2; exit 3")
    #expect(result.status == 3)
    #expect(!result.wasKilled)
    #expect(result.standardOutput == "hello\n")
    #expect(result.standardError == "oh\n")
  }

  @Test func `passes more through than a pipe holds`() async throws {
    let megabyte = Data(repeating: UInt8(ascii: "a"), count: 1 << 20)
    let result = try await shell("tee /dev/stderr", standardInput: megabyte)
    #expect(result.standardOutput.utf8.count == megabyte.count)
    #expect(result.standardError.utf8.count == megabyte.count)
  }

  @Test func `tells a signal from an exit status`() async throws {
    let result = try await shell("kill -9 $$")
    #expect(result.wasKilled)
    #expect(result.status == 9)
  }

  @Test func `runs in the package's folder`() async throws {
    let result = try await shell("cat Package.swift")
    #expect(result.standardOutput.hasPrefix("// swift-tools-version"))
  }

  @Test func `throws when there is no such program`() async {
    await #expect(throws: (any Error).self) {
      try await runCommand(URL(filePath: "/no/such/program"), [])
    }
  }
}
