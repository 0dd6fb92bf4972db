import Foundation
import TestSupport
import Testing

@Suite struct InitCommandTests {
  @Test func `what is written has no mistake, and its fixtures try all of it`() async throws {
    let folder = try Folder(files: [:])
    let policies = folder.path + "/a district's policies"
    let result = try await tutorpolicy("init", policies)
    #expect(result.status == 0)
    #expect(result.standardError == "")
    for command in [
      ["validate", "--strict"], ["test"], ["coverage", "--fail-under", "100"],
      ["mutate", "--fail-under", "100"],
    ] {
      let result = try await runCommand(
        builtProduct("tutorpolicy"), command + ["--policies", policies])
      #expect(result.status == 0, "\(command): \(result.standardOutput)\(result.standardError)")
    }
    let explained = try await tutorpolicy(
      "explain", policies + "/examples/session.yaml", "--policies", policies,
      "--today=2026-09-20", "--what-if", "workOrder=null")
    #expect(explained.status == 1)
    #expect(
      explained.standardOutput.contains(
        "payment: If the session was held under a work order, assign it."))
  }

  @Test func `its schemas are those that schema writes`() async throws {
    let folder = try Folder(files: [:])
    _ = try await tutorpolicy("init", folder.path)
    let result = try await tutorpolicy("schema", "session", "--policies", folder.path)
    let written = try String(
      contentsOfFile: folder.path + "/schemas/session.schema.json", encoding: .utf8)
    #expect(result.standardOutput == written)
  }

  @Test func `a name with spaces is quoted in what to do next`() async throws {
    let folder = try Folder(files: [:])
    let policies = folder.path + "/it's new"
    let result = try await tutorpolicy("init", policies)
    let quoted = "'" + policies.replacing("'", with: #"'\''"#) + "'"
    #expect(result.standardOutput.contains("tutorpolicy test --policies \(quoted)\n"))
  }

  @Test(arguments: ["decisions.yaml", "of-our-own.yml", "fixtures/payment.yaml"])
  func `where a file is already, nothing is written`(path: String) async throws {
    let folder = try Folder(files: [path: "topic: Ours\n"])
    let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    let result = try await tutorpolicy("init", folder.path)
    #expect(result.status == 5)
    #expect(result.standardError.contains("has '\(path)' already, so nothing was written"))
    #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path) == before)
  }

  @Test func `5 where the folder can't be written`() async throws {
    let result = try await tutorpolicy("init", "README.md")
    #expect(result.status == 5)
    #expect(result.standardError == "error: 'README.md' can't be written into\n")
  }
}
