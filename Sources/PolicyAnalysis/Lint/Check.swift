import Diagnostics
import PolicyEngine

/// What the fixtures of a policy set try.
public struct FixtureUse: Sendable {
  /// The ids of the rules that a case expects something of.
  public let rules: Set<String>
  /// The values of enumerations that stand in the cases' documents, by the enumerations' names.
  public let cases: [String: Set<String>]
  /// Whether some fixtures could not be read, so that others than these may be tried.
  public let isIncomplete: Bool

  /// What fixtures try.
  public init(rules: Set<String>, cases: [String: Set<String>], isIncomplete: Bool) {
    self.rules = rules
    self.cases = cases
    self.isIncomplete = isIncomplete
  }
}

/// One kind of thing that is looked for.
protocol Check {
  /// Its name.
  static var check: LintCheck { get }
  /// All that it finds.
  static func findings(in context: LintContext) -> [Finding]
}

/// What checks look at.
final class LintContext {
  let policies: PolicySet
  let fixtures: FixtureUse?
  let usage: Usage
  let logic: RuleLogic
  let parameterReading: ParameterReading

  init(
    policies: PolicySet, fixtures: FixtureUse?, budget: Int = RuleLogic.defaultBudget,
    pairLimit: Int = 20_000
  ) {
    self.policies = policies
    self.fixtures = fixtures
    self.pairLimit = pairLimit
    usage = Usage(of: policies)
    logic = RuleLogic(policies: policies, budget: budget)
    parameterReading = ParameterReading(policies: policies)
  }

  /// The rules that never apply, and those that are never violated though they do, by their index.
  private(set) lazy var neverApplying: Set<Int> = Set(
    policies.rules.indices.filter { rule in
      policies.rules[rule].countedWaiver == nil
        && logic.isImpossible(for: [rule]) { $0.flatMap(\.applies) }
    })
  private(set) lazy var neverViolated: Set<Int> = Set(
    policies.rules.indices.filter { rule in
      !neverApplying.contains(rule) && policies.rules[rule].countedWaiver == nil
        && logic.isImpossible(for: [rule]) { $0.flatMap(\.isViolated) }
    })

  /// How many pairs of rules are compared.
  private let pairLimit: Int
  /// Whether there were more pairs than that.
  private var hasMorePairs = false

  /// Whether rules were compared in part only.
  var isCutShort: Bool { hasMorePairs || logic.isCutShort }

  /// Pairs of rules about the same subject with conditions that speak of the same value, each once.
  ///
  /// There may be no more than the limit: a policy set in which thousands of rules speak of one value would
  /// take hours. Those of the first rules come first, so that it is always the same pairs.
  private(set) lazy var relatedRules: [(Int, Int)] = {
    var pairs: [(Int, Int)] = []
    var byKey: [String: [Int]] = [:]
    for (index, rule) in policies.rules.enumerated()
    where rule.isDeclared && !neverApplying.contains(index) && !neverViolated.contains(index) {
      guard let period = logic.periods(of: [index]).first else { continue }
      let keys = logic.view(of: index, in: period).require.keys
        .map { "\(rule.subjectType) \($0)" }.sorted()
      var earlier: Set<Int> = []
      for key in keys {
        for other in byKey[key] ?? [] where earlier.insert(other).inserted {
          guard pairs.count + earlier.count <= pairLimit else {
            hasMorePairs = true
            return pairs
          }
        }
      }
      pairs += earlier.sorted().map { ($0, index) }
      for key in keys { byKey[key, default: []].append(index) }
    }
    return pairs.sorted { $0 < $1 }
  }()
}

/// One thing that was found.
struct Finding {
  private(set) var check = LintCheck.unusedSilence
  let message: String
  /// What is underlined.
  let range: SourceRange?
  /// The names of the declarations in which it can be silenced.
  let scopes: Set<SourceRange>
  let notes: [Diagnostic.Note]
  let help: String?

  /// A finding about a declaration, by the range of its name.
  ///
  /// - Parameters:
  ///   - message: What is so.
  ///   - range: The name of the declaration.
  ///   - others: The names of other declarations in which it can be silenced.
  ///   - why: Why it matters.
  ///   - notes: What else to look at.
  ///   - help: How to fix it.
  init(
    _ message: String, at range: SourceRange?, or others: [SourceRange] = [], why: String,
    notes: [Diagnostic.Note] = [], help: String
  ) {
    self.message = message
    self.range = range
    scopes = Set([range].compactMap(\.self) + others)
    self.notes = notes + [Diagnostic.Note(why, at: nil)]
    self.help = help
  }

  func named(_ check: LintCheck) -> Finding {
    var finding = self
    finding.check = check
    return finding
  }

  var diagnostic: Diagnostic {
    Diagnostic(.warning, code: check.code, message, at: range, notes: notes, help: help)
  }
}
