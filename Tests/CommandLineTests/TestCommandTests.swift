import Foundation
import TestSupport
import Testing

@Suite struct TestCommandTests {
  private static let broken = "Tests/CommandLineTests/Fixtures/broken.yaml"
  private static let failing = "Tests/CommandLineTests/Fixtures/failing.yaml"

  @Test func `the shipped fixtures pass`() async throws {
    let result = try await tutorpolicy("test")
    #expect(result.standardError == "")
    #expect(result.status == 0)
    let counts = try #require(
      try /(\d+) of (\d+) cases pass\n/.wholeMatch(in: result.standardOutput))
    #expect(counts.1 == counts.2)
    #expect(try #require(Int(counts.1)) >= 240)
  }

  @Test(arguments: ["text", "tap", "junit", "github", "json"])
  func `a failure is printed in each format as recorded`(format: String) async throws {
    let result = try await tutorpolicy("test", Self.failing, "--format", format)
    #expect(result.status == 1)
    #expect(result.standardError == "")
    try assertSnapshot(result.standardOutput, named: "failing.\(format)", in: "test")
  }

  @Test func `4 for a fixture file with mistakes, and the other cases are still tried`()
    async throws
  {
    let result = try await tutorpolicy("test", Self.broken)
    #expect(result.status == 4)
    #expect(result.standardOutput == "1 of 1 case passes\n")
    try assertSnapshot(result.standardError, named: "broken.txt", in: "test")
  }

  @Test(arguments: [
    ["--filter", "nothing is called so"], ["Sources/CEL"], ["no-such-file.yaml"],
  ])
  func `a run in which nothing was tried is a failure`(arguments: [String]) async throws {
    let result = try await runCommand(builtProduct("tutorpolicy"), ["test"] + arguments)
    #expect([1, 4].contains(result.status))
    #expect(result.standardOutput == "there is no case to try: nothing was tested\n")
  }

  @Test func `a filter takes the cases whose topic or name contains it`() async throws {
    let result = try await tutorpolicy("test", "--filter", "CLOCKS GO BACK")
    #expect(result.status == 0)
    #expect(result.standardOutput == "2 of 2 cases pass\n")
  }

  @Test func `--fail-fast ends at the first failure`() async throws {
    let result = try await tutorpolicy("test", Self.failing, "--fail-fast")
    #expect(result.status == 1)
    #expect(result.standardOutput.hasSuffix("0 of 3 cases pass, 1 failed, 2 not tried\n"))
  }

  @Test func `--accept rewrites the file, and the next run passes`() async throws {
    let original = try String(
      contentsOf: packageRoot.appending(path: Self.failing), encoding: .utf8)
    let base = packageRoot.appending(path: "Examples/sessions/eligible.yaml").path
    let folder = try Folder(files: [
      "failing.yaml": original.replacing("../../../Examples/sessions/eligible.yaml", with: base)
    ])
    let path = folder.path + "/failing.yaml"
    let first = try await tutorpolicy("test", path, "--accept")
    #expect(first.status == 1)
    #expect(first.standardError == "rewritten: \(path)\n")
    let second = try await tutorpolicy("test", path)
    #expect(second.status == 0)
    let rewritten = try String(contentsOfFile: path, encoding: .utf8)
    #expect(rewritten.contains("# What a person wrote stays."))
  }

  @Test func `what only a person can tell stays, and is named by its line`() async throws {
    let original = try String(
      contentsOf: packageRoot.appending(path: Self.failing), encoding: .utf8)
    let base = packageRoot.appending(path: "Examples/sessions/eligible.yaml").path
    let text =
      original.replacing("../../../Examples/sessions/eligible.yaml", with: base)
      + "  - case: more is expected\n    expect: {reason: {has-work-order: none is given}}\n"
    let folder = try Folder(files: ["failing.yaml": text])
    let path = folder.path + "/failing.yaml"
    // The link stays one: the file that it leads to is rewritten.
    let link = folder.path + "/link.yaml"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    let result = try await tutorpolicy("test", link, "--accept")
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    #expect(
      result.standardError == """
        rewritten: \(link)
        left as it is, since only a person can tell: reason of has-work-order, \(link):\(line)

        """)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let rewritten = try String(contentsOfFile: path, encoding: .utf8)
    #expect(rewritten != text)
    let again = try await tutorpolicy("test", link, "--accept")
    #expect(!again.standardError.contains("rewritten"))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == rewritten)
  }

  @Test func `3 when the policies have an error`() async throws {
    let folder = try Folder(files: ["vocabulary.yaml": "document: {session: Sesion}\n"])
    let result = try await tutorpolicy("test", "--policies", folder.path)
    #expect(result.status == 3)
    #expect(result.standardOutput == "")
  }
}
