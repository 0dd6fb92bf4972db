import Foundation
import TestSupport
import Testing

@Suite struct FormatTests {
  @Test(arguments: ["text", "json", "ndjson"])
  func `check prints a stream in each format as recorded`(format: String) async throws {
    let result = try await tutorpolicy(
      "check", "Examples/sessions/week-42.ndjson", today, "--format", format)
    #expect(result.status == 1)
    #expect(result.standardError == "")
    try assertSnapshot(result.steadyOutput, named: "week-42.\(format)", in: "check")
  }

  @Test func `counts documents by what the vocabulary calls them`() async throws {
    let loans = [
      #"{"date":"2026-02-01","due":"2026-02-10","kind":"book","card":"c"}"#,
      #"{"date":"2026-02-01","due":"2026-09-10","kind":"book"}"#,
    ]
    let result = try await tutorpolicy(
      "check", "--policies", "Tests/CommandLineTests/Fixtures/loans", "--format", "summary", today,
      "-", input: loans.joined(separator: "\n"))
    #expect(result.standardOutput.hasPrefix("2 loans decided for 2026-11-23\n"))
    #expect(result.standardOutput.contains("rule         loans  alone\n"))
    #expect(!result.standardOutput.contains("session"))
  }

  @Test(arguments: ["passing", "failing", "undetermined"])
  func `explains and mends only the sessions asked for, with the status of all`(
    which: String
  ) async throws {
    let file = "Examples/sessions/week-42.ndjson"
    func ids(_ command: String) async throws -> [String?] {
      let result = try await tutorpolicy(
        command, file, "--format", "ndjson", "--only", which, today)
      #expect(result.status == 1)
      return result.standardOutput.split(separator: "\n").map { line in
        line.firstMatch(of: /"id":"([^"]*)"/).map { String($0.output.1) }
      }
    }
    let checked = try await ids("check")
    #expect(checked.isEmpty == (which == "undetermined"))
    #expect(try await ids("explain") == checked)
    #expect(try await ids("fix") == checked)
    let summary = try await tutorpolicy(
      "check", file, "--format", "summary", "--only", which, today)
    let name = checked.count == 1 ? "session" : "sessions"
    #expect(
      summary.standardOutput.hasPrefix("\(checked.count) \(which) \(name) of those decided for"))
  }

  @Test func `says of compressed files and of lists how to give their sessions`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let packed = folder.appending(path: "sessions.ndjson")
    try Data([0x1F, 0x8B, 0x08, 0x00, 0x0A, 0x0A, 0x0A]).write(to: packed)
    let compressed = try await tutorpolicy("check", packed.path, today)
    #expect(
      compressed.standardError == """
        error: '\(packed.path)' can't be read: it is compressed by gzip [unreadable]
          help: unpack it first, as 'zcat FILE | tutorpolicy check -' does

        """)
    #expect(compressed.status == 4)
    let list = folder.appending(path: "sessions.json")
    try Data("[]".utf8).write(to: list)
    let listed = try await tutorpolicy("check", list.path, today)
    #expect(listed.standardError.contains("jq -c .[]"))
    try Data("{}\n{}".utf8).write(to: list)
    let lines = try await tutorpolicy("check", list.path, today)
    #expect(lines.standardError.contains("is named .ndjson"))
  }

  @Test func `check carries the best ways out, in a stream and for single files alike`()
    async throws
  {
    let stream = try await tutorpolicy(
      "check", "Examples/sessions/week-42.ndjson", today, "--format=ndjson", "--with-fixes")
    #expect(stream.status == 1)
    try assertSnapshot(stream.standardOutput, named: "week-42-fixes.ndjson", in: "check")
    let file = try await tutorpolicy(
      "check", "Examples/sessions/career-ladder-untagged.yaml", today, "--format=ndjson",
      "--with-fixes")
    #expect(
      file.standardOutput.hasSuffix(
        "Add Career Ladder Goal 1, Career Ladder Goal 2, Career Ladder Goal 3, Career Ladder Goal 4 or "
          + #"Career Ladder Goal 5 to the tags."}}"# + "\n"))
  }

  @Test func `fix prints JSON as recorded`() async throws {
    let result = try await tutorpolicy(
      "fix", "Examples/sessions/claimed-criterion-on-record.yaml", today, "--decision=payment",
      "--format=json")
    #expect(result.status == 1)
    #expect(result.standardOutput.contains(#""decidedBy": {"#))
    try assertSnapshot(
      result.steadyOutput, named: "claimed-criterion-on-record.json", in: "fix-json")
  }

  @Test func `explain prints JSON as recorded`() async throws {
    let result = try await tutorpolicy(
      "explain", "Examples/sessions/career-ladder-untagged.yaml", today, "--decision=export",
      "--format=json")
    #expect(result.status == 1)
    try assertSnapshot(
      result.steadyOutput, named: "career-ladder-untagged.json", in: "explain-json")
    #expect(throws: Never.self) {
      try JSONSerialization.jsonObject(with: Data(result.standardOutput.utf8))
    }
  }

  @Test func `all mistakes of a document are shown with their places`() async throws {
    let result = try await tutorpolicy(
      "check", "Examples/sessions/mistaken/several-mistakes.yaml", today)
    #expect(result.status == 4)
    #expect(result.standardOutput == "")
    try assertSnapshot(result.standardError, named: "several-mistakes.txt", in: "check")
  }

  @Test func `colours are used when asked for and never in a pipe by themselves`() async throws {
    let session = "Examples/sessions/career-ladder-untagged.yaml"
    let plain = try await tutorpolicy("explain", session, today)
    let colored = try await tutorpolicy("explain", session, today, "--color=always")
    let refused = try await tutorpolicy("explain", session, today, "--color=never")
    #expect(!plain.standardOutput.contains("\u{1B}"))
    #expect(colored.standardOutput.contains("\u{1B}[1;31m✗"))
    #expect(refused.standardOutput == plain.standardOutput)
    #expect(
      colored.standardOutput.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain.standardOutput)
  }

  @Test(arguments: [50, 80, 140])
  func `no line of an explanation is wider than the terminal`(columns: Int) async throws {
    let result = try await tutorpolicy(
      "explain", "Examples/sessions/detention-room.yaml", today,
      environment: ["COLUMNS": String(columns)])
    // A single word that is longer (a path, a rule's place) may stand out.
    let wide = result.standardOutput.split(separator: "\n").filter {
      $0.unicodeScalars.count > columns && $0.split(separator: " ").count > 3
    }
    #expect(wide == [])
  }

  @Test(arguments: [
    [], ["check"], ["coverage"], ["explain"], ["fix"], ["format"], ["init"], ["lsp"], ["mutate"],
    ["plan"], ["rename"], ["schema"], ["sql"], ["test"], ["validate"],
  ])
  func `help is as recorded`(command: [String]) async throws {
    let result = try await runCommand(
      builtProduct("tutorpolicy"), command + ["--help"], environment: ["COLUMNS": "100"])
    #expect(result.status == 0)
    try assertSnapshot(
      result.standardOutput, named: (command.first ?? "tutorpolicy") + ".txt", in: "help")
  }
}
