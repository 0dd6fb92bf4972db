import Foundation
import TestSupport
import Testing

/// What happens at the ends of pipes: the first results, interrupts, and readers that go away.
@Suite(.serialized) struct PipeTests {
  /// The program at work on what a test writes to it.
  private struct Run {
    let process = Process()
    let input = Pipe()
    let output = Pipe()
    let error = Pipe()

    init(_ arguments: [String]) throws {
      process.executableURL = try builtProduct("tutorpolicy")
      process.arguments = arguments
      process.currentDirectoryURL = packageRoot
      process.standardInput = input
      process.standardOutput = output
      process.standardError = error
      try process.run()
      process.kill(afterSeconds: 1_800)
    }

    /// The bytes of standard output up to a line feed, or to the end.
    func readLine() -> String {
      var line = Data()
      while let byte = try? output.fileHandleForReading.read(upToCount: 1), let byte = byte.first {
        line.append(byte)
        if byte == UInt8(ascii: "\n") { break }
      }
      return String(decoding: line, as: UTF8.self)
    }

    /// Waits for the end; gives what else it wrote.
    func end() throws -> (output: String, error: String, status: Int32) {
      let rest = try output.fileHandleForReading.readToEnd() ?? Data()
      let errors = try error.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      return (
        String(decoding: rest, as: UTF8.self), String(decoding: errors, as: UTF8.self),
        process.terminationStatus
      )
    }
  }

  private static let commands = [
    ["check", "--format", "ndjson"], ["check", "--format", "ndjson", "--jobs", "1"],
    ["explain", "--format", "ndjson"],
  ]

  private func sessions() throws -> [Substring] {
    try String(
      contentsOf: packageRoot.appending(path: "Examples/sessions/week-42.ndjson"), encoding: .utf8
    ).split(separator: "\n")
  }

  @Test(arguments: commands)
  func `the first result comes at once, and an interrupt ends with a whole line`(
    command: [String]
  ) async throws {
    try await takingTurn {
      let run = try Run(command + ["-", today])
      let session = try #require(try sessions().first)
      try run.input.fileHandleForWriting.write(contentsOf: Data((session + "\n").utf8))
      let line = run.readLine()
      #expect(line.hasPrefix("{") && line.hasSuffix("}\n"), "\(line)")
      // The beginning of a line is no line: nothing is said of it.
      try run.input.fileHandleForWriting.write(contentsOf: Data(#"{"id":"#.utf8))
      run.process.interrupt()
      let end = try run.end()
      #expect(end.output == "")
      #expect(end.error == "")
      #expect(end.status == 128 + SIGINT)
    }
  }

  @Test(arguments: ["summary", "json", "csv", "text"])
  func `an interrupt is told where the output looks whole`(format: String) async throws {
    try await takingTurn {
      let run = try Run(["check", "--format", format, "-", today])
      let session = try #require(try sessions().first)
      // More than a pipe holds: when it has been taken, the program listens.
      let lines = String(repeating: session + "\n", count: 100)
      try run.input.fileHandleForWriting.write(contentsOf: Data(lines.utf8))
      run.process.interrupt()
      let end = try run.end()
      #expect(end.error == "interrupted: what was read until then is decided\n")
      #expect(end.output.contains("until interrupted") == (format == "summary"))
      #expect(end.status == 128 + SIGINT)
    }
  }

  @Test(arguments: commands)
  func `a reader that goes away ends it quietly`(command: [String]) async throws {
    try await takingTurn {
      let run = try Run(command + ["-", today])
      let session = try #require(try sessions().first)
      let writer = run.input.fileHandleForWriting
      try writer.write(contentsOf: Data((session + "\n").utf8))
      _ = run.readLine()
      try run.output.fileHandleForReading.close()
      try writer.write(contentsOf: Data((session + "\n").utf8))
      try writer.close()
      let errors = try run.error.fileHandleForReading.readToEnd() ?? Data()
      run.process.waitUntilExit()
      #expect(String(decoding: errors, as: UTF8.self) == "")
      #expect(run.process.terminationStatus == 128 + SIGPIPE)
      #expect(run.process.terminationReason == .exit)
    }
  }

  @Test(
    arguments: [
      ["test"], ["test", "--format", "tap"], ["test", "--format", "junit"],
      ["test", "--format", "json"], ["test", "--watch"], ["coverage"],
      ["coverage", "--format", "json"], ["mutate", "--filter", "backfill"],
      ["mutate", "--filter", "backfill", "--format", "json"], ["validate"], ["schema", "policies"],
      ["fix", today, "Examples/sessions/week-42.ndjson"],
      ["check", today, "Examples/sessions/week-42.ndjson"],
      ["explain", today, "Examples/sessions/week-42.ndjson"],
    ])
  func `where nobody reads what it writes, it ends quietly`(command: [String]) async throws {
    try await takingTurn {
      let process = Process()
      process.executableURL = try builtProduct("tutorpolicy")
      process.arguments = command
      process.currentDirectoryURL = packageRoot
      let (output, error) = (Pipe(), Pipe())
      process.standardOutput = output
      process.standardError = error
      try output.fileHandleForReading.close()
      try process.run()
      process.kill(afterSeconds: 1_800)
      let errors = try error.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      #expect(String(decoding: errors, as: UTF8.self) == "")
      #expect(process.terminationReason == .exit)
      #expect(process.terminationStatus == 128 + SIGPIPE)
    }
  }

  @Test(arguments: commands)
  func `broken lines are named with their numbers, and the others decided`(
    command: [String]
  ) async throws {
    let sessions = try sessions()
    let input = [sessions[0], "{\"id\":", "", sessions[1], "[]", " \t", "\0\0", sessions[2]]
      .joined(separator: "\n")
    let result = try await runCommand(
      builtProduct("tutorpolicy"), command + ["-", today], standardInput: Data(input.utf8),
      environment: ["NO_COLOR": ""])
    #expect(result.standardOutput.split(separator: "\n").count == 3)
    #expect(result.standardError.contains("<stdin>:2:"), "\(result.standardError)")
    #expect(result.standardError.contains("<stdin>:5:"), "\(result.standardError)")
    #expect(result.standardError.contains("<stdin>:7:"), "\(result.standardError)")
    #expect(!result.standardError.contains("<stdin>:6:"), "\(result.standardError)")
    #expect(result.status == 4)
  }

  @Test func `a line that is too long is named as such, and the others decided`() async throws {
    let sessions = try sessions()
    let blanks = String(repeating: " ", count: 65 << 20)
    let input = [sessions[0], "?" + blanks + sessions[1], sessions[2]]
      .joined(separator: "\n")
    let result = try await runCommand(
      builtProduct("tutorpolicy"), Self.commands[0] + ["-", today], standardInput: Data(input.utf8),
      environment: ["NO_COLOR": ""])
    #expect(result.standardOutput.split(separator: "\n").count == 2)
    #expect(
      result.standardError.hasPrefix(
        "<stdin>:2:1: error: this session is too long to read: 67108864 bytes are the most"),
      "\(result.standardError.prefix(300))")
    #expect(result.status == 4)
  }
}
