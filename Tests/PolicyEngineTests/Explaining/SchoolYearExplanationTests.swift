import CEL
import Diagnostics
import Foundation
import PolicyEngine
import PolicyRendering
import TestSupport
import Testing

/// How rules over a school year are explained: the days of a calendar, values as of another day, rows.
@Suite struct SchoolYearExplanationTests {
  private static let folder = packageRoot.appending(
    path: "Tests/PolicyEngineTests/Fixtures/school-year")

  private func policies() throws -> PolicySet {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    let sources = try names.filter { $0.hasSuffix(".yaml") }.sorted().map { name in
      Source(
        name: name,
        text: try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8))
    }
    let result = PolicySet.load(sources)
    return try #require(
      result.policies, "\(DiagnosticRenderer().render(result.diagnostics))")
  }

  private static let documents = [
    "labor-day": #"{"id":"P-1","decidedOn":"2026-10-20","school":"north","from":"2026-09-07"}"#,
    "late-notice":
      #"{"id":"P-2","decidedOn":"2026-10-20","school":"north","absent":"2026-09-03","noticed":"2026-09-14"}"#,
    "outside": #"{"id":"P-3","decidedOn":"2026-10-20","school":"north","from":"2028-06-05"}"#,
    "week-without-entry":
      #"{"id":"P-4","decidedOn":"2026-10-20","school":"north","from":"2026-11-16","to":"2026-12-11","entries":[{"day":"2026-11-17"}]}"#,
    "old-level":
      #"{"id":"P-5","decidedOn":"2026-10-20","school":"north","result":{"test":"reading","taken":"2026-06-30","score":59}}"#,
    "no-level":
      #"{"id":"P-6","decidedOn":"2026-10-20","school":"north","result":{"test":"reading","taken":"2024-06-30","score":59}}"#,
    "credit-and-stage":
      #"{"id":"P-7","decidedOn":"2026-10-20","school":"north","days":12,"claimed":1,"stage":"two","hours":59}"#,
    "other-school": #"{"id":"P-8","decidedOn":"2026-10-20","school":"süd","worked":"2026-10-12"}"#,
  ]

  @Test(arguments: documents.keys.sorted())
  func `is explained so that it is understood at first sight`(name: String) throws {
    let policies = try policies()
    var diagnostics: [Diagnostic] = []
    let document = try #require(
      FactDocument.read(
        json: Source(name: "plan.json", text: Self.documents[name] ?? ""),
        schema: policies.vocabulary.schema, into: &diagnostics), "\(diagnostics)")
    let explanation = policies.explain(document, today: try #require(CivilDate("2026-10-20")))
    let text =
      ExplanationTextRenderer(width: 100).render(explanation) + "\n--- in words\n\n"
      + ExplanationTextRenderer(width: 100, detail: .words).render(explanation)
    try assertSnapshot(
      text, recordedIn: Self.folder.appending(path: "explained/\(name).txt"))
  }
}
