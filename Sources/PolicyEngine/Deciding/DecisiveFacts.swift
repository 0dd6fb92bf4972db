package import CEL

/// The facts that decided the outcome of a rule for a subject: change none of them, and it stays so.
package struct DecisiveFacts: Sendable {
  /// Those that what the rule requires was read from.
  package fileprivate(set) var required: [AttributePath] = []
  /// Those that settled whether the rule applies.
  package fileprivate(set) var applying: [AttributePath] = []

  /// None.
  package init() {}

  /// How many there are.
  package var count: Int { required.count + applying.count }

  /// All of them, each once; those of what is required first.
  package var all: [AttributePath] {
    var seen: Set<AttributePath> = []
    return (required + applying).filter { seen.insert($0).inserted }
  }
}

extension DecisionContext {
  /// The facts that decided the outcome of a rule for a subject.
  package func decisiveFacts(
    of rule: Rule, for subject: any CELObject, decision: Int?
  ) -> DecisiveFacts {
    var work = 0
    return decisiveFacts(of: rule, for: subject, decision: decision, work: &work)
  }

  /// The same, adding to `work` how much there was to evaluate.
  package func decisiveFacts(
    of rule: Rule, for subject: any CELObject, decision: Int?, work: inout Int
  ) -> DecisiveFacts {
    let activation = activation(for: subject, decision: decision)
    var facts = DecisiveFacts()
    for condition in [rule.when, rule.unless].compactMap(\.self) {
      facts.applying += decisiveFacts(of: condition, in: activation, work: &work).facts
    }
    facts.required = decisiveFacts(of: rule.require, in: activation, work: &work).facts
    return facts
  }

  /// The value of an expression, with the facts that decided it.
  private func record(
    _ expression: CheckedExpression, in activation: Activation, work: inout Int
  ) -> (result: Evaluation, facts: [AttributePath]) {
    let (result, reads) = policies.evaluator.record(expression, in: activation, work: &work)
    let facts = reads.compactMap { read -> AttributePath? in
      switch read {
      // Records of parameters are not facts of the document.
      case .fact(let path), .presence(let path):
        path.root == policies.vocabulary.documentName ? path : nil
      case .global, .row, .dated, .days, .derived: nil
      }
    }
    return (result, facts)
  }

  private func decisiveFacts(
    of condition: Condition, in activation: Activation, work: inout Int
  ) -> (facts: [AttributePath], truth: Truth) {
    switch condition.kind {
    case .expression(let expression):
      let (result, facts) = record(expression, in: activation, work: &work)
      return (facts, Truth(result))
    case .gives(let given):
      var (facts, total): ([AttributePath], Int) = ([], 0)
      let result = given.result(by: policies.evaluator) { condition, _ in
        let part = decisiveFacts(of: condition, in: activation, work: &total)
        facts += part.facts
        return part.truth
      } value: { expression, _ in
        let (result, read) = record(expression, in: activation, work: &total)
        facts += read
        return result
      }
      work += total
      return (facts, result.truth)
    case .inForce(let dates): return ([], isInForce(dates))
    case .all(let conditions), .any(let conditions), .none(let conditions),
      .anyKnown(let conditions):
      let parts = conditions.map { decisiveFacts(of: $0, in: activation, work: &work) }
      let truth = Truth.combining(condition.kind, parts.map(\.truth))
      let decisive = parts.filter { condition.kind.isDecisive($0.truth, for: truth) }
      return (decisive.flatMap(\.facts), truth)
    }
  }

  /// Whether what a rule's violation is fixed by can still be done, for a subject.
  package func prospect(of fix: Rule.Fix, for subject: any CELObject, decision: Int?) -> Prospect {
    guard let deadline = fix.deadline else { return .open }
    let activation = activation(for: subject, decision: decision)
    return Prospect(policies.evaluator.evaluate(deadline, in: activation), today: today)
  }
}

extension Prospect {
  /// What follows from the last day for a fix, as it was evaluated.
  init(_ deadline: Evaluation, today: CivilDate) {
    self =
      switch deadline {
      case .value(.date(let date)), .value(.optional(.date(let date)?)):
        today <= date ? .until(date) : .closed(date)
      case .value(.optional(nil)): .open
      case .value, .error, .unknown: .unknown
      }
  }
}
