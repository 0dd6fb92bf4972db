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
    /// The last fact on the path; nil for the document itself.
    var id: FactID?
    /// The declaration of that.
    var declaration: VocabularyType.Fact?
    /// The type of what is found; nil for the document itself.
    var type: CELType?
    /// The objects passed on the way, the document first.
    var objects: [any CELObject] = []
  }

  /// What the document has at a path, and the fact's declaration.
  func find(_ path: AttributePath) -> Result {
    guard let parent = path.parent, let step = path.last else { return root }
    return find(step, in: find(parent))
  }

  /// The document.
  var root: Result { Result(state: .value(.object(document))) }

  /// What is found one step further from something that was found.
  func find(_ step: AttributePath.Step, in holder: Result) -> Result {
    guard case .value(let value) = holder.state else { return holder }
    var result = holder
    switch (step, value) {
    case (.field(let name), .object(let object)):
      guard let type = vocabulary.types.firstIndex(where: { $0.name == object.typeName }),
        let index = vocabulary.types[type].facts.firstIndex(where: { $0.name == name })
      else { return Result(state: .missing) }
      let declaration = vocabulary.types[type].facts[index]
      result.id = FactID(type: type, fact: index)
      result.declaration = declaration
      result.type = declaration.expressionType
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
    return result
  }
}
