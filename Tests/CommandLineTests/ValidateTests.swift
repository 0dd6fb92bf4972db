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
}
