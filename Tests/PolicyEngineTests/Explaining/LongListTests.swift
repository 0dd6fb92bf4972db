import CEL
import Diagnostics
import PolicyEngine
import PolicyRendering
import Testing

/// Explains rules that go through many facts, or read a row of a table.
@Suite struct LongListTests {
  private static let policies = """
    document: {report: Report}
    governedBy: report.day
    types:
      Report:
        facts:
          day: date
          kind: string
          entries: {type: [Entry], label: entries}
        terms:
          total: {label: all minutes, is: "sum(report.entries.map(e, e.minutes))"}
      Entry:
        facts:
          minutes: {type: int, label: minutes}
    parameters:
      limits:
        label: limits
        type: {string: int}
        values: {2020-01-01: {a: 10, b: 20, c: 30, d: 40}}
    decisions:
      print: {title: Print, about: Report, verdicts: {pass: printable, fail: not printable}}
    topic: Reports
    rules:
      - rule: in-total
        title: The entries are few in all
        decides: [print]
        require: report.total <= limits[report.kind]

    """

  private func explanation(entries: Int) throws -> Explanation {
    let result = PolicySet.load([Source(name: "p.yaml", text: Self.policies)])
    let policies = try #require(
      result.policies, "\(DiagnosticRenderer().render(result.diagnostics))")
    let minutes = Array(repeating: #"{"minutes":5}"#, count: entries).joined(separator: ",")
    var diagnostics: [Diagnostic] = []
    let document = try #require(
      FactDocument.read(
        json: Source(
          name: "r.json", text: #"{"day":"2026-10-14","kind":"b","entries":[\#(minutes)]}"#),
        schema: policies.vocabulary.schema, into: &diagnostics))
    return policies.explain(document, today: CivilDate(daysSinceEpoch: 20_750))
  }

  @Test func `of many facts that are alike a few are told, and what is made of them`() throws {
    let text = ExplanationTextRenderer(width: 100).render(try explanation(entries: 700))
    #expect(text.contains("report.total = 3500"))
    #expect(text.contains("report.entries[2].minutes = 5"))
    #expect(!text.contains("report.entries[3].minutes"))
    #expect(text.contains("and 697 more of entries.minutes"))
    let words = ExplanationTextRenderer(width: 100, detail: .words)
      .render(try explanation(entries: 700))
    #expect(words.contains("all minutes: 3500"))
    #expect(words.contains("and 697 more of minutes"))
  }

  @Test func `few facts are told one by one`() throws {
    let text = ExplanationTextRenderer(width: 100).render(try explanation(entries: 6))
    #expect(text.contains("report.entries[5].minutes = 5"))
    #expect(!text.contains("more of"))
    #expect(!text.contains("report.total ="))
  }

  @Test func `JSON has every fact, and what is made of them`() throws {
    let line = try explanation(entries: 700).ndjsonLine
    #expect(line.contains(#""path":"report.entries[699].minutes""#))
    #expect(
      line.contains(
        #""computed":[{"expression":"report.total","label":"all minutes","value":3500}]"#))
  }

  @Test func `of a table the row is told that was read`() throws {
    let explanation = try explanation(entries: 6)
    let text = ExplanationTextRenderer(width: 100).render(explanation)
    #expect(text.contains(#"limits["b"] = 20 (a row of 4)"#))
    #expect(explanation.ndjsonLine.contains(#""rows":[{"key":"b","value":20}]"#))
    let words = ExplanationTextRenderer(width: 100, detail: .words).render(explanation)
    #expect(words.contains("limits, b: 20"))
  }
}
