package import CEL

/// A rule that was decided for a subject, with the outcomes of its conditions on the way.
package struct RuleObservation: Sendable {
  /// A condition that had a say.
  package struct ObservedCondition: Sendable {
    /// The condition.
    package let condition: Condition
    /// Whether it is true; nil where that is not known.
    package let isTrue: Bool?
    /// How an expression got there; nil for a combination.
    package let trace: Trace?
    /// The parts of a combination, each of which is evaluated.
    package let parts: [ObservedCondition]
  }

  /// The index of the rule.
  package let rule: Int
  /// The rule's outcome.
  package let outcome: RuleOutcome
  /// The conditions that had a say: none where the rule is not in force, `require` only where it applies.
  package let conditions: [ObservedCondition]
  /// The expressions of the reason and the fix; none unless the rule is violated.
  package let texts: [Trace]
}

/// What is seen of the rules while a document is decided.
package struct Observation: Sendable {
  /// The date that picked dated values and rules; nil when the document does not tell.
  package let governingDate: CivilDate?
  /// Every rule that has a say, for each of its subjects.
  package let rules: [RuleObservation]
}

extension PolicySet {
  /// Decides a document with recording on, and tells all that was seen.
  package func observe(
    _ document: FactDocument, today: CivilDate, decisions: [Int]
  ) -> Observation {
    let context = DecisionContext(policies: self, document: document.draft, today: today)
    let findings = Findings(asked: decisions, in: context).findings
    return Observation(
      governingDate: context.knownGoverningDate, rules: findings.map { observe($0, in: context) })
  }

  /// How a term of the object at a path gets its value; nil where the document has no object there.
  package func trace(
    ofTerm term: VocabularyType.Term, at path: AttributePath, in document: FactDocument,
    today: CivilDate
  ) -> Trace? {
    let lookup = FactLookup(vocabulary: vocabulary, document: document.draft)
    guard case .value(.object(let object)) = lookup.find(path).state else { return nil }
    let context = DecisionContext(policies: self, document: document.draft, today: today)
    return evaluator.trace(term.definition, in: context.activation(for: object, decision: nil))
  }

  /// How an expression about values of a type comes out for each of them in a document, by their paths.
  ///
  /// Without a decision, what reads the decision asked for is an error.
  package func traces(
    of expression: CheckedExpression, about type: Int, in document: FactDocument, today: CivilDate,
    decision: Int?
  ) -> [(path: AttributePath, trace: Trace)] {
    let context = DecisionContext(policies: self, document: document.draft, today: today)
    return routes[type].subjects(in: context.document).compactMap { subject in
      guard case .value(let object) = subject else { return nil }
      let activation = context.activation(for: object, decision: decision)
      return (subject.path, evaluator.trace(expression, in: activation))
    }
  }

  /// Evaluates a rule again for a subject, with recording on.
  package func observe(
    _ finding: Findings.Finding, in context: DecisionContext
  ) -> RuleObservation {
    let rule = rules[finding.rule]
    guard case .value(let object) = finding.subject else {
      return RuleObservation(
        rule: finding.rule, outcome: finding.outcome, conditions: [], texts: [])
    }
    let activation = context.activation(for: object, decision: finding.decision)
    let isViolated = finding.outcome == .violated
    let texts = [rule.because, rule.fix?.action].compactMap(\.self).flatMap(\.expressions)
    let deadline = rule.fix?.deadline.map { [$0] } ?? []
    return RuleObservation(
      rule: finding.rule, outcome: finding.outcome,
      conditions: rule.conditionsWithSay(for: finding.outcome).map {
        observe($0.condition, in: activation, of: context).seen
      },
      texts: isViolated ? (texts + deadline).map { evaluator.trace($0, in: activation) } : [])
  }

  private func observe(
    _ condition: Condition, in activation: Activation, of context: DecisionContext
  ) -> (seen: RuleObservation.ObservedCondition, truth: Truth) {
    let truth: Truth
    var trace: Trace?
    var parts: [(seen: RuleObservation.ObservedCondition, truth: Truth)] = []
    switch condition.kind {
    case .expression(let expression):
      let traced = evaluator.trace(expression, in: activation)
      trace = traced
      truth = Truth(traced.result)
    case .inForce(let dates): truth = context.isInForce(dates)
    case .gives(let given):
      let result = given.result(by: evaluator) { condition, _ in
        let part = observe(condition, in: activation, of: context)
        parts.append(part)
        return part.truth
      } value: { expression, _ in
        let traced = evaluator.trace(expression, in: activation)
        let seen = RuleObservation.ObservedCondition(
          condition: condition, isTrue: nil, trace: traced, parts: [])
        parts.append((seen, .yes))
        return traced.result
      }
      truth = result.truth
    case .all(let conditions), .any(let conditions), .none(let conditions),
      .anyKnown(let conditions):
      parts = conditions.map { observe($0, in: activation, of: context) }
      truth = Truth.combining(condition.kind, parts.map(\.truth))
    }
    let isTrue: Bool? =
      switch truth {
      case .yes: true
      case .no: false
      case .undetermined: nil
      }
    return (
      .init(condition: condition, isTrue: isTrue, trace: trace, parts: parts.map(\.seen)), truth
    )
  }
}

extension Rule {
  /// The conditions that have a say where the rule comes to an outcome, each with its role.
  func conditionsWithSay(
    for outcome: RuleOutcome
  ) -> [(role: ClauseRole, condition: Condition)] {
    let roles: [(ClauseRole, Condition?)] =
      switch outcome {
      case .doesNotApply(.notInForce): []
      case .doesNotApply(.whenFalse): [(.when, when)]
      case .doesNotApply(.unlessTrue): [(.when, when), (.unless, unless)]
      case .satisfied, .violated, .undetermined:
        [(.when, when), (.unless, unless), (.require, require)]
      }
    return roles.compactMap { role, condition in condition.map { (role, $0) } }
  }
}
