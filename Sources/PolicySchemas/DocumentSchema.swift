import Diagnostics
import PolicyEngine

/// The schema of documents, as a vocabulary declares them.
struct DocumentSchema {
  let vocabulary: Vocabulary

  var file: Schema {
    let definitions = vocabulary.types.map { ($0.name, object($0)) }
    let type = vocabulary.types[vocabulary.documentType]
    return Schema.same(as: type.name)
      .file(title: type.label ?? type.name, definitions: definitions)
  }

  private func object(_ type: VocabularyType) -> Schema {
    Schema.object(
      type.facts.map { fact in
        let value = schema(of: fact)
        let schema = fact.isOptional ? value.orNull : value
        return (fact.name, schema.described(description(of: fact)))
      }, required: type.facts.filter { !$0.isOptional }.map(\.name)
    ).described(type.label)
  }

  private func description(of fact: VocabularyType.Fact) -> String? {
    let words = [fact.label, fact.changedBy.map { "changed by: \($0)" }].compactMap(\.self)
    return words.isEmpty ? nil : words.joined(separator: "; ")
  }

  private func schema(of fact: VocabularyType.Fact) -> Schema {
    guard case .list(let element) = fact.type else { return schema(of: fact.type) }
    return .list(of: schema(of: element), atMost: fact.atMost)
  }

  private func schema(of type: FactSchema.ValueType) -> Schema {
    switch type {
    case .bool: .boolean
    case .int: .number(isWhole: true)
    case .double: .number(isWhole: false)
    case .decimal, .money: .any([.number(isWhole: false), .string(pattern: TextForm.decimal)])
    case .string, .duration: .string()
    case .date: .string(pattern: TextForm.date)
    case .timestamp: .string(pattern: TextForm.timestamp)
    case .enumeration(let index):
      .oneOf(vocabulary.enumerations[index].cases.map { ($0.value, $0.label) })
    case .object(let index): .reference(vocabulary.types[index].name)
    case .list(let element): .list(of: schema(of: element))
    }
  }
}
