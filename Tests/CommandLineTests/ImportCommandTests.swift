import Foundation
import TestSupport
import Testing

@Suite struct ImportCommandTests {
  private static let files = "Tests/PolicyImportTests/Fixtures"

  @Test(arguments: [
    "dmn/room-request.dmn", "gorules/snack-budget.json", "jsonlogic/late-pickup.json",
  ])
  func `what is imported passes 'validate' and 'test', and decides`(file: String) async throws {
    let folder = try Folder(files: [:])
    let into = folder.path + "/new/policies"
    let imported = try await tutorpolicy("import", "\(Self.files)/\(file)", "--into", into)
    #expect(imported.status == 0, "\(imported.standardError)")
    #expect(imported.standardOutput.hasSuffix("\(into)/fixtures/rows.yaml\n"))
    let validated = try await tutorpolicy("validate", "--policies", into)
    #expect(validated.status == 0, "\(validated.standardOutput)")
    let tested = try await tutorpolicy("test", "--policies", into)
    #expect(tested.status == 0, "\(tested.standardOutput)")
  }

  @Test func `a value that passes decides a document`() async throws {
    let folder = try Folder(files: [
      "visit.json": #"{"groupSize": 8, "roomKind": "library", "supervised": false}"#
    ])
    let into = folder.path + "/rooms"
    let imported = try await tutorpolicy(
      "import", "\(Self.files)/dmn/room-request.dmn", "--into", into, "--pass", "granted")
    #expect(imported.status == 0)
    let checked = try await tutorpolicy("check", "--policies", into, folder.path + "/visit.json")
    #expect(checked.status == 0, "\(checked.standardOutput)\(checked.standardError)")
  }

  @Test func `1 where a part is left out, and the rest is written`() async throws {
    let folder = try Folder(files: [:])
    let result = try await tutorpolicy(
      "import", "\(Self.files)/dmn/unsayable.dmn", "--into", folder.path + "/some")
    #expect(result.status == 1)
    #expect(result.standardError.contains("unsayable.dmn:5:14: error: a column of the type 'time'"))
    #expect(FileManager.default.fileExists(atPath: folder.path + "/some/rules.yaml"))
  }

  @Test(arguments: [
    (
      "truthy", #"{"and": [{"var": "name"}, {"startswith": ["a", "b"]}]}"#,
      "the operation 'startswith'"
    ),
    ("broken", "{", "file.json:1:2: error"), ("empty", "", "error"),
  ])
  func `4 where nothing can be imported, and nothing is written`(
    name: String, text: String, message: String
  ) async throws {
    let folder = try Folder(files: ["file.json": text])
    let result = try await tutorpolicy(
      "import", folder.path + "/file.json", "--into", folder.path + "/new")
    #expect(result.status == 4)
    #expect(result.standardError.contains(message), "\(result.standardError)")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/new"))
  }

  @Test func `4 where the file is not there`() async throws {
    let result = try await tutorpolicy("import", "nowhere.dmn")
    #expect(result.status == 4)
    #expect(result.standardError == "error: 'nowhere.dmn' can't be read\n")
  }

  @Test func `5 where the folder is not empty, and it stays as it was`() async throws {
    let folder = try Folder(files: ["rules.yaml": "topic: Mine\n"])
    let result = try await tutorpolicy(
      "import", "\(Self.files)/jsonlogic/late-pickup.json", "--into", folder.path)
    #expect(result.status == 5)
    #expect(result.standardError.contains("is not empty, and nothing is written over"))
    #expect(
      try String(contentsOfFile: folder.path + "/rules.yaml", encoding: .utf8) == "topic: Mine\n")
  }
}
