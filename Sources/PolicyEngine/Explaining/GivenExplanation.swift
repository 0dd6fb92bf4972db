public import CEL
public import Diagnostics

/// How the value that a decision gives came about.
public struct GivenExplanation: Sendable {
  /// What one rule gave, and why.
  public struct Giver: Sendable {
    /// The id of the rule.
    public let id: String
    /// The rule in one sentence.
    public let title: String
    /// Whether it is in force on the governing date.
    public let isInForce: Bool
    /// When it is in force; nil is always.
    public let effective: EffectiveDates?
    /// Whether it applies; nil where it was not asked, since an earlier one gave.
    public let truth: ConditionTruth?
    /// When it applies; nil where it was not asked, or applies always.
    public let condition: ConditionExplanation?
    /// What it gives, as it is written.
    public let expression: String
    /// What it gives, in words; nil where it does not apply, and where the decision does not pass.
    public package(set) var words: String?
    /// The same as a value.
    public package(set) var value: CELValue?
    /// What its value was read from.
    public let citations: Citations
    /// Where the rule stands in the policy files.
    public let place: SourceRange
    /// Where the handbook says so.
    public let source: String?
    /// What the handbook says there, in its words.
    public let quote: String?
  }

  /// How one value comes of several.
  public let choice: GivenValue.Choice
  /// The rules, in the order in which they are asked.
  public package(set) var givers: [Giver]
  /// What is given since no rule applies, as it is written; nil where one does, or nothing is said.
  public let otherwise: String?
  /// The value in words; nil where the decision does not pass.
  public package(set) var words: String?
  /// The same as a value.
  public package(set) var value: CELValue?

  /// The same without any value, for a decision that does not pass.
  var withoutValues: GivenExplanation {
    var copy = self
    copy.words = nil
    copy.value = nil
    for index in copy.givers.indices {
      copy.givers[index].words = nil
      copy.givers[index].value = nil
    }
    return copy
  }
}

extension ConditionExplainer {
  /// What the rules of a decision give, with all that was read for it.
  func explain(
    _ given: GivenValue, of condition: Condition, isDecisive: Bool
  ) -> (explanation: ConditionExplanation, truth: Truth?) {
    let withheld = given.expressions.flatMap { citations.withholding?.facts(readBy: $0) ?? [] }
    guard withheld.isEmpty else {
      var cited = Citations()
      cited.withheld = withheld.withoutRepeats()
      return (
        ConditionExplanation(
          combination: nil, label: "a value is given", expression: nil, truth: .withheld, parts: [],
          citations: cited, nearMiss: nil, isDecisive: isDecisive, place: condition.range), nil
      )
    }
    var conditions: [Int: ConditionExplanation] = [:]
    var read: [Int: Citations] = [:]
    var rest = Citations()
    let result = given.result(by: policies.evaluator) { condition, index in
      let (explanation, truth) = explain(condition)
      conditions[index] = explanation
      return truth ?? .undetermined(Undetermined())
    } value: { expression, index in
      let (value, cited) = citations.evaluate(expression, in: activation)
      if let index { read[index] = cited } else { rest = cited }
      return value
    }
    let words = ValueWords(vocabulary: policies.vocabulary)
    func text(_ value: CELValue) -> String { words.text(of: value, type: given.type) }
    let givers = zip(given.givers, result.givers).enumerated().map { index, pair in
      let (giver, found) = pair
      let isInForce =
        if case .no = citations.context.isInForce(giver.effective) { false } else { true }
      let value = found.value?.known
      return GivenExplanation.Giver(
        id: giver.id, title: giver.title, isInForce: isInForce, effective: giver.effective,
        truth: found.applies.map { ConditionTruth($0) }, condition: conditions[index],
        expression: policies.texts.text(of: giver.value), words: value.map(text), value: value,
        citations: read[index] ?? Citations(), place: giver.range, source: giver.source,
        quote: giver.quote)
    }
    let value = result.value
    let parts = givers.filter { $0.truth != nil }.map { giver in
      ConditionExplanation(
        combination: nil, label: giver.title, expression: giver.expression,
        truth: giver.truth ?? .holds, parts: [giver.condition].compactMap(\.self),
        citations: giver.citations, nearMiss: nil, isDecisive: true, place: giver.place)
    }
    let explanation = ConditionExplanation(
      combination: nil, label: "a value is given", expression: nil,
      truth: ConditionTruth(result.truth), parts: parts, citations: rest, nearMiss: nil,
      isDecisive: isDecisive, place: condition.range,
      given: GivenExplanation(
        choice: given.choice, givers: givers,
        otherwise: result.otherwise.flatMap { _ in
          given.otherwise.map { policies.texts.text(of: $0) }
        }, words: value.map(text), value: value))
    return (explanation, result.truth)
  }
}

extension [WithheldFact] {
  fileprivate func withoutRepeats() -> [WithheldFact] {
    reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

extension Evaluation {
  /// The value; nil where there is none.
  fileprivate var known: CELValue? {
    switch self {
    case .value(let value): value
    case .error, .unknown: nil
    }
  }
}
