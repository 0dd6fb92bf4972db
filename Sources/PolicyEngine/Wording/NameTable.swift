package import CEL

/// The names that the vocabulary has for the values of one fact of one object.
package struct NameTable {
  let table: CELMap?
  private let words: ValueWords
  private let type: CELType

  /// The names of a fact's values: from its `names`, or from `choices` that have names.
  ///
  /// Where they are not known, there are none, and values are shown as they are.
  package init(_ id: FactID, of owner: any CELObject, in context: DecisionContext) {
    self.init(
      id, of: owner, evaluator: context.policies.evaluator, vocabulary: context.policies.vocabulary
    ) { context.activation(for: $0, decision: nil) }
  }

  /// The same, where what expressions see is made by `activation`.
  init(
    _ id: FactID, of owner: any CELObject, evaluator: Evaluator, vocabulary: Vocabulary,
    activation: (any CELObject) -> Activation
  ) {
    words = ValueWords(vocabulary: vocabulary)
    type = vocabulary.declaration(of: id).expressionType.elementOrSelf
    let value = vocabulary.rules(of: id)?.namedBy.map {
      evaluator.evaluate($0, in: activation(owner))
    }
    if case .value(.map(let map))? = value { table = map } else { table = nil }
  }

  /// A value of the fact in people's words; of a list, those of its elements.
  package func text(of value: CELValue) -> String {
    guard case .list(let elements) = value else { return name(of: value) }
    return elements.map { text(of: $0) }.joined(separator: ", ")
  }

  /// Whether the vocabulary has a name for a value.
  package func hasName(for value: CELValue) -> Bool {
    if case .string? = table?[value] { true } else { false }
  }

  /// A value in people's words.
  package func name(of value: CELValue) -> String {
    if case .string(let name)? = table?[value] { return name }
    return words.text(of: value, type: type)
  }
}
