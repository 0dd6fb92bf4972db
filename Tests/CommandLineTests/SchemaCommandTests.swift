import Foundation
import TestSupport
import Testing

@Suite struct SchemaCommandTests {
  @Test(arguments: ["policies", "vocabulary", "decisions", "fixtures", "session"])
  func `a schema is printed as it is shipped`(name: String) async throws {
    let result = try await tutorpolicy("schema", name)
    #expect(result.status == 0)
    let shipped = packageRoot.appending(path: "policies/schemas/\(name).schema.json")
    #expect(result.standardOutput == (try String(contentsOf: shipped, encoding: .utf8)))
  }

  @Test func `--output writes all of them into a folder, which is made`() async throws {
    let folder = try Folder(files: [:])
    let result = try await tutorpolicy("schema", "--output", folder.path + "/new/schemas")
    #expect(result.status == 0)
    #expect(result.standardOutput == "")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/new/schemas")
    #expect(
      names.sorted()
        == [
          "decisions", "expected-changes", "exports", "fixtures", "policies", "reports", "session",
          "vocabulary",
        ].map { "\($0).schema.json" })
  }

  @Test(arguments: [[], ["session", "--output", "x"], ["sessions"]])
  func `2 for no name, a name and a folder, or a name that is none`(
    arguments: [String]
  ) async throws {
    let result = try await runCommand(builtProduct("tutorpolicy"), ["schema"] + arguments)
    #expect(result.status == 2)
  }

  @Test func `5 where the folder can't be written`() async throws {
    let result = try await tutorpolicy("schema", "--output", "README.md")
    #expect(result.status == 5)
    #expect(
      result.standardError == "error: the schemas can't be written into 'README.md'\n")
  }

  @Test func `3 when the policies have an error`() async throws {
    let folder = try Folder(files: ["vocabulary.yaml": "document: {session: Sesion}\n"])
    let result = try await tutorpolicy("schema", "session", "--policies", folder.path)
    #expect(result.status == 3)
    #expect(result.standardOutput == "")
  }
}
