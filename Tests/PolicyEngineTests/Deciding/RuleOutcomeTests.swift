import CEL
import Testing

@testable import PolicyEngine

extension Truth: CustomTestStringConvertible {
  static let doubt = Truth.undetermined(Undetermined(error: EvaluationError("in doubt")))
  static let all: [Truth] = [.yes, .no, .doubt]

  public var testDescription: String { name }

  /// The truth as one word.
  var name: String {
    switch self {
    case .yes: "yes"
    case .no: "no"
    case .undetermined: "doubt"
    }
  }

  /// The truth as a number: a conjunction is the least of its parts.
  var rank: Int {
    switch self {
    case .no: 0
    case .undetermined: 1
    case .yes: 2
    }
  }
}

@Suite struct RuleOutcomeTests {
  /// "If in force and `when` and not `unless`, then `require`", by the ranks of the truths.
  private func expected(_ inForce: Truth, _ when: Truth, _ unless: Truth, _ require: Truth)
    -> String
  {
    let applies = min(inForce.rank, when.rank, 2 - unless.rank)
    if applies == 0 { return "does not apply" }
    switch max(2 - applies, require.rank) {
    case 2: return "satisfied"
    case 1: return "undetermined"
    default: return "violated"
    }
  }

  private func name(_ outcome: RuleOutcome) -> String {
    switch outcome {
    case .doesNotApply: "does not apply"
    case .satisfied: "satisfied"
    case .violated: "violated"
    case .undetermined: "undetermined"
    }
  }

  @Test(arguments: Truth.all, Truth.all)
  func `a rule is an implication in three-valued logic`(inForce: Truth, when: Truth) {
    for unless in Truth.all {
      for require in Truth.all {
        let outcome = RuleOutcome(isInForce: inForce, when: when, unless: unless, require: require)
        #expect(
          name(outcome) == expected(inForce, when, unless, require),
          "unless \(unless.name), require \(require.name)")
      }
    }
  }

  @Test(arguments: Truth.all, Truth.all)
  func `conditions combine as the least and the greatest of their parts`(a: Truth, b: Truth) {
    #expect(Truth.all([a, b]).rank == min(a.rank, b.rank))
    #expect(Truth.any([a, b]).rank == max(a.rank, b.rank))
    #expect(Truth.combining(.none([]), [a, b]).rank == 2 - max(a.rank, b.rank))
  }

  @Test func `what can't be mended outweighs any deadline, and the earlier deadline counts`() throws
  {
    let early = try #require(CivilDate("2026-10-21"))
    let late = try #require(CivilDate("2026-11-25"))
    #expect(Prospect.open.combined(with: .until(late)) == .until(late))
    #expect(Prospect.until(late).combined(with: .until(early)) == .until(early))
    #expect(Prospect.until(early).combined(with: .closed(late)) == .closed(late))
    #expect(Prospect.unknown.combined(with: .until(early)) == .unknown)
    #expect(Prospect.unknown.combined(with: .closed(early)) == .closed(early))
  }
}
