package import CEL

/// Which facts each rule may read, whatever the document: what must be decided again after a change.
package struct RuleReads: Sendable {
  private let facts: [Set<FactID>]
  /// The facts that the governing date depends on: with it everything changes.
  private let governing: Set<FactID>
  /// Whether the governing date depends on the date decided for.
  private let governsByToday: Bool
  /// Whether a rule reads the date decided for.
  private let today: [Bool]
  private let vocabulary: Vocabulary
  /// The types that rules are about.
  private let subjectTypes: Set<Int>

  package init(_ policies: PolicySet) {
    vocabulary = policies.vocabulary
    subjectTypes = Set(policies.rules.map(\.subjectType))
    var reader = FactReader(vocabulary: policies.vocabulary)
    let read = policies.rules.map { reader.reads($0.outcomeExpressions) }
    facts = read.map(\.facts)
    today = read.map(\.today)
    (governing, governsByToday) = reader.reads([policies.vocabulary.governingDate])
  }

  /// The rules that may have another outcome with another date decided for, or with other dates at some paths.
  package func rulesReadingToday(or paths: [AttributePath]) -> [Int] {
    let changed = Set(paths.compactMap { vocabulary.factsOnTheWay(of: $0).last?.id })
    if governsByToday || !governing.isDisjoint(with: changed) { return Array(facts.indices) }
    return facts.indices.filter { today[$0] || !facts[$0].isDisjoint(with: changed) }
  }

  /// What a change at a path may make a difference to.
  package func reach(of path: AttributePath, in vocabulary: Vocabulary) -> Reach {
    let way = vocabulary.factsOnTheWay(of: path)
    guard let changed = way.last?.id else { return Reach(isWhole: true) }
    let inside = factsInside(changed)
    let holdsSubjects = inside.contains { $0 != changed && subjectTypes.contains($0.type) }
    return Reach(
      isWhole: holdsSubjects || !governing.isDisjoint(with: inside),
      facts: inside.union(way.map(\.id)),
      lists: Set(
        way.filter { $0.length < path.count && vocabulary.declaration(of: $0.id).type.isList }
          .map(\.id)))
  }

  /// What a change may make a difference to.
  package struct Reach {
    /// Whether it may change which subjects there are, or the governing date.
    package let isWhole: Bool
    /// The fact, those that hold it, and those of the objects that it holds.
    var facts: Set<FactID> = []
    /// The lists that it stands in.
    var lists: Set<FactID> = []
  }

  /// Whether a rule reads a change from other elements of a list than the one that it is in, by way of the
  /// whole list.
  package func readsWholeLists(rule: Int, of reach: Reach) -> Bool {
    !facts[rule].isDisjoint(with: reach.lists)
  }

  /// Whether a rule may have another outcome for any of its subjects.
  package func isAffected(rule: Int, by reach: Reach) -> Bool {
    reach.isWhole || !facts[rule].isDisjoint(with: reach.facts)
  }

  /// A fact, with those of the objects that it holds.
  private func factsInside(_ id: FactID) -> Set<FactID> {
    var found: Set<FactID> = [id]
    var open = [id]
    while let next = open.popLast() {
      guard let type = vocabulary.declaration(of: next).type.innermostObject else { continue }
      for fact in vocabulary.types[type].facts.indices {
        let inner = FactID(type: type, fact: fact)
        if found.insert(inner).inserted { open.append(inner) }
      }
    }
    return found
  }
}

/// Collects the facts that expressions name, through the terms that they use.
private struct FactReader {
  let vocabulary: Vocabulary
  private let typeIndexes: [String: Int]
  private var known: [FieldReference: (facts: Set<FactID>, today: Bool)] = [:]

  init(vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    typeIndexes = vocabulary.types.map(\.name).positions
  }

  mutating func reads(_ expressions: [CheckedExpression]) -> (facts: Set<FactID>, today: Bool) {
    var result: (facts: Set<FactID>, today: Bool) = ([], false)
    for expression in expressions { add(expression, to: &result) }
    return result
  }

  private mutating func add(
    _ expression: CheckedExpression, to result: inout (facts: Set<FactID>, today: Bool)
  ) {
    switch expression.kind {
    case .field(_, let field), .optionalField(_, let field), .hasField(_, let field):
      if let owner = typeIndexes[field.typeName] {
        result.facts.insert(FactID(type: owner, fact: field.index))
      }
    case .derived(_, let field):
      let inside = derived(field)
      result.facts.formUnion(inside.facts)
      result.today = result.today || inside.today
    case .global(GlobalSlot.today, _): result.today = true
    default: break
    }
    for child in expression.children { add(child, to: &result) }
  }

  private mutating func derived(_ field: FieldReference) -> (facts: Set<FactID>, today: Bool) {
    if let found = known[field] { return found }
    guard let type = vocabulary.type(named: field.typeName),
      type.terms.indices.contains(field.index - type.facts.count)
    else { return ([], false) }
    let found = reads([type.terms[field.index - type.facts.count].definition])
    known[field] = found
    return found
  }
}
