import Diagnostics
import PolicyTesting
import Testing

@Suite struct MutationTests {
  private static let sources = [Source(name: "policies.yaml", text: libraryPolicies)]

  @Test func `what no case notices survives, with its place and a case that would notice`() throws {
    let run = try #require(try run(file(case: "expect: {decisions: {lend: pass}}")))
    #expect(run.killed > 0)
    #expect(!run.passes)
    let dropped = try #require(
      run.survivors.first { $0.mutation.change == "'has(loan.card)' is left out" })
    #expect(dropped.mutation.range.text == "has(loan.card)")
    #expect(dropped.mutation.range.start.line == 30)
    #expect(dropped.killingCase?.contains("violated: [{rule: has-card, at: \"\"}]") == true)
  }

  @Test func `a case on each side of an edge notices when the edge moves`() throws {
    let text =
      file(case: "expect: {outcomes: {due-in-time: satisfied}}")
      + "  - case: a day later\n    change: {due: 2026-03-30}\n"
      + "    expect: {outcomes: {due-in-time: violated}}\n"
    // Another rule further down compares with '<=' too.
    let survivors = try #require(try run(text)).survivors.map(\.mutation)
      .filter { $0.range.start.line < 40 }.map(\.change)
    for change in ["'<=' becomes '<'", "'<=' becomes '>='", "28 becomes 27", "28 becomes 29"] {
      #expect(!survivors.contains(change))
    }
    #expect(survivors.contains("14 becomes 13"))
  }

  @Test func `nothing is told of changes where the cases fail as it is, or there are none`() throws
  {
    #expect(try run(file(case: "expect: {violated: [has-card]}")) == nil)
    let (suite, _) = try load(file(case: "expect: {violated: []}"))
    #expect(MutationRun.run(suite.filtered(by: "no such case"), on: Self.sources) == nil)
    #expect(MutationRun.run(suite, on: []) == nil)
  }

  private func run(_ text: String) throws -> MutationRun? {
    let (suite, diagnostics) = try load(text)
    #expect(diagnostics == [])
    return MutationRun.run(suite, on: Self.sources)
  }
}
