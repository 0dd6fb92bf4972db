import CEL
import Diagnostics
import Foundation
import PolicyEngine
import TestSupport
import Testing

/// The example of days without school on the page about time zones.
@Suite struct CalendarPageTests {
  private static let vocabulary = """
    document: {visit: Visit}
    governedBy: visit.day
    timeZone: America/Chicago
    types: {Visit: {facts: {day: date}}}
    decisions: {counts: {title: Counts, about: Visit}}
    """

  private func example() throws -> String {
    let page = try String(
      contentsOf: packageRoot.appending(
        path: "Sources/PolicyEngine/PolicyEngine.docc/TimeZones.md"), encoding: .utf8)
    let parts = page.split(separator: "```yaml\n")
    let block = try #require(parts.count == 2 ? parts[1].split(separator: "```").first : nil)
    return String(block)
  }

  @Test(arguments: [
    ("2026-11-24", DecisionOutcome.pass), ("2026-11-25", .fail), ("2026-11-28", .pass),
    // A holiday of the country that the calendar does not have.
    ("2026-11-11", .pass),
    // The years before and after have no calendar.
    ("2026-06-30", .undetermined), ("2027-06-30", .pass), ("2027-07-01", .undetermined),
  ])
  func `a day without school is one of the calendar's`(
    day: String, outcome: DecisionOutcome
  ) throws {
    let loaded = PolicySet.load([
      Source(name: "vocabulary.yaml", text: Self.vocabulary),
      Source(name: "calendar.yaml", text: try example()),
    ])
    let policies = try #require(loaded.policies, "\(loaded.diagnostics)")
    var mistakes: [Diagnostic] = []
    let document = FactDocument.read(
      json: Source(name: "visit.json", text: #"{"day": "\#(day)"}"#),
      schema: policies.vocabulary.schema, into: &mistakes)
    let verdict = policies.decide(
      try #require(document, "\(mistakes)"), today: try #require(CivilDate("2026-11-30")))
    #expect(verdict.decisions.first?.outcome == outcome)
  }
}
