import Foundation
import TestSupport
import Testing

/// What is said of command lines that are not understood, and of names of files that lead nowhere.
@Suite struct UsageTests {
  private static let session = "Examples/sessions/eligible.yaml"

  @Test(arguments: [
    (["chek", session], "error: 'chek' is not a command", "did you mean 'check'?"),
    (["validte"], "error: 'validte' is not a command", "did you mean 'validate'?"),
    (["decide"], "error: 'decide' is not a command", "the commands are 'check', "),
    (["check", "--polices=x", session], "error: unknown option '--polices'", "'--policies'"),
    (["check"], "error: missing expected argument", "Usage: "),
    (["check", "--format=xml", session], "error: the value 'xml' is invalid", "'ndjson'"),
    (["check", "--jobs=0", session], "error: --jobs takes a number", "Usage: "),
  ])
  func `a mistake is named, with the nearest right thing`(
    arguments: [String], message: String, help: String
  ) async throws {
    let result = try await runCommand(builtProduct("tutorpolicy"), arguments)
    #expect(result.standardError.hasPrefix(message), "\(result.standardError)")
    #expect(result.standardError.contains(help), "\(result.standardError)")
    #expect(result.standardOutput == "")
    #expect(result.status == 2)
  }

  @Test(arguments: [
    ["--policies=policies", "--policies", "Examples"], ["--today=2026-11-22"],
    ["--format", "json", "--format=text"],
  ])
  func `an option that has one value is not given twice`(arguments: [String]) async throws {
    let result = try await runCommand(
      builtProduct("tutorpolicy"), ["check", Self.session, today] + arguments)
    #expect(result.standardError.contains("is given twice"), "\(result.standardError)")
    #expect(result.status == 2)
  }

  @Test func `options that take several values, and words behind --, are no repetition`()
    async throws
  {
    let several = try await tutorpolicy(
      "check", Self.session, today, "--decision=start", "--decision", "payment",
      "--what-if=tags+=a", "--what-if", "tags+=b")
    #expect(several.status == 0)
    let files = try await tutorpolicy("check", today, "--", "--today=x", "--today=x")
    #expect(files.status == 4)
  }

  @Test(arguments: [
    ["schema", "--output", ""], ["validate", "--policies", ""],
    ["check", ""], ["test", ""],
  ])
  func `an empty path is wrong usage`(arguments: [String]) async throws {
    let result = try await runCommand(builtProduct("tutorpolicy"), arguments)
    #expect(result.status == 2)
    #expect(result.standardError.contains("is empty"), "\(result.standardError)")
  }

  @Test func `where there are no policies, it says which option names them`() async throws {
    let folder = try Folder(files: [:])
    let result = try await runCommand(
      builtProduct("tutorpolicy"), ["validate"], currentDirectory: URL(filePath: folder.path))
    let text = result.standardOutput + result.standardError
    #expect(text.contains("'policies' can't be read: there is no such file or folder"))
    #expect(text.contains("--policies DIR"), "\(text)")
    #expect(result.status == 3)
  }

  @Test func `a file for a folder, and a folder for a file, are named as such`() async throws {
    let file = try await tutorpolicy("validate", "--policies", "policies/decisions.yaml")
    #expect(
      file.standardOutput.contains(
        "'policies/decisions.yaml' can't be read: this is a file, and --policies takes the folder"),
      "\(file.standardOutput)")
    #expect(file.status == 3)
    let folder = try await tutorpolicy("check", "Examples/sessions", today)
    #expect(
      folder.standardError.contains(
        "'Examples/sessions' can't be read: this is a folder"), "\(folder.standardError)")
    #expect(folder.standardError.contains("Examples/sessions/*.yaml"))
    #expect(folder.status == 4)
  }
}
