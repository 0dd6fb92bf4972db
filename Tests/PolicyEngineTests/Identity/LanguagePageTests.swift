import Diagnostics
import Foundation
import PolicyEngine
import TestSupport
import Testing

/// The calendars on the page about the policy language.
@Suite struct LanguagePageTests {
  @Test func `the calendars of the page are read as they stand there`() throws {
    let page = try String(
      contentsOf: packageRoot.appending(
        path: "Sources/PolicyEngine/PolicyEngine.docc/PolicyLanguage.md"), encoding: .utf8)
    let section = try #require(page.components(separatedBy: "## Calendars\n").last)
      .components(separatedBy: "\n## ")[0]
    let blocks = section.components(separatedBy: "```yaml\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
    #expect(blocks.count == 2)
    let vocabulary = """
      document: {visit: Visit}
      governedBy: visit.day
      types: {Visit: {facts: {day: date}}}
      decisions: {counts: {title: Counts, about: Visit}}
      rules:
        - {rule: open, title: Open, decides: [counts], require: "visit.day in school && visit.day in schools['south']"}

      """
    let result = PolicySet.load([
      Source(name: "vocabulary.yaml", text: vocabulary),
      Source(name: "calendars.yaml", text: blocks.joined()),
    ])
    #expect(DiagnosticRenderer().render(result.diagnostics) == "")
  }
}
