package import CEL

/// The names that the vocabulary has for the values of one fact of one object.
package struct NameTable {
  private let table: CELMap?
  private let words: ValueWords
  private let type: CELType

  /// The names of a fact's values: from its `names`, or from `choices` that have names.
  ///
  /// Where they can't be told, there are none, and values are shown as they are.
  package init(_ id: FactID, of owner: any CELObject, in context: DecisionContext) {
    let vocabulary = context.policies.vocabulary
    words = ValueWords(vocabulary: vocabulary)
    type = vocabulary.declaration(of: id).expressionType.elementOrSelf
    let rules = vocabulary.rules(of: id)
    let named = [rules?.names, rules?.choices].compactMap(\.self)
      .first { if case .map = $0.type { true } else { false } }
    let value = named.map {
      context.policies.evaluator.evaluate($0, in: context.activation(for: owner, decision: nil))
    }
    if case .value(.map(let map))? = value { table = map } else { table = nil }
  }

  /// The names, in the order of the table.
  package var all: [Choices.Choice] { table.map { Self.choices(in: $0) } ?? [] }

  /// The rows of a table from values to names.
  static func choices(in table: CELMap) -> [Choices.Choice] {
    table.entries.compactMap { entry in
      if case .string(let name) = entry.value {
        Choices.Choice(value: entry.key, name: name, help: nil)
      } else {
        nil
      }
    }
  }

  /// A value in people's words.
  package func name(of value: CELValue) -> String {
    if case .string(let name)? = table?[value] { return name }
    return words.text(of: value, type: type)
  }
}
