import Diagnostics
import Foundation
import PolicyEngine
import PolicyTesting
import TestSupport
import Testing

/// Policy sets with rules as handbooks have them over a year, a person or a district, each with its cases.
///
/// A folder of `Fixtures/handbooks` is a set; adding one needs no Swift.
@Suite struct HandbookTests {
  private static let folder = packageRoot.appending(
    path: "Tests/PolicyTestingTests/Fixtures/handbooks")

  static let names: [String] =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []

  @Test func `are found`() { #expect(Self.names.count >= 2) }

  @Test(arguments: names)
  func `decide each case as it expects`(name: String) throws {
    let path = Self.folder.appending(path: name).path
    let result = PolicySet.load(directory: path)
    let policies = try #require(result.policies, "\(result.diagnostics)")
    #expect(result.diagnostics == [])
    var diagnostics: [Diagnostic] = []
    let sources = FixtureFiles.sources(at: [path + "/fixtures"], into: &diagnostics)
    let suite = FixtureSuite.load(
      sources, policies: policies, readFile: { try FixtureFiles.readBase($0) }, into: &diagnostics)
    #expect(diagnostics == [])
    let results = suite.run(on: policies).results
    #expect(results.count >= 5)
    for result in results where !result.passes {
      Issue.record(
        "\(name): \(result.fixture.title): \(result.mismatches.map { "\($0.subject): \($0.actual)" })"
      )
    }
  }
}
