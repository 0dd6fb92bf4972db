import Diagnostics
import Foundation
import Testing

@testable import PolicyEngine

/// JSONTestSuite (github.com/nst/JSONTestSuite), from the folder that TUTORPOLICY_CONFORMANCE names.
private let folder = ProcessInfo.processInfo.environment["TUTORPOLICY_CONFORMANCE"]
  .map { URL(filePath: $0).appending(path: "json") }

/// Without the suite these are reported as skipped.
@Suite(.enabled(if: folder != nil, "set TUTORPOLICY_CONFORMANCE to the conformance data"))
struct JSONConformanceTests {
  private struct Case: Decodable {
    let file: String
    let expect: String
  }

  @Test func `accepts and refuses what the suite does`() throws {
    let folder = try #require(folder)
    let index = try Data(contentsOf: folder.appending(path: "index.json"))
    let cases = try JSONDecoder().decode([Case].self, from: index)
    #expect(cases.count > 150)
    for test in cases {
      let data = try Data(contentsOf: folder.appending(path: "files").appending(path: test.file))
      let source = Source(name: test.file, bytes: Array(data))
      let diagnostic = JSONSyntax.validate(source)
      switch test.expect {
      case "accept": #expect(diagnostic == nil, "\(test.file)")
      case "reject": #expect(diagnostic != nil, "\(test.file)")
      default: #expect(test.expect == "either")
      }
      // No text crashes the reader of documents, and it takes none that is not JSON.
      let reading = FactReading(json: source.bytes)
      #expect(reading.document == nil || diagnostic == nil, "\(test.file)")
    }
  }
}
