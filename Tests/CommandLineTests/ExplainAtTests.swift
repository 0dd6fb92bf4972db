import Foundation
import TestSupport
import Testing

@Suite struct ExplainAtTests {
  private static let session = "Examples/sessions/outside-school-day.yaml"

  /// The place of a text in a policy file, as an option.
  private func place(_ file: String, _ found: String, plus: Int = 0) throws -> String {
    let text = try String(
      contentsOf: packageRoot.appending(path: "policies/\(file)"), encoding: .utf8)
    let range = try #require(text.range(of: found))
    let before = text[..<range.lowerBound].split(
      separator: "\n", omittingEmptySubsequences: false)
    return "--at=policies/\(file):\(before.count):\((before.last?.count ?? 0) + 1 + plus)"
  }

  @Test func `a condition is shown for every value that it is about`() async throws {
    let at = try place("remedial.yaml", "encounter.qualifiers.remedial")
    let result = try await tutorpolicy(
      "explain", "Examples/sessions/detention-room.yaml", today, at)
    #expect(result.status == 0)
    #expect(
      result.standardOutput.hasPrefix(
        "session.encounters[0]\n  encounter.qualifiers.remedial: false\nsession.encounters[1]\n"),
      "\(result.standardOutput)")
  }

  @Test func `a term's definition and what is missing are among the parts`() async throws {
    let at = try place("career-ladder.yaml", "session.isCareerLadder", plus: 9)
    let result = try await tutorpolicy(
      "explain", "Examples/sessions/no-work-order-still-curable.yaml", today, at, "--format=json")
    let json = try JSONDecoder().decode(DecodedJSON.self, from: Data(result.standardOutput.utf8))
    // The reports of the sessions, each a list of what the condition is about.
    let first = json["result"]
    #expect(first["text"] == .string("session.isCareerLadder"), "\(result.standardOutput)")
    #expect(first["value"] == .string("false"))
    #expect(result.standardOutput.contains("has(session.workOrder)"))
    let supposed = try await tutorpolicy(
      "explain", Self.session, today, at, "--what-if=workOrder.kind=career-ladder")
    #expect(supposed.standardOutput.hasPrefix("session\n  session.isCareerLadder: true\n"))
  }

  @Test(arguments: [
    (["--at=policies/ending.yaml:1:1"], 2, "there is no expression at policies/ending.yaml:1:1"),
    (["--at=policies/ending.yaml:9999:1"], 2, "there is no expression"),
    (["--at=policies/endng.yaml:1:1"], 2, "did you mean 'policies/ending.yaml'?"),
    (["--at=policies/ending.yaml"], 2, "'--at"),
    (["--at=policies/ending.yaml:58:40", "--audience=tutor"], 2, "leave out --audience tutor"),
  ])
  func `says what is wrong with a place`(
    arguments: [String], status: Int, message: String
  ) async throws {
    let result = try await runCommand(
      builtProduct("tutorpolicy"), ["explain", Self.session, today] + arguments)
    #expect(Int(result.status) == status)
    #expect(result.standardError.contains(message), "\(result.standardError)")
  }
}
