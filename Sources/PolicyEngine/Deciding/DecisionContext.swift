package import CEL

/// A document with the date that it is decided for: what every rule's evaluation starts from.
package struct DecisionContext: Sendable {
  let policies: PolicySet
  package let document: any CELObject
  /// The date decided for.
  package let today: CivilDate
  /// The date that picks dated values and the rules in force.
  let governingDate: Evaluation
  private let globals: [Evaluation]
  private let terms = TermValues()

  package init(policies: PolicySet, document: any CELObject, today: CivilDate) {
    self.policies = policies
    self.document = document
    self.today = today
    let vocabulary = policies.vocabulary
    let base: [Evaluation] = [
      .value(.object(document)), .value(.date(today)),
      .error(EvaluationError("no decision is asked for here")),
    ]
    // The governing date picks the parameters' values, so it can't depend on one of them.
    let early = vocabulary.parameters.map { parameter in
      Evaluation.error(
        EvaluationError("'\(parameter.name)' has no value before the governing date is known"))
    }
    let governingDate = policies.evaluator.evaluate(
      vocabulary.governingDate,
      in: Activation(
        globals: base + early, locals: [.object(document)], timeZone: vocabulary.timeZone))
    self.governingDate = governingDate
    globals =
      base
      + vocabulary.parameters.map { parameter in
        switch governingDate {
        case .value(.date(let date)):
          parameter.value(on: date).map { .value($0.value) }
            ?? .error(parameter.noValue(on: date))
        case .value: .error(EvaluationError("the governing date is not a date"))
        case .error(let error): .error(error)
        case .unknown(let facts): .unknown(facts)
        }
      }
  }

  /// The parameters without a value on the governing date that keep something from being decided.
  package func parametersWithoutValue(in doubt: Undetermined) -> [Parameter] {
    guard let date = knownGoverningDate else { return [] }
    let messages = Set(doubt.errors.map(\.message))
    return policies.vocabulary.parameters.filter {
      messages.contains($0.noValue(on: date).message)
    }
  }

  /// The same for a document with the same governing date.
  package func with(document: any CELObject) -> DecisionContext {
    DecisionContext(self, document: document)
  }

  private init(_ other: DecisionContext, document: any CELObject) {
    policies = other.policies
    self.document = document
    today = other.today
    governingDate = other.governingDate
    var globals = other.globals
    globals[GlobalSlot.document] = .value(.object(document))
    self.globals = globals
  }

  /// The governing date, when it is known.
  package var knownGoverningDate: CivilDate? {
    if case .value(.date(let date)) = governingDate { date } else { nil }
  }

  /// What the expressions of a rule see when it is evaluated for a subject.
  package func activation(for subject: any CELObject, decision: Int?) -> Activation {
    var globals = globals
    if let decision {
      globals[GlobalSlot.decision] = .value(.string(policies.decisions[decision].name))
    }
    var activation = Activation(
      globals: globals, locals: [.object(subject)], timeZone: policies.vocabulary.timeZone)
    activation.derivedValues = terms.values(decision: decision)
    return activation
  }

  /// Whether a rule is in force on the governing date.
  func isInForce(_ rule: Rule) -> Truth { isInForce(rule.effective) }

  /// Whether the governing date lies within some dates.
  func isInForce(_ effective: EffectiveDates?) -> Truth {
    guard let effective else { return .yes }
    switch governingDate {
    case .value(.date(let date)): return effective.contains(date) ? .yes : .no
    case .value: return .undetermined(Undetermined())
    case .error(let error): return .undetermined(Undetermined(error: error))
    case .unknown(let facts): return .undetermined(Undetermined(missing: facts))
    }
  }

  /// The outcome of a rule for a subject, recording nothing.
  package func outcome(of rule: Rule, for subject: Subject, decision: Int?) -> RuleOutcome {
    var work = 0
    return outcome(of: rule, for: subject, decision: decision, work: &work)
  }

  /// The same, adding to `work` how much there was to evaluate.
  package func outcome(
    of rule: Rule, for subject: Subject, decision: Int?, work: inout Int
  ) -> RuleOutcome {
    switch subject {
    case .missing(let path):
      return .undetermined(Undetermined(missing: UnknownFacts([path])))
    case .value(let object):
      let activation = activation(for: object, decision: decision)
      return RuleOutcome(
        isInForce: isInForce(rule),
        when: rule.when.map { truth(of: $0, in: activation, work: &work) } ?? .yes,
        unless: rule.unless.map { truth(of: $0, in: activation, work: &work) } ?? .no,
        require: truth(of: rule.require, in: activation, work: &work))
    }
  }

  /// Whether a condition is known to hold.
  package func holds(_ condition: Condition, in activation: Activation) -> Bool {
    if case .yes = truth(of: condition, in: activation) { true } else { false }
  }

  /// Whether a condition holds, recording nothing.
  func truth(of condition: Condition, in activation: Activation) -> Truth {
    var work = 0
    return truth(of: condition, in: activation, work: &work)
  }

  func truth(
    of condition: Condition, in activation: Activation, work: inout Int
  ) -> Truth {
    switch condition.kind {
    case .expression(let expression):
      return Truth(policies.evaluator.evaluate(expression, in: activation, work: &work))
    case .inForce(let dates): return isInForce(dates)
    case .gives(let given): return result(of: given, in: activation, work: &work).truth
    case .all(let parts), .any(let parts), .none(let parts), .anyKnown(let parts):
      var truths: [Truth] = []
      for part in parts {
        let truth = truth(of: part, in: activation, work: &work)
        truths.append(truth)
        if condition.kind.isDecided(by: truth) { break }
      }
      return .combining(condition.kind, truths)
    }
  }
}
