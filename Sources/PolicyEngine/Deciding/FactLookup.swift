public import CEL

/// What a document has for a fact.
public enum FactState: Sendable {
  case value(CELValue)
  /// Nothing, which is known: the fact is optional.
  case absent
  /// Nothing, though the document should have it.
  case missing
}

/// Finds facts of a document, and what the vocabulary says of them, by their paths.
struct FactLookup: Sendable {
  let vocabulary: Vocabulary
  let document: any CELObject

  /// What is found at a path.
  struct Result {
    var state: FactState
    /// The declaration of the last fact on the path; nil for the document itself.
    var declaration: VocabularyType.Fact?
    /// The type of what is found; nil for the document itself.
    var type: CELType?
    /// The objects passed on the way, the document first.
    var objects: [any CELObject] = []
  }

  /// What the document has at a path, and the fact's declaration.
  func find(_ path: AttributePath) -> Result {
    var result = Result(state: .value(.object(document)))
    for step in path.steps {
      guard case .value(let value) = result.state else { return result }
      switch (step, value) {
      case (.field(let name), .object(let object)):
        guard let type = vocabulary.type(named: object.typeName),
          let index = type.facts.firstIndex(where: { $0.name == name })
        else { return Result(state: .missing) }
        result.declaration = type.facts[index]
        result.type = type.facts[index].expressionType
        result.objects.append(object)
        switch object.value(ofField: index) {
        case .present(let value): result.state = .value(value)
        case .absent: result.state = .absent
        case .missing: result.state = .missing
        }
      case (.index(let index), .list(let elements)) where elements.indices.contains(index):
        result.state = .value(elements[index])
        if case .list(let element)? = result.type { result.type = element }
      default:
        return Result(state: .missing)
      }
    }
    return result
  }
}
