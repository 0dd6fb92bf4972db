import Foundation
import TestSupport
import Testing

@Suite struct CoverageCommandTests {
  @Test func `the shipped fixtures show all that can be seen`() async throws {
    let result = try await tutorpolicy("coverage", "--fail-under", "100")
    #expect(result.standardError == "")
    #expect(result.status == 0, "\(result.standardOutput)")
    #expect(result.standardOutput.contains(" (100 %)"))
  }

  @Test(arguments: ["text", "annotated", "github", "json"])
  func `what is missing is printed in each format as recorded`(format: String) async throws {
    let result = try await tutorpolicy(
      "coverage", "--policies", "Tests/CommandLineTests/Fixtures/loans", "--format", format)
    #expect(result.standardError == "")
    #expect(result.status == 0)
    try assertSnapshot(result.standardOutput, named: "loans.\(format)", in: "coverage")
  }

  @Test(arguments: [("99.9", 1), ("10", 0)])
  func `--fail-under fails a run that shows less`(percent: String, status: Int32) async throws {
    let result = try await tutorpolicy(
      "coverage", "--policies", "Tests/CommandLineTests/Fixtures/loans", "--fail-under", percent)
    #expect(result.status == status)
  }

  @Test(arguments: ["-1", "100.5", "much"])
  func `2 for what is no percentage`(percent: String) async throws {
    let result = try await tutorpolicy("coverage", "--fail-under=\(percent)")
    #expect(result.status == 2)
    #expect(result.standardOutput == "")
  }

  @Test func `nothing is covered by a run without cases, or by cases that fail`() async throws {
    let empty = try await tutorpolicy("coverage", "--filter", "nothing is called so")
    #expect(empty.status == 1)
    #expect(empty.standardOutput.contains("nothing is covered"))
    let failing = try await tutorpolicy("coverage", "Tests/CommandLineTests/Fixtures/failing.yaml")
    #expect(failing.status == 1)
    #expect(failing.standardError == "the fixtures do not pass: see 'tutorpolicy test'\n")
  }

  @Test func `4 for a fixture file with mistakes`() async throws {
    let result = try await tutorpolicy("coverage", "Tests/CommandLineTests/Fixtures/broken.yaml")
    #expect(result.status == 4)
  }
}
