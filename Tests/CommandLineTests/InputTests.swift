import Foundation
import TestSupport
import Testing

/// What is read, and what is said of what can't be.
@Suite struct InputTests {
  private static let session = "Examples/sessions/eligible.yaml"

  private func sessions() throws -> [Substring] {
    try String(
      contentsOf: packageRoot.appending(path: "Examples/sessions/week-42.ndjson"), encoding: .utf8
    ).split(separator: "\n")
  }

  /// Runs a command with bytes on standard input, by a pipe.
  private func pipe(_ bytes: Data, into arguments: [String]) async throws -> CommandResult {
    try await runCommand(
      URL(filePath: "/bin/sh"),
      ["-c", "cat | \"$0\" \"$@\"", builtProduct("tutorpolicy").path] + arguments,
      standardInput: bytes, environment: ["NO_COLOR": "", "COLUMNS": "100"])
  }

  @Test(
    arguments: [
      ([0x1F, 0x8B, 8, 0, 0, 0, 0, 0], "compressed by gzip", "zcat FILE"),
      ([0x28, 0xB5, 0x2F, 0xFD, 4, 0, 1, 0], "compressed by zstd", "zstdcat FILE"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0, 4], "compressed by xz", "xzcat FILE"),
      ([0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26], "compressed by bzip2", "bzcat FILE"),
      ([0x50, 0x4B, 3, 4, 20, 0, 0, 0], "compressed by zip", "unzip -p FILE"),
      ([0xFF, 0xFE, 0x7B, 0, 0x22, 0, 0x69, 0], "text in UTF-16", "iconv -f UTF-16"),
      ([0x7B, 0, 0x22, 0, 0x69, 0, 0x64, 0], "text in UTF-16", "iconv -f UTF-16"),
      ([0, 0x7B, 0, 0x22, 0, 0x69, 0, 0x64], "text in UTF-16", "iconv -f UTF-16"),
      ([0xFF, 0xFE, 0, 0, 0x7B, 0, 0, 0], "text in UTF-32", "iconv -f UTF-32"),
    ] as [([UInt8], String, String)], ["check", "explain"])
  func `what is no text in UTF-8 is named as what it is, in a pipe and in a file`(
    content: (bytes: [UInt8], words: String, unpacking: String), command: String
  ) async throws {
    let piped = try await pipe(Data(content.bytes), into: [command, "-", today])
    #expect(piped.standardError.contains("standard input can't be read: it is \(content.words)"))
    #expect(piped.standardError.contains("'\(content.unpacking)"), "\(piped.standardError)")
    #expect(piped.status == 4)
    let folder = try Folder(files: [:])
    for name in ["packed.ndjson", "packed.yaml", "packed"] {
      let file = folder.path + "/" + name
      try Data(content.bytes).write(to: URL(filePath: file))
      let read = try await tutorpolicy(command, file, today)
      #expect(read.standardError.contains("can't be read: it is \(content.words)"))
      #expect(read.status == 4)
    }
  }

  @Test func `packed policies and fixtures are named as such`() async throws {
    let folder = try Folder(files: [:])
    let file = folder.path + "/rules.yaml"
    try Data([0x1F, 0x8B, 8, 0, 0]).write(to: URL(filePath: file))
    let policies = try await tutorpolicy("validate", "--policies", folder.path)
    #expect(policies.standardOutput.contains("rules.yaml' can't be read: it is compressed by gzip"))
    #expect(policies.status == 3)
    let fixtures = try await tutorpolicy("test", file)
    #expect(fixtures.standardError.contains("rules.yaml' can't be read: it is compressed by gzip"))
    #expect(fixtures.status == 4)
  }

  @Test func `the base of a fixture is a regular file, and nobody is waited for`() async throws {
    let folder = try Folder(files: [
      "cases.yaml": """
      topic: T
      base: base.yaml
      today: 2026-11-23
      cases:
        - {case: any, expect: {decisions: {start: pass}}}
      """
    ])
    try #require(unsafe mkfifo(folder.path + "/base.yaml", 0o600) == 0)
    let result = try await tutorpolicy("test", folder.path + "/cases.yaml")
    #expect(result.standardError.contains("it is not a regular file"), "\(result.standardError)")
    #expect(result.status == 4)
  }

  @Test(arguments: ["check", "explain"])
  func `a first line that is broken does not make a stream a document`(
    command: String
  ) async throws {
    let sessions = try sessions()
    for broken in ["?", "\u{FEFF}x", "[1]", "null", "\"id\":1}", "id: 1"] {
      let input = "\(broken)\n\n\(sessions[0])\n\(sessions[1])\n"
      let result = try await tutorpolicy(
        command, "-", today, "--format=ndjson", "--exit-zero", input: input)
      #expect(result.standardOutput.split(separator: "\n").count == 2, "\(broken)")
      #expect(result.standardError.hasPrefix("<stdin>:1:"), "\(result.standardError)")
      #expect(result.status == 4)
    }
  }

  @Test func `documents in YAML on standard input stay documents`() async throws {
    let text = try String(contentsOf: packageRoot.appending(path: Self.session), encoding: .utf8)
    let session = try sessions()[0]
    for input in [
      text, "---\n" + text, "# remark\n\(session)\n", "---\n\(session)\n---\n\(session)",
    ] {
      let result = try await tutorpolicy("check", "-", today, "--exit-zero", input: input)
      #expect(result.standardError == "")
      #expect(result.status == 0)
    }
  }

  @Test func `the longest session is as long in a stream, in lines and in a file`() async throws {
    let limit = 64 << 20
    let session = String(try sessions()[0])
    let longest = session + String(repeating: " ", count: limit - session.utf8.count)
    let folder = try Folder(files: [:])
    func run(_ command: String, _ text: String, as name: String) async throws -> CommandResult {
      try Data(text.utf8).write(to: URL(filePath: folder.path + "/" + name))
      return try await tutorpolicy(command, folder.path + "/" + name, today, "--format=ndjson")
    }
    #expect(try await run("check", longest, as: "session.ndjson").status == 0)
    for (command, name) in [
      ("check", "session.ndjson"), ("explain", "session.ndjson"), ("check", "session.json"),
    ] {
      let result = try await run(command, longest + " ", as: name)
      #expect(result.standardError.contains("is too long to read"), "\(command) \(name)")
      #expect(result.status == 4)
    }
  }

  @Test func `cells of a spreadsheet hold no formulas and no control characters`() async throws {
    let ids = [
      (#"=1+1"#, "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"),
      (#"\t=1"#, #"'\u{9}=1"#), (#"\r=1"#, #"'\u{d}=1"#), (#"a\u001b[31m"#, #"a\u{1b}[31m"#),
      (#"a\u202eb"#, #"a\u{202e}b"#), (#"a\u0000b"#, #"a\u{0}b"#), ("a=b", "a=b"),
      (#"=\"x\",1"#, #""'=""x"",1""#), ("\u{FF1D}1", "'\u{FF1D}1"),
    ]
    let session = String(try sessions()[0])
    let input = ids.map { session.replacing(/"id":"S-1031"/, with: "\"id\":\"\($0.0)\"") }
      .joined(separator: "\n")
    let csv = try await tutorpolicy("check", "-", today, "--format=csv", input: input)
    let rows = csv.standardOutput.split(separator: "\n").dropFirst()
    for (row, (_, cell)) in zip(rows, ids) { #expect(row.hasPrefix(cell + ",pass,"), "\(row)") }
    #expect(rows.count == ids.count)
    let ndjson = try await tutorpolicy("check", "-", today, "--format=ndjson", input: input)
    #expect(ndjson.standardOutput.hasPrefix(#"{"id":"=1+1","#))
  }
}
