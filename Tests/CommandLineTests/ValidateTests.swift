import Foundation
import TestSupport
import Testing

@Suite struct ValidateTests {
  private static let mistaken = """
    document: {session: Session}
    governedBy: session.date
    types:
      Session: {facts: {id: string, date: date}}
    decisions:
      payment: {about: Session}
    rules:
      - rule: one
        title: "100%: done"
        decides: [payment]
        require: session.idd == 'x'
      - rule: one
        title: Again
        decides: [payment]
        require: session.id == 'x'
    """

  @Test func `the shipped policies have no mistake`() async throws {
    let result = try await tutorpolicy("validate")
    let summary = /policies: \d+ rules, \d+ decisions, \d+ parameters, \d+ types; no mistakes\n/
    let isWhole = try summary.wholeMatch(in: result.standardOutput) != nil
    #expect(isWhole, "\(result.standardOutput)")
    #expect(result.status == 0)
  }

  @Test(arguments: ["text", "json", "github"])
  func `mistakes are printed in each format as recorded`(format: String) async throws {
    let folder = try Folder(files: ["policies.yaml": Self.mistaken])
    let result = try await tutorpolicy("validate", "--policies", folder.path, "--format", format)
    #expect(result.status == 3)
    try assertSnapshot(
      result.standardOutput.replacing(folder.path, with: "policies"),
      named: "mistakes.\(format)", in: "validate")
  }

  @Test func `the shipped policies have no warning either`() async throws {
    let result = try await tutorpolicy("validate", "--strict")
    #expect(result.status == 0, "\(result.standardOutput)")
  }

  @Test(arguments: ["text", "json", "github"])
  func `warnings fail only what is strict, and are printed in each format`(
    format: String
  ) async throws {
    let folder = try Folder(files: ["policies.yaml": Self.doubtful])
    let arguments = ["validate", "--policies", folder.path, "--format", format]
    let result = try await runCommand(builtProduct("tutorpolicy"), arguments)
    #expect(result.status == 0)
    #expect(result.standardOutput.contains("nothing reads fact 'title' of Session"))
    let strict = try await runCommand(builtProduct("tutorpolicy"), arguments + ["--strict"])
    #expect(strict.status == 1)
    #expect(strict.standardOutput == result.standardOutput)
  }

  @Test func `an error is an error, strict or not, and hides the warnings`() async throws {
    let folder = try Folder(files: [
      "policies.yaml": Self.doubtful.replacing("id !=", with: "ix !=")
    ])
    let result = try await tutorpolicy("validate", "--policies", folder.path, "--strict")
    #expect(result.status == 3)
    #expect(!result.standardOutput.contains("warning"))
  }

  private static let doubtful = """
    document: {session: Session}
    governedBy: session.date
    types:
      Session: {facts: {id: string, date: date, title: string}}
    decisions:
      payment: {about: Session}
    rules:
      - rule: one
        title: It has an id
        decides: [payment]
        require: session.id != ''
        because: It has none.
        fix: Give it one.
        lint: {rule-without-fixture: an example}
    """

  @Test(arguments: [
    (
      "no folder", "no-such-folder",
      "'no-such-folder' can't be read: there is no such file or folder"
    ),
    ("a file", "README.md", "'README.md' can't be read"),
    ("a folder without policies", "Sources", "'Sources' has no policy files"),
  ])
  func `a folder that holds no policies is said so`(
    what: String, path: String, message: String
  ) async throws {
    let result = try await tutorpolicy("validate", "--policies", path)
    #expect(result.status == 3)
    #expect(result.standardOutput.contains(message))
  }

  private static let optional = """
    document: {session: Session}
    governedBy: session.date
    types:
      Session:
        facts: {id: string, date: date, minutes: int?, tags: [string]}
        terms: {isLong: session.minutes > 60}
    decisions:
      payment: {about: Session}
    rules:
      - rule: guarded
        title: A rule that is never undetermined for want of minutes
        decides: [payment]
        when: has(session.minutes)
        require:
          all: [session.minutes > 10, "short or tagged": "!session.isLong || session.tags != []"]
      - rule: unguarded
        title: A rule that may be
        decides: [payment]
        require: session.isLong || session.tags.exists(t, t == 'long')
    """

  @Test(arguments: ["text", "json"])
  func `details tell the steps of each rule, and the facts that may be wanting`(
    format: String
  ) async throws {
    let folder = try Folder(files: ["policies.yaml": Self.optional])
    let result = try await tutorpolicy(
      "validate", "--policies", folder.path, "--details", "--format", format)
    #expect(result.status == 0)
    try assertSnapshot(
      result.standardOutput.replacing(folder.path, with: "policies"),
      named: "details.\(format)", in: "validate")
  }

  @Test func `details are no annotations`() async throws {
    let result = try await tutorpolicy("validate", "--details", "--format", "github")
    #expect(result.status == 2)
    #expect(result.standardError.contains("--details is for --format text and json"))
  }
}
