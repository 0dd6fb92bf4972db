#if Server
import Foundation
import TestSupport
import Testing

@testable import tutoring_server

@Suite struct OutputFileTests {
  @Test func `a file is written anew, and a link to it stays a link`() throws {
    let folder = try Folder(files: ["hours.csv": "old and longer\n"])
    let link = folder.path + "/link.csv"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: folder.path + "/hours.csv")
    for path in [folder.path + "/hours.csv", folder.path + "/new.csv", link] {
      try OutputFile.write("hours of \(path)\n", to: path)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "hours of \(path)\n")
    }
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link).hasSuffix("hours.csv"))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.sorted() == ["hours.csv", "link.csv", "new.csv"])
  }

  @Test func `a pipe is written into, and not replaced`() async throws {
    let folder = try Folder(files: [:])
    let pipe = folder.path + "/pipe"
    try #require(unsafe mkfifo(pipe, 0o600) == 0)
    let reader = Task.detached {
      try FileHandle(forReadingFrom: URL(filePath: pipe)).readToEnd()
    }
    try OutputFile.write("hours\n", to: pipe)
    #expect(try await reader.value == Data("hours\n".utf8))
    let type = try FileManager.default.attributesOfItem(atPath: pipe)[.type] as? FileAttributeType
    #expect(type != .typeRegular)
  }

  @Test func `a folder is not written into`() throws {
    let folder = try Folder(files: [:])
    #expect(throws: (any Error).self) { try OutputFile.write("hours\n", to: folder.path) }
  }
}
#endif
