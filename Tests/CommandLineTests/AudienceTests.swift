import Foundation
import TestSupport
import Testing

/// The same explanation for those who tutor, who keep the rules, and who examine what was decided.
@Suite struct AudienceTests {
  private static let session = "Examples/sessions/claimed-criterion-on-record.yaml"

  @Test(arguments: [
    ("tutor", ["--audience=tutor", "--reader=T-31"]), ("another-tutor", ["--audience=tutor"]),
    ("administrator", ["--audience=administrator"]), ("auditor", ["--audience=auditor"]),
  ])
  func `an explanation is told to its audience as recorded`(
    name: String, arguments: [String]
  ) async throws {
    let result = try await runExplain([Self.session, "--decision=payment"] + arguments)
    #expect(result.status == 1)
    #expect(result.standardError == "")
    try assertSnapshot(result.steadyOutput, named: name + ".txt", in: "audience")
  }

  @Test(arguments: ["text", "json", "ndjson"])
  func `another tutor is shown nothing of a student's record in any format`(
    format: String
  ) async throws {
    let format = "--format=\(format)"
    let own = try await runExplain([Self.session, format, "--audience=tutor", "--reader=T-31"])
    let other = try await runExplain([Self.session, format, "--audience=tutor", "--reader=T-7"])
    #expect(own.standardOutput.lowercased().contains("geometry"))
    #expect(!other.standardOutput.lowercased().contains("geometry"))
    #expect(other.standardOutput.contains("withheld"))
    #expect(own.status == other.status)
  }

  @Test(arguments: ["text", "ndjson"])
  func `what is wrong with a document is not shown to tutors`(format: String) async throws {
    let broken = #"{"id": "S-1", "tutor": {"id": "T-1"}, "encounters": [{"grade": "secret"}]}"#
    let result = try await runExplain(
      ["-", "--format=\(format)", "--audience=tutor", "--reader=T-1"], input: broken + "\n" + broken
    )
    #expect(result.status == 4)
    #expect(!result.standardError.contains("secret"))
    #expect(!result.standardError.contains("encounters"))
    #expect(result.standardError.contains("no session that can be read"))
  }

  @Test(arguments: [
    ["--reader=T-1"], ["--reader=T-1", "--audience=auditor"], ["--reader=", "--audience=tutor"],
    ["--audience=tutr"],
  ])
  func `a reader who is no tutor is refused`(arguments: [String]) async throws {
    let result = try await runExplain([Self.session] + arguments)
    #expect(result.status == 2)
    #expect(result.standardOutput == "")
  }

  // MARK: As if

  @Test func `a tutor supposes of the own session what they like, and sees other days`()
    async throws
  {
    let result = try await runExplain([
      Self.session, "--decision=export", "--audience=tutor", "--reader=T-31",
      "--what-if=encounters[0].student.grades[1].grade=D", "--what-if=workOrder=null",
      "--also-on=2026-11-10",
    ])
    #expect(result.status == 1)
    #expect(result.standardError == "")
    try assertSnapshot(result.steadyOutput, named: "tutor-as-if.txt", in: "audience")
  }

  @Test(arguments: ["explain", "check"])
  func `of somebody else's session only is supposed what nothing confidential follows from`(
    command: String
  ) async throws {
    let other = ["--audience=tutor", "--reader=T-7", "--format=ndjson"]
    let harmless = try await run(
      command, [Self.session, "--decision=export", "--what-if=tags+=cl-goal-1"] + other)
    #expect(harmless.status == 1)
    #expect(harmless.standardOutput.contains(#""withholds":true"#))
    #expect(harmless.standardOutput.contains(#""text":"tags+=cl-goal-1""#))
    let telling = try await run(
      command,
      [Self.session, "--decision=export", "--what-if=encounters[0].subject=geometry"] + other)
    #expect(telling.status == 2)
    #expect(telling.standardOutput == "")
    #expect(telling.standardError.contains("depends on what is confidential"))
    // The same, asked of a decision that reads no record.
    let unrelated = try await run(
      command,
      [Self.session, "--decision=start", "--what-if=encounters[0].subject=geometry"] + other)
    #expect(unrelated.status == 0)
  }

