import CEL
import Diagnostics
import PolicyEngine

/// Proves of decisions and rules that no session tells two policy sets apart, or finds a session that does.
///
/// On dates between which neither set changes, both become formulas. Where these are one and the same, nothing more
/// is asked. Otherwise a model is searched for each pair of different outcomes; where there is none, no session has
/// these outcomes. A model becomes a session, which is decided by both sets before it is shown.
final class PolicyProver {
  private let old: PolicySet
  private let new: PolicySet
  private let periods: [ComparedPeriod]
  /// The pairs that are compared, in the order of the new policies.
  private let questions: [(subject: PlanProof.Subject, question: BothSides.Question)]
  /// How many ways are tried for one pair of outcomes.
  private let budget: Int
  private let patience: Patience

  /// `renamed` has the new ids of rules by their old ones.
  init(
    old: PolicySet, new: PolicySet, renamed: [String: String], budget: Int = 4_000,
    patience: Patience = .endless
  ) {
    self.old = old
    self.new = new
    self.budget = budget
    self.patience = patience
    periods = ComparedPeriod.all(old: old, new: new)
    var questions: [(PlanProof.Subject, BothSides.Question)] = []
    for (index, decision) in new.decisions.enumerated() {
      guard let before = old.decisionIndex(named: decision.name) else { continue }
      questions.append((.decision(decision.name), .decision(old: before, new: index)))
    }
    let before = Dictionary(
      old.rules.enumerated().map { (renamed[$0.element.id] ?? $0.element.id, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    // What counts the effect of waivers decides nothing.
    for (index, rule) in new.rules.enumerated() where rule.countedWaiver == nil {
      questions.append((.rule(rule.id), .rule(old: before[rule.id], new: index)))
    }
    let ids = Set(new.rules.map(\.id))
    for (index, rule) in old.rules.enumerated()
    where rule.countedWaiver == nil && !ids.contains(renamed[rule.id] ?? rule.id) {
      questions.append((.rule(rule.id), .rule(old: index, new: nil)))
    }
    self.questions = questions
  }

  /// What is known of each decision and rule, by the dates on which it is the same.
  func proofs() -> [PlanProof] {
    var found: [[(DateRange?, PlanProof.Result)]] = questions.map { _ in [] }
    for period in periods {
      let prover = PeriodProver(
        old: old, new: new, period: period, budget: budget, patience: patience)
      for (index, question) in questions.enumerated() {
        found[index].append((period.new, prover.result(of: question.question)))
      }
    }
    return zip(questions, found).flatMap { question, results in
      Self.merged(results).map {
        PlanProof(subject: question.subject, dates: $0.0, result: $0.1)
      }
    }
  }

  /// Neighbouring dates of which the same is proved, as one range.
  private static func merged(
    _ results: [(DateRange?, PlanProof.Result)]
  ) -> [(DateRange?, PlanProof.Result)] {
    var merged: [(DateRange?, PlanProof.Result)] = []
    for (dates, result) in results {
      if let dates, let (before, last) = merged.last, let before, last.isLike(result) {
        merged[merged.count - 1].0 = DateRange(from: before.from, until: dates.until)
      } else {
        merged.append((dates, result))
      }
    }
    // The date that is not known goes with the others where all of them are the same.
    if merged.count == 2, case .same = merged[0].1, case .same = merged[1].1, merged[1].0 == nil,
      merged[0].0?.from == nil, merged[0].0?.until == nil
    {
      merged.removeLast()
    }
    return merged
  }
}

extension PlanProof.Result {
  /// Whether both are the same, or differ in the same directions.
  fileprivate func isLike(_ other: PlanProof.Result) -> Bool {
    switch (self, other) {
    case (.same(let a), .same(let b)): a == b
    case (.differs(let a), .differs(let b)): a.map(\.direction) == b.map(\.direction)
    case (.unsettled(let a), .unsettled(let b)): a.parts == b.parts
    default: false
    }
  }
}

/// Compares decisions and rules on dates between which neither policy set changes.
final class PeriodProver {
  private let old: PolicySet
  private let new: PolicySet
  private let period: ComparedPeriod
  private let budget: Int
  private let patience: Patience
  private var logics: [Bool: Logic] = [:]
  private let sides: BothSides

  /// The formulas of both sets.
  private struct Logic {
    let store: LogicStore
    let old: RuleFormulas
    let new: RuleFormulas
    let claims: [(FormulaID, TruthSet)]
  }

  init(
    old: PolicySet, new: PolicySet, period: ComparedPeriod, budget: Int, patience: Patience
  ) {
    self.old = old
    self.new = new
    self.period = period
    self.budget = budget
    self.patience = patience
    sides = BothSides(old: old, new: new)
  }

  private func logic(isUsual: Bool) -> Logic {
    if let known = logics[isUsual] { return known }
    let store = LogicStore(
      documentType: new.vocabulary.types[new.vocabulary.documentType].name)
    for policies in [old, new] {
      for type in policies.vocabulary.types {
        for fact in type.facts where fact.isOptional {
          store.optionalFacts.insert(FactName(type: type.name, name: fact.name))
        }
      }
      for enumeration in policies.vocabulary.enumerations {
        let cases = enumeration.cases.map(\.value)
        // What only one of the sets can read tells nothing apart.
        store.cases[enumeration.name] =
          store.cases[enumeration.name].map { known in known.filter { cases.contains($0) } }
          ?? cases
      }
    }
    let before = RuleFormulas(old, on: period.old?.someDate, store: store, isUsual: isUsual)
    let after = RuleFormulas(new, on: period.new?.someDate, store: store, isUsual: isUsual)
    let claims = before.claims(period.old) + after.claims(period.new)
    let logic = Logic(store: store, old: before, new: after, claims: claims)
    logics[isUsual] = logic
    return logic
  }

  /// The outcomes that may differ, with what is then so of the formulas.
  private static let pairs: [(old: TruthSet, new: TruthSet)] = [
    (.yes, .no), (.no, .yes), (.yes, .undetermined), (.undetermined, .yes), (.no, .undetermined),
    (.undetermined, .no),
  ]

  func result(of question: BothSides.Question) -> PlanProof.Result {
    let logic = logic(isUsual: true)
    let (before, after) = formulas(question, logic)
    if before != after {
      let result = usualResult(of: question, before, after, logic)
      guard case .same = result else { return result }
    }
    // Whether it passes is the same; what it gives is compared as it is written.
    if case .decision(let old, let new) = question,
      logic.old.given(byDecision: old) != logic.new.given(byDecision: new)
    {
      return .unsettled(
        PlanProof.Reason(
          parts: ["what '\(self.new.decisions[new].name)' gives"], sessionsTried: 0,
          isOutOfTime: patience.isOver))
    }
    return isSame(question, budget: budget) ? .same(.all) : .same(.usual)
  }

  /// Whether no session at all tells the two apart, as unusual as it may be.
  private func isSame(_ question: BothSides.Question, budget: Int) -> Bool {
    let logic = logic(isUsual: false)
    let (before, after) = formulas(question, logic)
    if before == after { return true }
    return Self.pairs.allSatisfy { pair in
      var search = ModelSearch(
        store: logic.store, isUsual: false, budget: budget,
        isOver: { [patience] in patience.isOver }
      ) { _ in true }
      return search.run([(before, pair.old), (after, pair.new)] + logic.claims) == .impossible
    }
  }

  private func usualResult(
    of question: BothSides.Question, _ before: FormulaID, _ after: FormulaID, _ logic: Logic
  ) -> PlanProof.Result {
    let date = (period.new ?? period.old)?.usualDate ?? DateRange.presentDate
    let sessions = ModelSessions(
      store: logic.store, timeZone: new.vocabulary.timeZone, date: date)
    var witnesses: [Witness] = []
    var isProved = true
    let start = sides.counter.value
    for pair in Self.pairs {
      let tries = ModelTries(
        sessions: sessions, nearby: nearby, sides: sides, question: question,
        wanted: (pair.old.outcome, pair.new.outcome))
      var search = ModelSearch(
        store: logic.store, isUsual: true, budget: budget, isOver: { [patience] in patience.isOver }
      ) {
        tries.take($0.facts)
      }
      let outcome = search.run([(before, pair.old), (after, pair.new)] + logic.claims)
      if let witness = tries.found { witnesses.append(witness) }
      if outcome != .impossible { isProved = false }
    }
    if !witnesses.isEmpty { return .differs(witnesses) }
    if isProved { return .same(.usual) }
    let parts = logic.old.notFollowed.union(logic.new.notFollowed).sorted()
    return .unsettled(
      PlanProof.Reason(
        parts: parts, sessionsTried: sides.counter.value - start, isOutOfTime: patience.isOver))
  }

  private func formulas(
    _ question: BothSides.Question, _ logic: Logic
  ) -> (FormulaID, FormulaID) {
    switch question {
    case .decision(let before, let after):
      return (logic.old.formula(ofDecision: before), logic.new.formula(ofDecision: after))
    case .rule(let before, let after):
      func all(_ formulas: RuleFormulas, _ policies: PolicySet, _ rule: Int?) -> FormulaID {
        guard let rule else { return logic.store.yes }
        return logic.store.and(
          policies.rules[rule].decides.map { formulas.formula(ofRule: rule, decision: $0) })
      }
      return (all(logic.old, old, before), all(logic.new, new, after))
    }
  }

  private lazy var nearby = NearbySessions(
    [old, new], near: (period.new ?? period.old)?.usualDate ?? DateRange.presentDate)
}

extension TruthSet {
  /// The outcome that a single truth value is.
  fileprivate var outcome: DecisionOutcome {
    self == .yes ? .pass : self == .no ? .fail : .undetermined
  }
}
