import Foundation
import TestSupport
import Testing

/// One member of each report of a JSON output: the rest is recorded elsewhere.
private func member(_ name: String, of output: String) throws -> String {
  let reports = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [[String: Any]]
  let members = try #require(reports).map { $0[name] ?? NSNull() }
  let data = try JSONSerialization.data(
    withJSONObject: members, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
  return String(decoding: data, as: UTF8.self) + "\n"
}

@Suite struct WhatIfCommandTests {
  private static let session = "Examples/sessions/career-ladder-untagged.yaml"

  @Test(arguments: ["check", "explain"], ["text", "json"])
  func `what a supposition changes is shown as recorded`(
    command: String, format: String
  ) async throws {
    let result = try await tutorpolicy(
      command, Self.session, today, "--decision=export", "--format=\(format)",
      "--what-if=tags+=cl-goal-1", "--what-if", "encounters[1].qualifiers.remedial=false")
    #expect(result.standardError == "")
    #expect(result.status == 0)
    let shown =
      format == "json" ? try member("whatIf", of: result.standardOutput) : result.steadyOutput
    try assertSnapshot(shown, named: "\(command).\(format)", in: "what-if")
  }

  @Test func `the status is that of the session as if`() async throws {
    let passing = try await tutorpolicy(
      "explain", Self.session, today, "--decision=export", "--format=ndjson",
      "--what-if=tags+=cl-goal-1")
    let failing = try await tutorpolicy(
      "check", "Examples/sessions/eligible.yaml", today, "--decision=payment", "--format=ndjson",
      "--what-if=workOrder=null", "--only=failing")
    #expect(passing.status == 0)
    #expect(failing.status == 1)
    #expect(failing.standardOutput.contains(#""from":"pass","to":"fail""#))
  }

  @Test(arguments: [
    (["tags"], "this supposes no value of a fact"),
    (["tgas+=x"], "did you mean 'tags'?"),
    (["workOrder.kind=career-laddr"], "did you mean 'career-ladder'?"),
    (["encounters[9].subject=algebra"], "the list has 2"),
    (["encounters.subject=x"], "without saying which element"),
    (["tags[+]=5"], "'5' is a number, expected a string"),
    (["encounters[0].qualifiers.remedial=no"], "write false"),
    (["workOrder={id: W, knd: tutoring}"], "did you mean 'kind'?"),
    (["description=[a"], "is never closed"), (["description="], "there must be one value"),
    (["description=Fall Open House # 2"], "what follows ' #' is a comment in YAML"),
    (["description=# 2"], "what follows ' #' is a comment in YAML"),
    (["tags+=[a] # b"], "put the value in quotes"),
    (["description=a\nb"], "is written in one line"),
    (["encounters[1].subject=5"], "encounters[1].subject: "),
    (["encounters[7].student.grades[3].grade=Z"], "encounters[7].student.grades[3].grade: "),
    (["isCareerLadder=true", "tags="], "is not a fact of Session"),
    (["group.name=x"], "nothing at 'group.name' that could be changed in part"),
  ])
  func `a supposition that can't be made is wrong usage`(
    suppositions: [String], message: String
  ) async throws {
    let options = suppositions.map { "--what-if=\($0)" }
    let result = try await runCommand(
      builtProduct("tutorpolicy"), ["check", Self.session, today] + options)
    #expect(result.status == 2)
    #expect(result.standardOutput == "")
    #expect(result.standardError.contains(message), "\(result.standardError)")
    #expect(result.standardError.hasPrefix("--what-if:1:"))
  }

  @Test(arguments: ["csv", "summary"])
  func `forms of output that show no changes are refused`(format: String) async throws {
    let result = try await tutorpolicy(
      "check", Self.session, "--format=\(format)", "--what-if=tags+=x")
    #expect(result.status == 2)
    #expect(result.standardError.contains("--what-if"))
  }
}

@Suite struct OtherDaysTests {
  @Test(arguments: ["text", "json"])
  func `when the answer changes is shown as recorded`(format: String) async throws {
    let result = try await tutorpolicy(
      "explain", "Examples/sessions/no-work-order-still-curable.yaml", "--today=2026-11-20",
      "--decision=payment", "--decision=assign-work-order", "--also-on=2026-12-01",
      "--format=\(format)")
    #expect(result.status == 1)
    let shown =
      format == "json" ? try member("otherDays", of: result.standardOutput) : result.steadyOutput
    try assertSnapshot(shown, named: "also-on.\(format)", in: "other-days")
  }

  @Test(
    arguments: [
      ["--between=2020-01-01..2035-12-31"], ["--between", "2020-01-01..2035-12-31"],
      ["--between", "2020-01-01", "2035-12-31"],
    ])
  func `the years of a range are decided as of a supposed session`(range: [String]) async throws {
    let result = try await runCommand(
      builtProduct("tutorpolicy"),
      ["explain"] + range + [
        "Examples/sessions/eligible.yaml", today, "--decision=payment", "--what-if=workOrder=null",
      ], environment: ["NO_COLOR": ""])
    #expect(result.status == 1)
    try assertSnapshot(result.steadyOutput, named: "between.text", in: "other-days")
  }

  @Test(arguments: [
    ("--between=2026-10-01", "not a range of dates"),
    ("--between=2026-02-30..2026-03-01", "not a date"),
    ("--between=2026-03-02..2026-03-01", "is not before"), ("--also-on=tomorrow", "not a date"),
  ])
  func `days that are none are wrong usage`(option: String, message: String) async throws {
    let result = try await tutorpolicy("explain", "Examples/sessions/eligible.yaml", option)
    #expect(result.status == 2)
    #expect(result.standardError.contains(message))
  }
}
