import Foundation
import TestSupport
import Testing

/// Texts of documents and fixtures that would write to a terminal, turn lines round or hide in them.
@Suite struct HostileTextTests {
  /// An escape sequence, one of a single sign, a bell, marks of direction, signs without width, a space that is
  /// none, and a line end that only some know.
  private static let hostile =
    "\u{1B}[31m\u{9B}1m\u{7}\u{202E}\u{2066}\u{200F}\u{200B}\u{FEFF}\u{AD}\u{A0}\u{2028}\u{85}x"

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: true
    case 0..<0x20, 0x80...0xA0, 0xAD, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF:
      false
    default: true
    }
  }

  private static func expectHarmless(
    _ result: CommandResult, status: Int32, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(result.status == status, sourceLocation: sourceLocation)
    for text in [result.standardOutput, result.standardError] {
      let found = text.unicodeScalars.filter { !isHarmless($0) }
      #expect(found.isEmpty, "\(text.debugDescription)", sourceLocation: sourceLocation)
    }
  }

  /// A session whose texts are hostile: the shipped policies refuse it for several of them.
  private static var session: String {
    let text = String(data: (try? JSONEncoder().encode(hostile)) ?? Data(), encoding: .utf8) ?? ""
    return """
      {"id":\(text),"date":"2026-10-14","school":\(text),"description":\(text),\
      "tutor":{"id":\(text),"name":\(text),"approvedSchools":[\(text),"truman-high"],"activeSession":\(text)},\
      "start":"2026-10-14T15:00:00-05:00","end":"2026-10-14T16:00:00-05:00",\
      "workOrder":{"id":\(text),"kind":"career-ladder","activity":"family-involvement",\
      "assignedOn":"2026-10-14"},"tags":[\(text)],"encounters":[{"student":{"id":\(text),\
      "name":\(text),"school":\(text),"readingImprovementPlan":false,\
      "grades":[{"subject":\(text),"grade":"B"}],"stateAssessments":[],"districtAssessments":[]},\
      "arrived":"2026-10-14T15:00:00-05:00","departed":"2026-10-14T17:50:00-05:00",\
      "activelyTutored":true,"creditRecoveryMaterial":false,"qualifiers":{"homebound":true,\
      "detention":false,"creditRecovery":true,"remedial":true},\
      "remedialCriteria":["grade-d-or-f"],"subject":\(text)}]}
      """
  }

  @Test(arguments: [
    ["check"], ["check", "--format=csv"], ["check", "--format=summary"],
    ["check", "--format=summary", "--by=tutor.name"], ["check", "--format=json"],
    ["check", "--format=ndjson"], ["check", "--format=ndjson", "--with-fixes"],
    ["check", "--what-if", "description=\u{202E}\u{200B}x"],
    ["explain"], ["explain", "--audience=tutor"], ["explain", "--audience=administrator"],
    ["explain", "--audience=auditor"],
    ["explain", "--also-on=2026-10-20"],
    ["explain", "--format=json"], ["explain", "--format=ndjson"], ["fix"],
    ["fix", "--format=json"],
    ["fix", "--format=ndjson"],
  ])
  func `of documents are harmless in each output`(arguments: [String]) async throws {
    let result = try await run(arguments + ["-", today], input: Self.session)
    Self.expectHarmless(result, status: 1)
    guard arguments.contains(where: { $0.hasSuffix("json") }) else { return }
    // What programs read is the text as it is.
    #expect(
      try result.standardOutput.split(separator: "\n").contains { line in
        guard line.hasPrefix("{") else { return true }
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return object?["id"] as? String == Self.hostile
      })
  }

  @Test func `of documents that can't be read are harmless in messages`() async throws {
    let key = #"{"id\#u{202E}\#u{1B}\#u{200B}":1,"kind":"\#u{9B}"}"#
    Self.expectHarmless(try await run(["check", "-", today], input: key), status: 4)
  }

  @Test(arguments: ["text", "tap", "junit", "github", "json"])
  func `of fixtures are harmless in each report`(format: String) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hostile-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "fixtures"), withIntermediateDirectories: true)
    let policies = "Tests/CommandLineTests/Fixtures/loans/policies.yaml"
    try FileManager.default.copyItem(
      at: packageRoot.appending(path: policies), to: folder.appending(path: "policies.yaml"))
    let text = #""\u001b[31m\u009b\u202e\u200b\ufeffx""#
    try Data(
      """
      topic: \(text)
      base: {date: 2026-01-01, due: 2026-01-02, kind: book, card: \(text)}
      today: 2026-01-02
      cases:
        - case: \(text)
          expect: {decisions: {lend: fail}, reason: {due-in-time: \(text)}}

      """.utf8
    ).write(to: folder.appending(path: "fixtures/cases.yaml"))
    let result = try await run(
      ["test", "--policies", folder.path, "--format", format], input: "")
    Self.expectHarmless(result, status: 1)
  }

  private func run(_ arguments: [String], input: String) async throws -> CommandResult {
    try await runCommand(
      builtProduct("tutorpolicy"), arguments, standardInput: Data(input.utf8),
      environment: ["NO_COLOR": "", "COLUMNS": "100"])
  }
}
