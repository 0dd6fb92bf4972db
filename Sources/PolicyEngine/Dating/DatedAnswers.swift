package import CEL

/// What every rule that has a say comes to on one day or another, with the days on which that is so.
package struct DatedAnswers {
  /// What is said of a rule for a subject.
  package struct Answer: Equatable {
    /// Its outcome; a rule that does not apply is as good as one that is satisfied.
    package let outcome: RuleOutcome
    /// Whether its violation can still be fixed, where it says how.
    package let prospect: Prospect?
  }

  /// A rule for a subject and, where that makes a difference, a decision.
  private struct DatedQuestion {
    let rule: Rule
    let subject: Subject
    let decision: Int?
    /// Whether the answer may depend on the day.
    let isDated: Bool
  }

  private let policies: PolicySet
  private let document: any CELObject
  private let questions: [DatedQuestion]
  /// The governing dates on which dated values or the rules in force change, ascending.
  private let starts: [Int64]
  /// The answers that are the same on all days.
  private var settled: [Int: Answer] = [:]
  /// The facts whose value is the day itself, whichever it is.
  private let moving: Set<AttributePath>

  /// The answers for a document whose facts stay as they are.
  init(_ policies: PolicySet, document: any CELObject, decisions: [Int]) {
    let readers = CheckedExpression.readers(in: policies.evaluator.derivedFields) {
      $0 == GlobalSlot.today
    }
    func isDated(_ expressions: [CheckedExpression]) -> Bool {
      expressions.contains { $0.reads(through: readers) { $0 == GlobalSlot.today } }
    }
    let movesGoverningDate = isDated([policies.vocabulary.governingDate])
    let dated = policies.rules.map { rule in
      // Whether a last day is past depends on the day, whatever it is reckoned from.
      movesGoverningDate || rule.fix?.deadline != nil
        || isDated(rule.outcomeExpressions)
    }
    self.init(policies, document: document, decisions: decisions, rules: nil, moving: []) {
      dated[$0]
    }
  }

  /// The answers of some rules, all of which may depend on the day, for a document as it would be if some of
  /// its facts were made on that day: the `moving` ones, whose value is the day decided for.
  package init(
    _ policies: PolicySet, document: any CELObject, decisions: [Int], rules: [Int],
    moving: Set<AttributePath>
  ) {
    self.init(policies, document: document, decisions: decisions, rules: rules, moving: moving) {
      _ in true
    }
  }

  private init(
    _ policies: PolicySet, document: any CELObject, decisions: [Int], rules: [Int]?,
    moving: Set<AttributePath>, isDated: (Int) -> Bool
  ) {
    self.policies = policies
    self.document = document
    self.moving = moving
    // Which rules are asked for which subjects does not depend on the day.
    questions = policies.questions(
      in: document, decisions: policies.decisionsNeeded(by: decisions), rules: rules
    ).map {
      DatedQuestion(
        rule: policies.rules[$0.rule], subject: $0.subject, decision: $0.decision,
        isDated: isDated($0.rule))
    }
    starts = policies.governingStarts
  }

  /// Whether none of the rules keeps its decisions from passing on a day, with days around it on all of which
  /// that is the same.
  package mutating func pass(on today: CivilDate) -> (pass: Bool, days: ClosedRange<Int64>) {
    let (answers, days) = answers(on: today)
    let pass = zip(questions, answers).allSatisfy { question, answer in
      question.rule.severity != .error || answer.outcome.decisionOutcome == .pass
    }
    return (pass, days)
  }

  /// The answers on a day, with days around it on all of which they are the same.
  mutating func answers(on today: CivilDate) -> (answers: [Answer], days: ClosedRange<Int64>) {
    var dependence = DayDependence(today: today, moving: moving)
    let context = DecisionContext(policies: policies, document: document, today: today)
    take(governingDateOf: context, into: &dependence)
    let answers = questions.indices.map { index in
      if let answer = settled[index] { return answer }
      let answer = answer(questions[index], in: context, &dependence)
      if !questions[index].isDated { settled[index] = answer }
      return answer
    }
    return (answers, dependence.days)
  }

  /// Keeps the days on which the same values and rules are in force.
  private func take(
    governingDateOf context: DecisionContext, into dependence: inout DayDependence
  ) {
    let trace = policies.evaluator.trace(
      policies.vocabulary.governingDate, in: context.activation(for: document, decision: nil))
    guard let offset = dependence.follow(trace), let date = context.knownGoverningDate else {
      return
    }
    let day = Int64(date.daysSinceEpoch)
    let first = starts.last { $0 <= day } ?? DayDependence.calendar.lowerBound
    let next = starts.first { $0 > day } ?? DayDependence.calendar.upperBound + 1
    dependence.keep(from: first - offset, through: next - 1 - offset)
  }

  private func answer(
    _ question: DatedQuestion, in context: DecisionContext, _ dependence: inout DayDependence
  ) -> Answer {
    guard case .value(let object) = question.subject else {
      let outcome = context.outcome(
        of: question.rule, for: question.subject, decision: question.decision)
      return Answer(outcome: outcome, prospect: nil)
    }
    let rule = question.rule
    let activation = context.activation(for: object, decision: question.decision)
    func truth(of condition: Condition?) -> Truth? {
      condition.map { self.truth(of: $0, in: activation, of: context, &dependence) }
    }
    let when = truth(of: rule.when) ?? .yes
    let unless = truth(of: rule.unless) ?? .no
    let require = truth(of: rule.require) ?? .yes
    let outcome = RuleOutcome(
      isInForce: context.isInForce(rule), when: when, unless: unless, require: require)
    switch outcome {
    case .doesNotApply: return Answer(outcome: .satisfied, prospect: nil)
    case .satisfied, .undetermined: return Answer(outcome: outcome, prospect: nil)
    case .violated:
      let prospect = rule.fix.map {
        outlook(of: $0, in: activation, today: context.today, &dependence)
      }
      return Answer(outcome: outcome, prospect: prospect)
    }
  }

  private func truth(
    of condition: Condition, in activation: Activation, of context: DecisionContext,
    _ dependence: inout DayDependence
  ) -> Truth {
    switch condition.kind {
    case .expression(let expression):
      let trace = policies.evaluator.trace(expression, in: activation)
      dependence.fix(trace)
      return Truth(trace.result)
    case .inForce(let dates): return context.isInForce(dates)
    case .gives(let given):
      return given.result(by: policies.evaluator) { condition, _ in
        truth(of: condition, in: activation, of: context, &dependence)
      } value: { expression, _ in
        let trace = policies.evaluator.trace(expression, in: activation)
        dependence.fix(trace)
        return trace.result
      }.truth
    case .all(let parts), .any(let parts), .none(let parts), .anyKnown(let parts):
      return .combining(
        condition.kind, parts.map { truth(of: $0, in: activation, of: context, &dependence) })
    }
  }

  private func outlook(
    of fix: Rule.Fix, in activation: Activation, today: CivilDate,
    _ dependence: inout DayDependence
  ) -> Prospect {
    guard let deadline = fix.deadline else { return .open }
    let trace = policies.evaluator.trace(deadline, in: activation)
    dependence.fix(trace)
    guard case .value(.date(let date)) = trace.result else { return .unknown }
    let day = Int64(date.daysSinceEpoch)
    if today <= date {
      dependence.keep(from: .min, through: day)
    } else {
      dependence.keep(from: day + 1, through: .max)
    }
    return today <= date ? .until(date) : .closed(date)
  }
}

extension PolicySet {
  /// The governing dates from which another value or another set of rules is in force, ascending, as days
  /// since 1970-01-01.
  var governingStarts: [Int64] {
    var starts: Set<Int64> = []
    for parameter in vocabulary.parameters {
      starts.formUnion(parameter.changes.map { Int64($0.daysSinceEpoch) })
    }
    for effective in rules.flatMap(\.allEffectiveDates) {
      if let from = effective.from { starts.insert(Int64(from.daysSinceEpoch)) }
      if let until = effective.until { starts.insert(Int64(until.daysSinceEpoch) + 1) }
    }
    return starts.sorted()
  }
}
