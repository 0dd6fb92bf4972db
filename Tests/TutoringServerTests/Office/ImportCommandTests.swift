#if Server
import Foundation
import TestSupport
import Testing

/// `tutoring-server import` itself: what it reads, what it prints, what it ends with.
@Suite(.timeLimit(.minutes(30))) struct ImportCommandTests {
  @Test func `files, folders and zips are taken over, and what can't be read is said`()
    async throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let data = folder.appending(path: "data").path
    let inner = folder.appending(path: "files")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ name: String, _ bytes: Data) throws -> String {
      let file = folder.appending(path: name)
      try bytes.write(to: file)
      return file.path
    }
    let zip = try #require(Data(base64Encoded: RosterImportTests.zip))
    let whole = try write("rosters.zip", zip)
    let half = try write("half.zip", zip.prefix(100))
    let wide = try write("wide.csv", Data([0xFF, 0xFE, 0x69, 0, 0x64, 0]))
    _ = try write("files/schools.csv", Data("id,name\ntruman,Truman High\n".utf8))
    try await run(
      ["user", "add", "--data", data, "--name", "Olga", "--role", "office", "olga"],
      input: "a long password\n", status: 0)
    func take(_ paths: String..., status: Int32, _ said: String...) async throws {
      let result = try await run(
        [
          "import", "--data", data, "--policies", packageRoot.appending(path: "policies").path,
          "--by", "olga",
        ] + paths, status: status)
      for text in said {
        #expect((result.standardOutput + result.standardError).contains(text), "\(result)")
      }
    }
    try await take(inner.path, "--preview", status: 0, "add: 1", "nothing was taken over")
    try await take(inner.path, whole, status: 0, "add: 3", "import 1")
    try await take(inner.path, whole, status: 0, "unchanged: 3", "nothing to do")
    try await take(half, status: 1, "it is not a zip, or not a whole one", "nothing to do")
    try await take(wide, status: 1, "wide.csv' can't be read", "UTF-16")
    try await take(folder.path + "/none.zip", status: 1, "none.zip' can't be read")
  }

  @discardableResult
  private func run(
    _ arguments: [String], input: String = "", status: Int32
  ) async throws -> CommandResult {
    let result = try await runCommand(
      try builtProduct("tutoring-server"), arguments, standardInput: Data(input.utf8),
      environment: ["SWIFT_BACKTRACE": "enable=no"], secondsAllowed: 60)
    #expect(result.status == status, "\(arguments): \(result)")
    return result
  }
}
#endif