  @Test(arguments: ["start", "export"])
  func `nobody supposes to be a session's own tutor`(decision: String) async throws {
    let arguments = [
      Self.session, "--decision=\(decision)", "--audience=tutor", "--reader=T-7",
      "--what-if=tutor.id=T-7", "--format=json",
    ]
    let result = try await runExplain(arguments)
    if decision == "start" {
      #expect(result.standardOutput.contains(#""withholds": true"#))
      #expect(!result.standardOutput.contains("waysOut"))
    } else {
      #expect(result.status == 2)
      #expect(result.standardOutput == "[]\n")
    }
    // And nobody loses what they may see by supposing to be somebody else.
    let own = try await runExplain([
      Self.session, "--decision=start", "--audience=tutor", "--reader=T-31",
      "--what-if=tutor.id=T-7", "--format=json",
    ])
    #expect(!own.standardOutput.contains("withholds"))
  }

  @Test(arguments: ["explain", "check"])
  func `no message tells how much there is of what is confidential`(command: String) async throws {
    let options = ["--audience=tutor", "--reader=T-7"]
    var messages: Set<String> = []
    for position in 0...3 {
      let result = try await run(
        command,
        [Self.session, "--what-if=encounters[0].student.grades[\(position)].grade=A"] + options)
      #expect(result.status == 2)
      messages.insert(result.standardError.replacing("[\(position)].grade", with: "[n].grade"))
    }
    #expect(messages.count == 1, "\(messages)")
    // What is there beside it is told, but no line of the session is shown.
    let beside = try await run(
      command,
      [
        "-", "--decision=start", "--what-if=encounters[9].activelyTutored=true",
      ] + options, input: #"{"id":"S-1","encounters":[{"student":{"homeboundTeacher":"secret"}}]}"#)
    #expect(beside.standardError.contains("the list has 1"))
    #expect(!beside.standardError.contains("secret"))
  }

  // MARK: Ways out

  @Test(arguments: ["text", "json", "ndjson"])
  func `fix keeps from other tutors what would help`(format: String) async throws {
    let format = "--format=\(format)"
    let own = try await run("fix", [Self.session, format, "--audience=tutor", "--reader=T-31"])
    let other = try await run("fix", [Self.session, format, "--audience=tutor", "--reader=T-7"])
    #expect(own.standardOutput.lowercased().contains("geometry"))
    #expect(!other.standardOutput.lowercased().contains("geometry"))
    #expect(other.standardOutput.contains("withheld"))
    #expect(own.status == other.status)
  }

  @Test func `check keeps from other tutors what would help and what is missing`() async throws {
    let sessions = [Self.session, "Examples/sessions/week-42.ndjson"]
    let options = ["--format=ndjson", "--with-fixes", "--audience=tutor", "--reader=T-7"]
    let all = try await run("check", sessions + ["--format=ndjson", "--with-fixes"])
    let other = try await run("check", sessions + options)
    #expect(all.standardOutput.lowercased().contains("geometry"))
    #expect(!other.standardOutput.lowercased().contains("geometry"))
    let missing =
      #"{"id":"S-1","encounters":[{"qualifiers":{"homebound":true},"remedialCriteria":["reading-improvement-plan"],"student":{}}]}"#
    let privileged = try await run("check", ["-"], input: missing)
    let tutor = try await run("check", ["-"] + options, input: missing)
    #expect(privileged.standardOutput.contains("readingImprovementPlan"))
    #expect(!tutor.standardOutput.contains("readingImprovementPlan"))
  }

  @Test(arguments: ["tutor", "auditor"])
  func `ways out are told to their audience as recorded`(audience: String) async throws {
    let result = try await run(
      "fix",
      [Self.session, "--decision=payment", "--audience=\(audience)"]
        + (audience == "tutor" ? ["--reader=T-31"] : []))
    try assertSnapshot(result.standardOutput, named: "fix-\(audience).txt", in: "audience")
  }

  @Test(arguments: ["csv", "summary"])
  func `forms that can't withhold are refused to tutors`(format: String) async throws {
    let result = try await run(
      "check", [Self.session, "--format=\(format)", "--audience=tutor"])
    #expect(result.status == 2)
    #expect(result.standardOutput == "")
  }

  private func runExplain(_ arguments: [String], input: String = "") async throws -> CommandResult {
    try await run("explain", arguments, input: input)
  }

  private func run(
    _ command: String, _ arguments: [String], input: String = ""
  ) async throws -> CommandResult {
    try await runCommand(
      builtProduct("tutorpolicy"), [command, today] + arguments,
      standardInput: Data(input.utf8), environment: ["NO_COLOR": "", "COLUMNS": "100"])
  }
}
