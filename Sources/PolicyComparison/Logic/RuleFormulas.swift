import CEL
import PolicyEngine

/// What the rules and decisions of a policy set say, as formulas, on governing dates between which nothing changes.
final class RuleFormulas {
  private let maker: FormulaMaker
  private let policies: PolicySet
  private let store: LogicStore
  /// A governing date of the period; nil where it is not known.
  private let date: CivilDate?
  private var rules: [RuleKey: FormulaID] = [:]
  private var decisions: [Int: FormulaID] = [:]

  private struct RuleKey: Hashable {
    let rule: Int
    let decision: Int?
  }

  init(_ policies: PolicySet, on date: CivilDate?, store: LogicStore, isUsual: Bool) {
    self.policies = policies
    self.store = store
    self.date = date
    maker = FormulaMaker(
      store: store, policies: policies,
      parameters: policies.vocabulary.parameters.map { parameter in
        date.flatMap { parameter.value(on: $0)?.value }
      }, on: date, isUsual: isUsual)
  }

  /// What was not followed so far, as it is written.
  var notFollowed: Set<String> { maker.notFollowed }

  /// That a rule is not violated, for all its subjects together.
  func formula(ofRule index: Int, decision: Int?) -> FormulaID {
    let rule = policies.rules[index]
    let key = RuleKey(rule: index, decision: rule.dependsOnDecision ? decision : nil)
    if let known = rules[key] { return known }
    maker.beginRule(decision: key.decision.map { policies.decisions[$0].name })
    let result = store.and(
      policies.routes[rule.subjectType].routes.map { route in
        quantified(route.steps[...], types: route.types[...], from: store.document) {
          self.holds(rule, for: $0)
        }
      })
    rules[key] = result
    return result
  }

  /// What a decision gives; nil where it gives nothing.
  func given(byDecision index: Int) -> [String]? {
    guard let rule = policies.valueRule(of: index), let given = policies.rules[rule].given else {
      return nil
    }
    maker.beginRule(decision: policies.decisions[index].name)
    // A part stands for each: what is the same of it is the same of all.
    return maker.form(of: given, subject: .object(store.document))
  }

  /// That a decision passes: the rules that are errors are not violated, and what it needs passes.
  func formula(ofDecision index: Int) -> FormulaID {
    if let known = decisions[index] { return known }
    let own = policies.rules.indices.filter {
      policies.rules[$0].severity == .error && policies.rules[$0].decides.contains(index)
    }.map { formula(ofRule: $0, decision: index) }
    let result = store.and(
      own + policies.decisions[index].needs.map { formula(ofDecision: $0) })
    decisions[index] = result
    return result
  }

  /// That a rule holds for a subject, or does not apply.
  private func holds(_ rule: Rule, for subject: TermID) -> FormulaID {
    let isInForce: FormulaID
    if let effective = rule.effective {
      isInForce = date.map { store.constant(effective.contains($0)) } ?? store.undetermined
    } else {
      isInForce = store.yes
    }
    guard isInForce != store.no else { return store.yes }
    func formula(_ condition: Condition?) -> FormulaID? {
      condition.map { maker.formula(of: $0, subject: .object(subject)) }
    }
    return store.or([
      store.not(isInForce), formula(rule.when).map { store.not($0) } ?? store.no,
      formula(rule.unless) ?? store.no, formula(rule.require) ?? store.yes,
    ])
  }

  /// That something holds for all values at the end of a way.
  ///
  /// Where a list or object on the way should be there and is not, it is undetermined.
  private func quantified(
    _ steps: ArraySlice<SubjectRoutes.Step>, types: ArraySlice<Int>, from owner: TermID,
    _ body: (TermID) -> FormulaID
  ) -> FormulaID {
    guard let step = steps.first, let type = types.first else { return body(owner) }
    let declared = policies.vocabulary.types[type]
    guard let fact = declared.facts.first(where: { $0.name == step.name }) else {
      return store.undetermined
    }
    let term = store.term(
      .fact(owner, FactName(type: declared.name, name: fact.name)), type: fact.expressionType)
    let given = store.atom(.present(term))
    let below: FormulaID
    if step.isList {
      let variable = store.freshElement(of: term)
      below = store.all(
        term, variable: variable,
        quantified(steps.dropFirst(), types: types.dropFirst(), from: variable, body))
      return fact.isOptional ? store.choice(given, below, store.yes) : below
    }
    below = quantified(steps.dropFirst(), types: types.dropFirst(), from: term, body)
    return store.choice(given, below, fact.isOptional ? store.yes : store.undetermined)
  }

  /// That the governing date lies in a range; where there is none, that it is not known.
  func claims(_ range: DateRange?) -> [(FormulaID, TruthSet)] {
    let early = FormulaMaker(
      store: store, policies: policies,
      parameters: policies.vocabulary.parameters.map { _ in nil }, on: nil,
      isUsual: maker.isUsual)
    let date = early.value(
      of: policies.vocabulary.governingDate, locals: [.object(store.document)])
    guard let range else { return [(early.isKnown(date), .no)] }
    func atMost(_ last: CivilDate) -> FormulaID {
      early.truth(
        early.map(date) { date in
          guard case .number(let form, .date) = date else { return .undetermined }
          return .formula(self.store.atMost(form, Int128(last.daysSinceEpoch)))
        })
    }
    var claims: [(FormulaID, TruthSet)] = [(early.isKnown(date), .yes)]
    if let until = range.until { claims.append((atMost(until), .yes)) }
    if let from = range.from?.adding(days: -1) { claims.append((atMost(from), .no)) }
    return claims
  }
}
