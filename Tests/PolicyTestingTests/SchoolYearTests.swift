import CEL
import Diagnostics
import Foundation
import PolicyEngine
import PolicyTesting
import TestSupport
import Testing

/// A policy set of rules over a school year, as handbooks have them, with cases for each edge.
@Suite struct SchoolYearTests {
  static let folder = packageRoot.appending(path: "Tests/PolicyEngineTests/Fixtures/school-year")

  static func sources(changing change: (String, String) -> String = { $1 }) throws -> [Source] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return try names.filter { $0.hasSuffix(".yaml") }.sorted().map { name in
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      return Source(name: name, text: change(name, text))
    }
  }

  static func policies() throws -> PolicySet {
    let result = PolicySet.load(try sources())
    return try #require(
      result.policies, "\(DiagnosticRenderer().render(result.diagnostics))")
  }

  private func suite(_ policies: PolicySet) -> (suite: FixtureSuite, mistakes: String) {
    var diagnostics: [Diagnostic] = []
    let sources = FixtureFiles.sources(
      at: [Self.folder.appending(path: "fixtures").path], into: &diagnostics)
    let suite = FixtureSuite.load(
      sources, policies: policies, readFile: { try FixtureFiles.readBase($0) }, into: &diagnostics)
    return (suite, DiagnosticRenderer().render(diagnostics))
  }

  @Test func `every case comes out as it should`() throws {
    let policies = try Self.policies()
    let (suite, mistakes) = suite(policies)
    #expect(mistakes == "")
    let run = suite.run(on: policies)
    #expect(run.results.count >= 70)
    #expect(DiagnosticRenderer().render(run.diagnostics) == "")
  }

  /// Slips in the calendar that some case must notice.
  @Test(arguments: [
    ("2026-09-07: Labor Day\n", "2026-09-14: Labor Day\n"),
    ("2026-12-21..2027-01-01: Winter break", "2026-12-21..2026-12-31: Winter break"),
    ("open: {2026-10-17: Make-up day}", "open: {2026-10-24: Make-up day}"),
    (
      "days: 2026-08-17..2027-05-21\n        closed", "days: 2026-08-18..2027-05-21\n        closed"
    ),
    ("days: 2027-08-16..2028-05-19", "days: 2027-08-17..2028-05-19"),
    ("first: 2026-08-17..2026-12-20", "first: 2026-08-17..2027-01-05"),
    ("weekdays: [monday, tuesday, wednesday, thursday]\n", "\n"),
  ])
  func `a slip in the calendar is noticed`(original: String, changed: String) throws {
    let sources = try Self.sources { $1.replacing(original, with: changed) }
    #expect(try Self.sources().map(\.bytes) != sources.map(\.bytes), "nothing was changed")
    let result = PolicySet.load(sources)
    guard let policies = result.policies else { return }
    #expect(!suite(policies).suite.run(on: policies).passes)
  }

  /// All slips that a mutation run makes in calendars are such that the set can be read or is refused in words.
  @Test func `slips are made in calendars`() throws {
    let sources = try Self.sources()
    let mutations = PolicyMutator.mutations(of: try Self.policies(), in: sources)
    #expect(mutations.contains { $0.change == "2026-09-07 is left out of 'closed'" })
    #expect(mutations.contains { $0.change == "2026-08-17 becomes 2026-08-18" })
  }

  @Test func `a day outside of the calendar never passes`() throws {
    let policies = try Self.policies()
    for day in ["0001-01-01", "2026-08-14", "2028-05-20", "9999-12-31"] {
      var diagnostics: [Diagnostic] = []
      let document = try #require(
        FactDocument.read(
          json: Source(
            name: "plan",
            text:
              #"{"id":"P","decidedOn":"2026-10-20","school":"north","absent":"\#(day)","noticed":"\#(day)"}"#
          ),
          schema: policies.vocabulary.schema, into: &diagnostics))
      let verdict = policies.decide(document, today: try #require(CivilDate("2026-10-20")))
      #expect(verdict.decisions.map(\.outcome) == [.undetermined], "\(day)")
    }
  }
}
