public import CEL

/// The value that a decision which passes gives a subject.
public struct DecidedValue: Sendable, Hashable {
  /// The decision's name.
  public let decision: String
  /// The path of the subject, empty for the document itself.
  public let at: String
  /// The value.
  public let value: CELValue
  /// Its type.
  public let type: CELType

  public static func == (left: DecidedValue, right: DecidedValue) -> Bool {
    left.decision == right.decision && left.at == right.at && left.type == right.type
      && left.value.isEqual(to: right.value)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(decision)
    hasher.combine(at)
  }
}

extension PolicySet {
  /// Whether one of some decisions gives a value.
  package func anyGives(_ decisions: [Int]) -> Bool {
    decisions.contains { self.decisions[$0].givenType != nil }
  }
}

extension DecisionContext {
  /// What those of some decisions give that pass, for each of their subjects; what a viewer may not see is left out.
  func values(
    of decisions: [Int], withholding: Withholding?, passes: (Int) -> Bool
  ) -> [DecidedValue] {
    decisions.flatMap { decision -> [DecidedValue] in
      guard let type = policies.decisions[decision].givenType, passes(decision),
        let rule = policies.valueRule(of: decision),
        withholding?.facts(readBy: policies.rules[rule]).isEmpty ?? true
      else { return [] }
      let subjects = policies.routes[policies.decisions[decision].subjectType].subjects(
        in: document)
      return subjects.compactMap { subject in
        guard case .value(let object) = subject,
          let value = value(ofDecision: decision, for: object)
        else { return nil }
        return DecidedValue(
          decision: policies.decisions[decision].name, at: subject.path.pathFromRoot, value: value,
          type: type)
      }
    }
  }
}
