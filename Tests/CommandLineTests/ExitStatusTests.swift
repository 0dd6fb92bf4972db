import Foundation
import TestSupport
import Testing

@Suite struct ExitStatusTests {
  private static let eligible = "Examples/sessions/eligible.yaml"
  private static let untagged = "Examples/sessions/career-ladder-untagged.yaml"

  @Test func `0 when every decision asked for passes`() async throws {
    #expect(try await tutorpolicy("check", Self.eligible, today).status == 0)
    #expect(
      try await tutorpolicy("check", Self.untagged, today, "--decision=payment").status == 0)
  }

  @Test func `1 when a decision fails or is undetermined`() async throws {
    #expect(try await tutorpolicy("check", Self.untagged, today).status == 1)
    let missing = "Examples/sessions/actively-tutored-missing.yaml"
    #expect(
      try await tutorpolicy("check", missing, today, "--decision=qualifiers").status == 1)
  }

  @Test(arguments: ["check", "explain"])
  func `0 for what fails where the verdicts are read, and 4 for what is no session`(
    command: String
  ) async throws {
    let failing = try await tutorpolicy(command, Self.untagged, today, "--exit-zero")
    #expect(failing.status == 0)
    #expect(failing.standardOutput.contains("✗"))
    let unreadable = try await tutorpolicy(command, "no-such-file.yaml", today, "--exit-zero")
    #expect(unreadable.status == 4)
  }

  @Test(arguments: [
    ["check"], ["check", "--today=2026-02-30", eligible], ["check", "--format=xml", eligible],
    ["check", "--decision=exprot", eligible], ["decide"], ["check", "--polices=x", eligible],
  ])
  func `2 for wrong usage`(arguments: [String]) async throws {
    let result = try await runCommand(builtProduct("tutorpolicy"), arguments)
    #expect(result.status == 2)
    #expect(result.standardOutput == "")
    #expect(result.standardError != "")
  }

  @Test func `fix ends with 0 where nothing is to do, 1 where something is, 2 for nobody's role`()
    async throws
  {
    #expect(try await tutorpolicy("fix", Self.eligible, today).status == 0)
    #expect(try await tutorpolicy("fix", Self.untagged, today).status == 1)
    let unknown = try await tutorpolicy("fix", Self.untagged, today, "--as=tutr")
    #expect(unknown.status == 2)
    #expect(unknown.standardError.contains("did you mean 'tutor'?"))
    #expect(
      try await tutorpolicy("check", Self.untagged, today, "--with-fixes").status == 2)
  }

  @Test func `an unknown decision is answered with the nearest one`() async throws {
    let result = try await tutorpolicy("check", "--decision=exprot", Self.eligible)
    #expect(result.standardError.contains("'exprot' is not a decision of these policies"))
    #expect(result.standardError.contains("did you mean 'export'?"))
  }

  @Test(arguments: ["check", "explain", "validate"])
  func `3 when the policies have an error, and nothing is decided`(command: String) async throws {
    let folder = try Folder(files: ["vocabulary.yaml": "document: {session: Sesion}\n"])
    let sessions = command == "validate" ? [] : [Self.eligible]
    let result = try await runCommand(
      builtProduct("tutorpolicy"), [command, "--policies", folder.path] + sessions)
    #expect(result.status == 3)
    if command != "validate" { #expect(result.standardOutput == "") }
  }

  @Test func `4 for a document that is none, and the others are still decided`() async throws {
    let result = try await tutorpolicy(
      "check", Self.eligible, "no-such-file.yaml",
      "Examples/sessions/mistaken/several-mistakes.yaml",
      Self.untagged, today, "--format=ndjson")
    #expect(result.status == 4)
    #expect(result.standardOutput.split(separator: "\n").count == 2)
    #expect(
      result.standardError.contains(
        "'no-such-file.yaml' can't be read: there is no such file or folder"))
  }

  @Test(arguments: [0, 2, 12])
  func `a bad line of a stream is reported by its number and the rest goes on`(
    index: Int
  ) async throws {
    let stream = packageRoot.appending(path: "Examples/sessions/week-42.ndjson")
    var lines = try String(contentsOf: stream, encoding: .utf8).split(separator: "\n")
    lines.insert("{\"id\":", at: index)
    let result = try await tutorpolicy(
      "check", "-", today, "--format=ndjson", input: lines.joined(separator: "\n"))
    #expect(result.status == 4)
    #expect(result.standardOutput.split(separator: "\n").count == 12)
    #expect(result.standardError.contains("<stdin>:\(index + 1):7: error:"))
  }
}
