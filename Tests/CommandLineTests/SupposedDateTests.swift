import Foundation
import TestSupport
import Testing

/// Another date than the one that it is, for sessions of others: a supposition like any other.
@Suite struct SupposedDateTests {
  private static let policies = """
    document: {session: Session}
    governedBy: session.date
    identifiedBy: session.id
    belongsTo: session.tutor
    types:
      Session:
        facts: {id: string, date: date, tutor: string, review: {type: date, confidential: true}}
    decisions:
      open: {title: Open, about: Session}
      recent: {title: Recent, about: Session}
    topic: Reviews
    rules:
      - {rule: not-reviewed, title: Not reviewed yet, decides: [open], require: today < session.review}
      - {rule: this-century, title: In this century, decides: [recent], require: today > session.date}
    """
  private static let session =
    #"{"id":"S","date":"2026-10-14","tutor":"T-1","review":"2026-11-30"}"#

  private func check(
    _ command: String, _ options: String..., decision: String = "open"
  ) async throws -> CommandResult {
    let folder = try Folder(files: ["p.yaml": Self.policies])
    return try await runCommand(
      builtProduct("tutorpolicy"),
      [command, "-", "--policies", folder.path, "--format=json", "--decision", decision] + options,
      standardInput: Data(Self.session.utf8))
  }

  @Test(arguments: ["check", "explain", "fix"])
  func `a date by which a confidential one would be found is refused`(command: String) async throws
  {
    for result in [
      try await check(command, today, "--audience=tutor", "--reader=T-2"),
      try await check(command, today, "--audience=tutor"),
    ] {
      #expect(result.status == 2)
      #expect(result.standardError.contains("on another date depends on what is confidential"))
    }
  }

  @Test(arguments: ["check", "explain", "fix"])
  func `the owner, the privileged, and those who ask nothing confidential choose the date`(
    command: String
  ) async throws {
    #expect(try await check(command, today, "--audience=tutor", "--reader=T-1").status == 0)
    #expect(try await check(command, today).status == 0)
    let other = try await check(
      command, today, "--audience=tutor", "--reader=T-2", decision: "recent")
    #expect(other.status == 0)
  }

  @Test func `without a date given, sessions of others are decided for the day that it is`()
    async throws
  {
    let result = try await check("check", "--audience=tutor", "--reader=T-2")
    #expect([0, 1].contains(result.status))
    #expect(result.standardError == "")
  }
}
