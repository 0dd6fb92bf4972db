import CEL

/// Which facts are confidential, and which expressions could tell something of them.
///
/// What an expression could tell is settled by what is written in it and in the terms that it goes through,
/// never by a document: what a viewer is not shown must not depend on the very facts that are kept from them.
struct Confidentiality: Sendable {
  /// The facts that are marked.
  private var marked: Set<FieldReference> = []
  /// The facts that are marked, and all facts of what stands inside of them.
  private var facts: Set<FieldReference> = []
  /// The names of these facts, by their types' names.
  private var names: [String: Set<String>] = [:]
  /// The confidential facts that a whole value of a type holds, however deep, by the type's name.
  private var factsInside: [String: Set<FieldReference>] = [:]
  /// The confidential facts that a term could tell something of.
  private var factsOfTerms: [FieldReference: Set<FieldReference>] = [:]

  /// What the declarations of types mark, with the definitions of their terms.
  init(
    types: [(name: String, facts: [VocabularyType.Fact])],
    definitions: [FieldReference: CheckedExpression]
  ) {
    let fields = types.map { type in
      type.facts.enumerated().map { index, fact in
        Field(
          reference: FieldReference(typeName: type.name, index: index, name: fact.name),
          target: fact.expressionType.objectName, isMarked: fact.isConfidential)
      }
    }
    let byType = Dictionary(zip(types.map(\.name), fields)) { first, _ in first }
    marked = Set(fields.joined().filter(\.isMarked).map(\.reference))
    // What stands inside of something confidential is confidential, whichever way it is reached.
    var open = fields.joined().filter(\.isMarked)
    while let field = open.popLast() {
      guard facts.insert(field.reference).inserted else { continue }
      open += field.target.flatMap { byType[$0] } ?? []
    }
    for fact in facts { names[fact.typeName, default: []].insert(fact.name) }
    for type in types {
      var passed: Set<String> = []
      var pending = [type.name]
      while let name = pending.popLast() {
        guard passed.insert(name).inserted else { continue }
        pending += (byType[name] ?? []).compactMap(\.target)
      }
      factsInside[type.name] = facts.filter { passed.contains($0.typeName) }
    }
    // Terms go through one another, in no circles: each round reaches one step further.
    var isGrowing = !facts.isEmpty
    while isGrowing {
      isGrowing = false
      for (term, definition) in definitions {
        let found = facts(readBy: definition)
        if found != factsOfTerms[term, default: []] {
          factsOfTerms[term] = found
          isGrowing = true
        }
      }
    }
  }

  private struct Field {
    let reference: FieldReference
    let target: String?
    let isMarked: Bool
  }

  /// Whether any fact is confidential.
  var isEmpty: Bool { facts.isEmpty }

  /// Whether a fact is confidential, by itself or for what it stands in.
  func contains(_ fact: String, ofType type: String) -> Bool {
    names[type]?.contains(fact) ?? false
  }

  /// Those of some confidential facts that are marked; all of them where what they stand in is not among them.
  func outermost(of facts: Set<FieldReference>) -> Set<FieldReference> {
    let outermost = facts.intersection(marked)
    return outermost.isEmpty ? facts : outermost
  }

  /// The confidential facts that an expression's value could tell something of.
  func facts(readBy expression: CheckedExpression) -> Set<FieldReference> {
    guard !facts.isEmpty else { return [] }
    var found: Set<FieldReference> = []
    collect(expression, isWhole: true, into: &found)
    return found
  }

  /// The facts of a type whose facts are all confidential, as where its values stand in a confidential fact: then
  /// even how many values there are is.
  func facts(if type: VocabularyType) -> Set<FieldReference> {
    let own = facts.filter { $0.typeName == type.name }
    return own.count == type.facts.count ? own : []
  }

  /// Whether what stands at a path is confidential, or holds something that is.
  func touches(_ path: AttributePath, in vocabulary: Vocabulary) -> Bool {
    let way = vocabulary.factsOnTheWay(of: path)
    let isInside = way.contains { fact in
      contains(
        vocabulary.declaration(of: fact.id).name, ofType: vocabulary.types[fact.id.type].name)
    }
    guard !isInside, let last = way.last else { return true }
    guard let inside = vocabulary.declaration(of: last.id).type.innermostObject else {
      return false
    }
    return !(factsInside[vocabulary.types[inside].name] ?? []).isEmpty
  }

  /// One confidential fact that an expression could tell something of, such as `Student.grades`.
  func firstFact(readBy expression: CheckedExpression) -> String? {
    facts(readBy: expression).map { "\($0.typeName).\($0.name)" }.min()
  }

  /// Collects the confidential facts that a node could tell something of.
  ///
  /// An object is a whole where something is made of all of it, such as a comparison; elsewhere its facts
  /// count where they are selected.
  private func collect(
    _ node: CheckedExpression, isWhole: Bool, into found: inout Set<FieldReference>
  ) {
    // Selections can be followed only as far as the types are known.
    let isWhole = isWhole || node.type.objectName == nil
    if isWhole, let name = node.type.objectName { found.formUnion(factsInside[name] ?? []) }
    switch node.kind {
    case .field(let operand, let field), .hasField(let operand, let field),
      .optionalField(let operand, let field):
      if facts.contains(field) { found.insert(field) }
      collect(operand, isWhole: false, into: &found)
    case .derived(let operand, let field):
      found.formUnion(factsOfTerms[field] ?? [])
      collect(operand, isWhole: false, into: &found)
    case .comprehension(let comprehension):
      collect(comprehension.range, isWhole: false, into: &found)
      if let start = comprehension.start { collect(start, isWhole: isWhole, into: &found) }
      if let predicate = comprehension.predicate {
        collect(predicate, isWhole: true, into: &found)
      }
      if let transform = comprehension.transform {
        collect(transform, isWhole: isWhole, into: &found)
      }
    case .bind(_, _, let value, let body), .optionalMap(let value, _, _, let body, _):
      collect(value, isWhole: false, into: &found)
      collect(body, isWhole: isWhole, into: &found)
    case .call(_, let overloads, let arguments):
      let handsOn = !overloads.isEmpty && overloads.allSatisfy(\.handsOn)
      let isResultWhole = isWhole && node.type.objectName != nil
      for argument in arguments {
        collect(argument, isWhole: !handsOn || isResultWhole, into: &found)
      }
    case .conditional(let condition, let then, let otherwise):
      collect(condition, isWhole: true, into: &found)
      collect(then, isWhole: isWhole, into: &found)
      collect(otherwise, isWhole: isWhole, into: &found)
    case .list(let elements):
      for element in elements { collect(element.value, isWhole: isWhole, into: &found) }
    case .constant, .global, .local, .member, .hasMember, .optionalMember, .not, .and, .or, .map,
      .unresolved, .error:
      for child in node.children { collect(child, isWhole: true, into: &found) }
    }
  }
}

extension CELType {
  /// The object type that values are, or are lists or optionals of; nil for other values.
  fileprivate var objectName: String? {
    switch self {
    case .object(let name): name
    case .list(let element), .optional(let element): element.objectName
    default: nil
    }
  }
}
