package import CEL

/// What the rules of a decision give a subject.
struct GivenResult: Sendable {
  /// The value of one of them.
  struct Given: Sendable {
    /// Whether it applies; nil where it was not asked, since an earlier one gave.
    var applies: Truth?
    /// What it gives; nil where it does not apply.
    var value: Evaluation?
  }

  /// The value of all of them together.
  enum Outcome: Sendable {
    case value(CELValue)
    case nothing
    case undetermined(Undetermined)
  }

  /// What each rule comes to, in their order.
  fileprivate(set) var givers: [Given]
  /// What is given since no rule applies; nil where one does.
  fileprivate(set) var otherwise: Evaluation?
  fileprivate(set) var outcome: Outcome

  /// The value; nil where there is none.
  var value: CELValue? {
    switch outcome {
    case .value(let value): value
    case .nothing, .undetermined: nil
    }
  }

  /// Whether there is a value.
  var truth: Truth {
    switch outcome {
    case .value: .yes
    case .nothing: .no
    case .undetermined(let doubt): .undetermined(doubt)
    }
  }
}

extension GivenValue {
  /// What the rules come to, where it is told which apply and what expressions give.
  ///
  /// Only what may make a difference is asked for: of `first`, nothing behind the rule that gives.
  func result(
    by evaluator: Evaluator, applies: (Condition, Int) -> Truth,
    value: (CheckedExpression, Int?) -> Evaluation
  ) -> GivenResult {
    var result = GivenResult(
      givers: givers.map { _ in GivenResult.Given() }, outcome: .nothing)
    var values: [Found] = []
    for (index, giver) in givers.enumerated() {
      let truth = giver.condition.map { applies($0, index) } ?? .yes
      result.givers[index].applies = truth
      switch truth {
      case .no: continue
      case .undetermined(let doubt): values.append(.doubt(doubt))
      case .yes:
        let given = value(giver.value, index)
        result.givers[index].value = given
        values.append(Found(given))
      }
      if choice == .first { break }
    }
    if values.isEmpty {
      result.otherwise = otherwise.map { value($0, nil) }
      values = result.otherwise.map { [Found($0)] } ?? []
    }
    result.outcome = outcome(of: values, conflict: conflict(in: result), by: evaluator)
    return result
  }

  /// Why there is no one value, where two rules give of which only one may.
  private func conflict(in result: GivenResult) -> Undetermined? {
    guard choice == .only else { return nil }
    let giving = zip(givers, result.givers).filter { _, given in
      if case .yes? = given.applies { true } else { false }
    }.map { "'\($0.0.id)'" }
    guard giving.count > 1 else { return nil }
    return Undetermined(
      error: EvaluationError(
        "\(giving.joined(separator: " and ")) \(giving.count == 2 ? "both" : "all") give a value, "
          + "and only one rule may"))
  }

  private func outcome(
    of values: [Found], conflict: Undetermined?, by evaluator: Evaluator
  ) -> GivenResult.Outcome {
    if let conflict { return .undetermined(conflict) }
    var doubt: Undetermined?
    var known: [CELValue] = []
    for value in values {
      switch value {
      case .value(let value): known.append(value)
      case .doubt(let more): doubt = doubt.map { $0.union(more) } ?? more
      }
    }
    if let doubt { return .undetermined(doubt) }
    guard var result = known.first else { return .nothing }
    for next in known.dropFirst() {
      switch Found(combined(result, next, by: evaluator)) {
      case .value(let value): result = value
      case .doubt(let doubt): return .undetermined(doubt)
      }
    }
    return .value(result)
  }

  private func combined(
    _ one: CELValue, _ other: CELValue, by evaluator: Evaluator
  ) -> Evaluation {
    guard let combination else { return .value(one) }
    let made = evaluator.evaluate(combination, in: Activation(locals: [one, other]))
    switch (choice, made) {
    case (.greatest, .value(.bool(let isLess))): return .value(isLess ? other : one)
    case (.least, .value(.bool(let isLess))): return .value(isLess ? one : other)
    default: return made
    }
  }
}

/// A value, or why there is none yet.
private enum Found {
  case value(CELValue)
  case doubt(Undetermined)

  init(_ evaluation: Evaluation) {
    switch evaluation {
    case .value(let value): self = .value(value)
    case .error(let error): self = .doubt(Undetermined(error: error))
    case .unknown(let facts): self = .doubt(Undetermined(missing: facts))
    }
  }
}

extension DecisionContext {
  /// What the rules of a decision give, recording nothing.
  func result(
    of given: GivenValue, in activation: Activation, work: inout Int
  ) -> GivenResult {
    var total = 0
    let result = given.result(by: policies.evaluator) { condition, _ in
      truth(of: condition, in: activation, work: &total)
    } value: { expression, _ in
      policies.evaluator.evaluate(expression, in: activation, work: &total)
    }
    work += total
    return result
  }

  /// The value that a decision gives a subject; nil where there is none, or it is not known.
  package func value(ofDecision decision: Int, for subject: any CELObject) -> CELValue? {
    guard let rule = policies.valueRule(of: decision), let given = policies.rules[rule].given else {
      return nil
    }
    var work = 0
    let activation = activation(for: subject, decision: decision)
    return result(of: given, in: activation, work: &work).value
  }
}
