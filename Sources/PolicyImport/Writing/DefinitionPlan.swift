/// A table or an expression as it is written in policies: with the names of what is made of it.
struct DefinitionPlan {
  let definition: ImportedDefinition
  /// The names of the terms that say whether each row applies.
  let rowTerms: [String]
  /// The id of the decision; nil where nothing could fail it.
  let decision: String?
  /// The rules that can fail the decision.
  let rules: [Rule]

  /// A rule that is made of a definition.
  struct Rule {
    enum Kind: Equatable {
      /// Some row applies.
      case someRow
      /// No two rows apply.
      case oneRow
      /// Rows that apply together give the same; by pairs that don't.
      case agreeing([[Int]])
      /// The value of an output is true.
      case isTrue(output: Int)
      /// The value of an output is the one that passes.
      case isValue(output: Int, ForeignValue)
    }

    let id: String
    let kind: Kind
  }

  /// The same with the names that rows have in the end.
  func renamed(by names: FactNames) -> DefinitionPlan {
    DefinitionPlan(
      definition: definition, rowTerms: rowTerms.map { names.terms[$0] ?? $0 },
      decision: decision, rules: rules)
  }

  /// The rules that a case violates; nil where that is not known.
  func violated(by result: TableResult?, values: [String: ForeignValue]) -> [String]? {
    var violated: [String] = []
    for rule in rules {
      guard let isKept = isKept(rule.kind, result, values) else { return nil }
      if !isKept { violated.append(rule.id) }
    }
    return violated
  }

  private func isKept(
    _ kind: Rule.Kind, _ result: TableResult?, _ values: [String: ForeignValue]
  ) -> Bool? {
    switch kind {
    case .someRow: return result.map { !$0.rows.isEmpty }
    case .oneRow: return result.map { $0.rows.count <= 1 }
    case .agreeing(let pairs):
      return result.map { result in
        !pairs.contains { result.hits[$0[0]] && result.hits[$0[1]] }
      }
    case .isTrue(let output):
      guard case .bool(let flag)? = values[definition.outputs[output].term] else { return nil }
      return flag
    case .isValue(let output, let wanted):
      return values[definition.outputs[output].term].map { $0 == wanted }
    }
  }
}
