#if Server
import Foundation
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing
import TutoringServer

/// What decides any document is the command line's twin.
@Suite struct StatelessTests {
  /// What the command line writes of a document, without the brackets of its list.
  private func commandLine(
    _ arguments: [String], _ document: Data, policies: URL
  ) async throws -> String {
    let result = try await runCommand(
      try builtProduct("tutorpolicy"),
      arguments + ["--format", "json", "--today", "2026-11-23", "--policies", policies.path, "-"],
      standardInput: document)
    let text = result.standardOutput
    #expect(text.hasPrefix("[\n") && text.hasSuffix("\n]\n"), "\(result.standardError)")
    return String(text.dropFirst(2).dropLast(3))
  }

  @Test(arguments: ["homebound.json", "several-rules-together.json", "times-in-utc.json"])
  func `the JSON is the command line's`(name: String) async throws {
    let document = try Data(
      contentsOf: packageRoot.appending(path: "Examples/sessions/\(name)"))
    let district = try await TestDistrict()
    let text = String(decoding: document, as: UTF8.self)
    for (path, command) in [("decide", "check"), ("explain", "explain"), ("fix", "fix")] {
      let expected = try await commandLine([command], document, policies: district.policies)
      try await district.withAsker { asker in
        let ana = try await asker.program(as: "ana")
        let response = try await ana.post("/api/v1/\(path)?today=2026-11-23", json: text)
        #expect(response.status == .ok)
        #expect(
          response.text == expected + "\n", "\(lineDiff(expected: expected, actual: response.text))"
        )
      }
    }
  }

  @Test func `every session of a stream is decided as the command line decides it`() async throws {
    let stream = try String(
      contentsOf: packageRoot.appending(path: "Examples/sessions/week-42.ndjson"), encoding: .utf8)
    let district = try await TestDistrict()
    let result = try await runCommand(
      try builtProduct("tutorpolicy"),
      [
        "check", "--format", "ndjson", "--today", "2026-11-23", "--policies",
        district.policies.path, "-",
      ], standardInput: Data(stream.utf8))
    let expected = try result.standardOutput.split(separator: "\n").map {
      try JSONDecoder().decode(DecodedJSON.self, from: Data($0.utf8))
    }
    try await district.withAsker { asker in
      let ana = try await asker.program(as: "ana")
      var answers: [DecodedJSON] = []
      for line in stream.split(separator: "\n") {
        answers.append(
          try await ana.post("/api/v1/decide?today=2026-11-23", json: String(line)).json
            .without("decidedBy"))
      }
      #expect(answers == expected)
    }
  }

  @Test func `mistakes of a document come with their places`() async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let ana = try await asker.program(as: "ana")
      let response = try await ana.post(
        "/api/v1/decide", json: "{\n  \"id\": \"S-1\",\n  \"dat\": \"2026-11-23\"\n}")
      #expect(response.status == .unprocessableContent)
      #expect(response.headers[.contentType] == "application/problem+json")
      let mistake = try response.json["diagnostics"]
      #expect(mistake["line"] == .number(3))
      #expect(mistake["column"] == .number(3))
      #expect(mistake["help"] == .string("did you mean 'date'?"))
    }
  }

  @Test(arguments: [
    "", "{", "[]", "null", "1", "{\"id\":\"S-1\",\"id\":\"S-2\"}", "{\"id\":1e999}",
    "{\"id\":\"\u{0}\"}", "{\"start\":\"2026-13-01\"}",
  ])
  func `what is no document is told so`(text: String) async throws {
    try await expectRefusal(of: text)
  }

  @Test func `a document that is nested without end is told so`() async throws {
    try await expectRefusal(of: String(repeating: "[", count: 100_000))
  }

  private func expectRefusal(of text: String) async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let ana = try await asker.program(as: "ana")
      for path in ["decide", "explain", "fix"] {
        let response = try await ana.post("/api/v1/\(path)", json: text)
        #expect(response.status == .unprocessableContent)
        #expect(try response.json["diagnostics"].first["message"] != .null)
      }
    }
  }

  @Test(arguments: [
    "decision=no-such", "today=2026-02-30", "as=nobody", "nonsense=1",
    "today=2026-11-23&today=2026-11-24",
  ])
  func `what is asked wrongly is told so`(query: String) async throws {
    let district = try await TestDistrict()
    try await district.withAsker { asker in
      let ana = try await asker.program(as: "ana")
      let response = try await ana.post("/api/v1/fix?\(query)", json: #"{"id": "S-1"}"#)
      #expect(response.status == .unprocessableContent)
      #expect(try response.json["mistakes"]["field"] == .string(String(query.prefix { $0 != "=" })))
    }
  }
}

extension DecodedJSON {
  /// The object without one of its members.
  fileprivate func without(_ name: String) -> DecodedJSON {
    guard case .object(var members) = self else { return self }
    members[name] = nil
    return .object(members)
  }
}
#endif
