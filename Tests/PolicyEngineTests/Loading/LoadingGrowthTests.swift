import Diagnostics
import PolicyEngine
import Testing

/// Loading takes work in proportion to what the files say.
@Suite struct LoadingGrowthTests {
  /// A policy set with some terms, and with decisions that need others.
  private func load(terms: String = "", decisions: String = "") -> PolicyLoadResult {
    let text = """
      document: {loan: Loan}
      governedBy: loan.date
      types:
        Loan:
          facts: {date: date, days: int}
          terms:
            long: loan.days > 60
      \(terms)
      decisions:
        lend: {about: Loan}
      \(decisions)
      topic: Loans
      rules:
        - {rule: short, title: It is short, decides: [lend], require: "!loan.long"}

      """
    return PolicySet.load([Source(name: "p.yaml", text: text)])
  }

  private func expectProportion(
    sourceLocation: SourceLocation = #_sourceLocation, _ result: (Int) -> PolicyLoadResult
  ) {
    let work = [30, 60, 120].map { result($0).work }
    for (less, more) in zip(work, work.dropFirst()) {
      #expect(more <= 2 * less + 20, "\(work)", sourceLocation: sourceLocation)
    }
    #expect((work.last ?? 0) > 120, sourceLocation: sourceLocation)
  }

  @Test func `terms that stand before those that they read are looked at twice`() {
    expectProportion { count in
      let terms = (0..<count).reversed().map { number in
        "      t\(number): loan.\(number == 0 ? "days" : "t\(number - 1)") + 1"
      }
      let result = load(terms: terms.joined(separator: "\n"))
      #expect(result.diagnostics.isEmpty)
      return result
    }
  }

  @Test func `terms that wait for a circle are not searched for others`() {
    expectProportion { count in
      let terms =
        ["      a: loan.b", "      b: loan.a"] + (0..<count).map { "      t\($0): loan.a" }
      let result = load(terms: terms.joined(separator: "\n"))
      #expect(result.diagnostics.map(\.code) == [.circular])
      return result
    }
  }

  @Test func `long chains of needs are followed once`() throws {
    expectProportion { count in
      let decisions = (0..<count).map {
        "  d\($0): {about: Loan, needs: [\($0 == 0 ? "lend" : "d\($0 - 1)")]}"
      }
      let result = load(decisions: decisions.joined(separator: "\n"))
      #expect(result.policies != nil)
      return result
    }
    let policies = try #require(
      load(
        decisions: (0..<20_000).map {
          "  d\($0): {about: Loan, needs: [\($0 == 0 ? "lend" : "d\($0 - 1)")]}"
        }.joined(separator: "\n")
      ).policies)
    #expect(policies.decisionsNeeded(by: [20_000]).count == 20_001)
  }

  @Test func `values of long lists are found by their scalars`() throws {
    let cases = (0..<2_000).map { "    case-\($0): Case \($0)" } + ["    e\u{301}: Two scalars"]
    let rows = (0..<2_000).map { "        case-\($0): \($0)" } + ["        e\u{301}: 1"]
    let text = """
      document: {loan: Loan}
      governedBy: loan.date
      enumerations:
        Kind:
      \(cases.joined(separator: "\n"))
      types:
        Loan:
          facts: {date: date, kind: Kind}
      parameters:
        most:
          type: {Kind: int}
          values:
            2020-01-01:
      \(rows.joined(separator: "\n"))
      decisions:
        lend: {about: Loan}
      topic: Loans
      rules:
        - {rule: few, title: Few, decides: [lend], require: "most[loan.kind] > 0"}

      """
    let result = PolicySet.load([Source(name: "p.yaml", text: text)])
    #expect(result.diagnostics.isEmpty)
    let list = try #require(result.policies?.vocabulary.enumerations.first)
    #expect(list.label(of: "case-1999") == "Case 1999")
    #expect(list.label(of: "e\u{301}") == "Two scalars")
    #expect(list.label(of: "\u{E9}") == nil)
  }
}
