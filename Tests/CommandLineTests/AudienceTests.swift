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
    try assertSnapshot(result.standardOutput, named: name + ".txt", in: "audience")
  }

  @Test(arguments: ["text", "json", "ndjson"])
  func `another tutor is shown nothing of a student's record in any format`(
    format: String
  ) async throws {
    let format = "--format=\(format)"
    let own = try await runExplain([Self.session, format, "--audience=tutor", "--reader=T-31"])
    let other = try await runExplain([Self.session, format, "--audience=tutor", "--reader=T-7"])
    #expect(own.standardOutput.contains("geometry"))
    #expect(!other.standardOutput.contains("geometry"))
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
    ["--audience=tutr"], ["--what-if=tutor.id=T-1", "--audience=tutor", "--reader=T-1"],
  ])
  func `a reader who is no tutor is refused`(arguments: [String]) async throws {
    let result = try await runExplain([Self.session] + arguments)
    #expect(result.status == 2)
    #expect(result.standardOutput == "")
  }

  private func runExplain(_ arguments: [String], input: String = "") async throws -> CommandResult {
    try await runCommand(
      builtProduct("tutorpolicy"), ["explain", today] + arguments,
      standardInput: Data(input.utf8), environment: ["NO_COLOR": "", "COLUMNS": "100"])
  }
}
