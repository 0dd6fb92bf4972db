import Diagnostics
import PolicyEngine
import Testing

@testable import PolicyAnalysis

/// The checks take work in proportion to the policies, and are cut short at the same place each time.
@Suite struct LintGrowthTests {
  /// Rules that all speak of one number.
  private func rules(_ count: Int) throws -> PolicySet {
    let rules = (0..<count).map { number in
      """
        - rule: few-\(number)
          title: Few \(number)
          decides: [lend]
          require: loan.count < \(1_000 + number)
          because: There are too many.
          fix: Return some.

      """
    }
    return try policies([
      try LintFile.base(), Source(name: "rules.yaml", text: "rules:\n" + rules.joined()),
    ])
  }

  @Test
  func `pairs of rules are compared up to a limit, the same ones each time, and it is said so`()
    throws
  {
    let policies = try rules(30)
    let all = LintContext(policies: policies, fixtures: nil)
    #expect(all.relatedRules.count > 400)
    #expect(!all.isCutShort)
    let some = (0..<2).map { _ in
      LintContext(policies: policies, fixtures: nil, pairLimit: 100)
    }
    let pairs = some.map { context in context.relatedRules.map { [$0.0, $0.1] } }
    #expect(pairs[0] == pairs[1])
    #expect(pairs[0].count <= 100)
    #expect(pairs[0].count > 80)
    #expect(some[0].isCutShort)
    #expect(Linter.findings(in: some[0]).map(\.code).contains(.comparedInPart))
  }

  @Test func `comparing ends where its budget does, and nothing is claimed of the rest`() throws {
    let context = LintContext(policies: try rules(20), fixtures: nil, budget: 500)
    let codes = Set(Linter.findings(in: context).map(\.code))
    #expect(codes == [.ruleWithoutFixture, .comparedInPart])
  }

  @Test(arguments: [200, 400, 800])
  func `twice the rules are twice the work`(count: Int) throws {
    let work = try [count, 2 * count].map { count in
      let context = LintContext(policies: try rules(count), fixtures: nil, pairLimit: 1_000)
      _ = context.neverViolated
      return context.logic.work
    }
    #expect(work[1] <= 2 * work[0] + 1_000)
  }
}
