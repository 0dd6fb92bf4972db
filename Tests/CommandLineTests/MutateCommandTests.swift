import TestSupport
import Testing

@Suite struct MutateCommandTests {
  @Test(arguments: ["text", "github", "json"])
  func `what survives is printed in each format as recorded`(format: String) async throws {
    let result = try await tutorpolicy(
      "mutate", "--policies", "Tests/CommandLineTests/Fixtures/loans", "--filter", "due-in-time",
      "--format", format)
    #expect(result.standardError == "")
    #expect(result.status == 1)
    try assertSnapshot(result.standardOutput, named: "loans.\(format)", in: "mutate")
  }

  @Test func `--fail-under asks for less than all`() async throws {
    let result = try await tutorpolicy(
      "mutate", "--policies", "Tests/CommandLineTests/Fixtures/loans", "--fail-under", "5",
      "--no-search")
    #expect(result.status == 0, "\(result.standardOutput)")
  }

  @Test func `a run without a change is a failure`() async throws {
    let result = try await tutorpolicy("mutate", "--filter", "nothing is called so")
    #expect(result.status == 1)
    #expect(result.standardOutput == "there is no change to try: nothing was tested\n")
  }
}
