import Foundation
import TestSupport
import Testing

/// What reports say of what they were decided by and from.
@Suite struct ProvenanceTests {
  private struct Report: Decodable {
    struct DecidedBy: Decodable {
      let policies: String
      let document: String
      let version: String
      let timeZoneData: String
    }
    let decidedBy: DecidedBy
  }

  private static let session = "Examples/sessions/several-rules-together.json"

  private func reports(_ arguments: String...) async throws -> [Report.DecidedBy] {
    let result = try await runCommand(builtProduct("tutorpolicy"), arguments + [today])
    return try JSONDecoder().decode([Report].self, from: Data(result.standardOutput.utf8))
      .map(\.decidedBy)
  }

  /// What a shell prints of files in a folder of the package.
  private func digest(_ command: String) async throws -> Substring {
    let result = try await runCommand(URL(filePath: "/bin/sh"), ["-c", command])
    try #require(result.status == 0)
    return result.standardOutput.prefix { $0 != " " }
  }

  @Test(arguments: ["check", "explain"])
  func `JSON names policies and document by what sha256sum prints of them, and the program`(
    command: String
  ) async throws {
    let report = try #require(try await reports(command, Self.session, "--format=json").first)
    #expect(try await report.document == digest("sha256sum \(Self.session)"))
    #expect(
      try await report.policies == digest("cd policies && LC_ALL=C sha256sum *.yaml | sha256sum"))
    #expect(report.version.wholeMatch(of: /\d+\.\d+\.\d+/) != nil)
    #expect(report.timeZoneData.wholeMatch(of: /\d{4}[a-z]+/) != nil)
  }

  @Test(arguments: ["check", "explain"])
  func `of a stream, the line is the document`(command: String) async throws {
    let stream = "Examples/sessions/week-42.ndjson"
    let reports = try await reports(command, stream, "--format=json")
    #expect(reports.count == 12)
    #expect(
      try await reports[3].document == digest("sed -n 4p \(stream) | tr -d '\\n' | sha256sum"))
  }

  @Test(arguments: ["check", "explain"])
  func `what is supposed is no other document`(command: String) async throws {
    let yaml = "Examples/sessions/career-ladder-untagged.yaml"
    let report = try #require(
      try await reports(command, yaml, "--format=json", "--what-if=tags+=cl-goal-1").first)
    #expect(try await report.document == digest("sha256sum \(yaml)"))
  }

  @Test(arguments: ["check", "explain"])
  func `a session of somebody else has no digest, which could be guessed at`(
    command: String
  ) async throws {
    let others = try await tutorpolicy(
      command, Self.session, today, "--format=json", "--audience=tutor", "--reader=nobody")
    #expect(others.standardOutput.contains("\"decidedBy\""))
    #expect(!others.standardOutput.contains("\"document\":"))
  }

  @Test func `text ends with the first digits of the digests, except for tutors`() async throws {
    let report = try #require(try await reports("explain", Self.session, "--format=json").first)
    let text = try await tutorpolicy("explain", Self.session, today).standardOutput
    let foot = """

      decided by policies \(report.policies.prefix(12)), version \(report.version), \
      time zone data \(report.timeZoneData); session \(report.document.prefix(12))

      """
    #expect(text.hasSuffix(foot), "\(text.suffix(300))")
    let words = try await tutorpolicy("explain", Self.session, today, "--audience=tutor")
    #expect(!words.standardOutput.contains("decided by policies"))
  }

  @Test func `--version names the program, its commit and the time zone data`() async throws {
    let result = try await tutorpolicy("--version")
    #expect(
      result.standardOutput.wholeMatch(
        of: /tutorpolicy \d+\.\d+\.\d+\ncommit: [^\n]+\ntime zone data: \d{4}[a-z]+\n/) != nil,
      "\(result.standardOutput)")
    #expect(result.status == 0)
  }
}
