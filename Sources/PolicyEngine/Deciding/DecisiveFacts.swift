package import CEL

/// The facts that decided what a rule comes to for a subject: change none of them, and it stays so.
package struct DecisiveFacts: Sendable {
  /// Those that what the rule requires was read from.
  package fileprivate(set) var required: [AttributePath] = []
  /// Those that settled whether the rule applies.
  package fileprivate(set) var applying: [AttributePath] = []

  /// All of them, each once; those of what is required first.
  package var all: [AttributePath] {
    var seen: Set<AttributePath> = []
    return (required + applying).filter { seen.insert($0).inserted }
  }
}

extension DecisionContext {
  /// The facts that decided what a rule comes to for a subject.
  package func decisiveFacts(
    of rule: Rule, for subject: any CELObject, decision: Int?
  ) -> DecisiveFacts {
    let activation = activation(for: subject, decision: decision)
    var facts = DecisiveFacts()
    for condition in [rule.when, rule.unless].compactMap(\.self) {
      facts.applying += decisiveFacts(of: condition, in: activation).facts
    }
    facts.required = decisiveFacts(of: rule.require, in: activation).facts
    return facts
  }

  private func decisiveFacts(
    of condition: Condition, in activation: Activation
  ) -> (facts: [AttributePath], truth: Truth) {
    switch condition.kind {
    case .expression(let expression):
      let trace = policies.evaluator.trace(expression, in: activation)
      let facts = trace.decisiveReads().compactMap { read -> AttributePath? in
        switch read {
        case .fact(let path), .presence(let path): path
        case .global, .derived: nil
        }
      }
      return (facts, Truth(trace.result))
    case .all(let conditions), .any(let conditions), .none(let conditions):
      let parts = conditions.map { decisiveFacts(of: $0, in: activation) }
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
