import CEL
import PolicyEngine

/// What the rules of a policy set say, as formulas.
final class RuleLogic {
  /// A rule in one period.
  struct View {
    let when: Formula
    let unless: Formula
    let require: Formula

    typealias Claimed = Satisfiability.Claimed

    /// That the rule applies.
    var applies: [Claimed] { [Claimed(when, .isTrue), Claimed(unless, .isFalse)] }
    /// That the rule is violated.
    var isViolated: [Claimed] { applies + [Claimed(require, .isFalse)] }
    /// All of it, for comparing rules by what they say.
    var keys: Set<String> { when.keys.union(unless.keys).union(require.keys) }
  }

  private struct ViewKey: Hashable {
    let rule: Int
    let period: Period
  }

  let policies: PolicySet
  let words: FormulaBuilder.Words
  private var views: [ViewKey: View] = [:]
  /// The dates on which parameters that a rule reads change, by the rule's index.
  private let changes: [[CivilDate]]
  private let governingKey: String

  /// How many more statements are taken apart and compared, for all rules together.
  private var budget: Int
  /// How many statements were taken apart and compared so far.
  var work: Int { start - budget }
  private let start: Int
  /// Whether the budget was not enough, so that some rules were not looked at.
  private(set) var isCutShort = false

  /// A million statements take a second or two; ten thousand rules as they are usually written take fewer.
  static let defaultBudget = 2_000_000

  init(policies: PolicySet, budget: Int = RuleLogic.defaultBudget) {
    self.policies = policies
    self.budget = budget
    start = budget
    words = FormulaBuilder.Words(policies)
    let reading = ParameterReading(policies: policies)
    changes = policies.rules.map { rule in
      rule.conditions.reduce(into: Set<Int>()) { $0.formUnion(reading.parameters(of: $1)) }
        .flatMap { policies.vocabulary.parameters[$0].changes }
        + rule.allEffectiveDates.flatMap(\.changes)
    }
    var builder = FormulaBuilder(words, period: .unknown, decisions: [])
    governingKey = builder.key(
      of: policies.vocabulary.governingDate, locals: ["$\(policies.vocabulary.documentType)"])
  }

  /// The periods in which the rules, by their index, are all in force.
  func periods(of rules: [Int]) -> [Period] {
    Period.all(
      inForceIn: rules.map { policies.rules[$0].effective }, changes: rules.flatMap { changes[$0] })
  }

  func view(of index: Int, in period: Period) -> View {
    let key = ViewKey(rule: index, period: period)
    if let view = views[key] { return view }
    let rule = policies.rules[index]
    var builder = FormulaBuilder(
      words, period: period, decisions: rule.decides.map { policies.decisions[$0].name })
    let view = View(
      when: builder.formula(of: rule.when, absent: true, ofType: rule.subjectType),
      unless: builder.formula(of: rule.unless, absent: false, ofType: rule.subjectType),
      require: builder.formula(of: rule.require, absent: true, ofType: rule.subjectType))
    views[key] = view
    budget -= builder.work
    return view
  }

  /// Whether claims about rules are proved to be impossible in every period in which they are in force.
  ///
  /// Once the budget for all of them is used up, nothing more is proved.
  func isImpossible(
    for rules: [Int], claims: ([View]) -> [Satisfiability.Claimed]
  ) -> Bool {
    periods(of: rules).allSatisfy { period in
      guard budget > 0 else {
        isCutShort = true
        return false
      }
      let claims = claims(rules.map { view(of: $0, in: period) }) + self.claims(of: period)
      let (isImpossible, work) = Satisfiability.isImpossible(
        claims, unknownKey: period == .unknown ? governingKey : nil)
      budget -= work
      return isImpossible
    }
  }

  /// What a period says of the governing date.
  private func claims(of period: Period) -> [Satisfiability.Claimed] {
    guard case .dates(let from, let until) = period else { return [] }
    func claim(_ statement: Atom.Statement, _ claim: Satisfiability.Claim) -> Satisfiability.Claimed
    {
      let domain = ValueDomain.whole(least: nil)
      return Satisfiability.Claimed(
        .atom(Atom(key: governingKey, statement: statement, domain: domain)), claim)
    }
    return [
      from.map { claim(.isLess(than: Constant(.date($0))), .isFalse) },
      until.map { claim(.isAtMost(Constant(.date($0))), .isTrue) },
    ].compactMap(\.self)
  }
}

extension Rule {
  /// The expressions that the rule's outcome depends on.
  var conditions: [CheckedExpression] {
    [when, unless, require].compactMap(\.self).flatMap(\.expressions)
  }
}

/// Which parameters expressions read, themselves or through terms.
struct ParameterReading {
  private var ofTerms: [FieldReference: Set<Int>] = [:]

  init(policies: PolicySet) {
    var readers: [FieldReference: [FieldReference]] = [:]
    var changed: [FieldReference] = []
    for (field, definition) in policies.evaluator.derivedFields {
      let own = parameters(of: definition)
      if !own.isEmpty {
        ofTerms[field] = own
        changed.append(field)
      }
      for node in definition.withDescendants {
        if case .derived(_, let read) = node.kind { readers[read, default: []].append(field) }
      }
    }
    while let field = changed.popLast() {
      let found = ofTerms[field] ?? []
      for reader in readers[field] ?? [] where !(ofTerms[reader] ?? []).isSuperset(of: found) {
        ofTerms[reader, default: []].formUnion(found)
        changed.append(reader)
      }
    }
  }

  /// The indices of the parameters that an expression reads.
  func parameters(of expression: CheckedExpression) -> Set<Int> {
    var found: Set<Int> = []
    for node in expression.withDescendants {
      switch node.kind {
      case .global(let slot, _) where slot >= GlobalSlot.firstParameter:
        found.insert(slot - GlobalSlot.firstParameter)
      case .derived(_, let field): found.formUnion(ofTerms[field] ?? [])
      default: break
      }
    }
    return found
  }
}
