import CEL
import PolicyEngine

/// Which rules read which terms and parameters, themselves or through terms.
struct PolicyReads {
  /// What an expression reads.
  private struct Reads {
    var terms: Set<FieldReference> = []
    var parameters: Set<Int> = []
    var facts: Set<FieldReference> = []
    var constants: [CELValue] = []

    mutating func formUnion(_ other: Reads) {
      terms.formUnion(other.terms)
      parameters.formUnion(other.parameters)
      facts.formUnion(other.facts)
      constants += other.constants
    }
  }

  private let vocabulary: Vocabulary
  /// What each rule reads, by its index.
  private let rules: [Reads]
  /// What each term reads.
  private let terms: [FieldReference: Reads]
  /// What tells one document from another, and which parameters and rules are in force.
  private let common: Reads

  /// What the expressions of a policy set read; of some rules alone, by their index.
  init(_ policies: PolicySet, ofRules chosen: [Int]? = nil) {
    vocabulary = policies.vocabulary
    var definitions: [FieldReference: CheckedExpression] = [:]
    for type in vocabulary.types {
      for (index, term) in type.terms.enumerated() {
        definitions[type.reference(toTerm: index)] = term.definition
      }
    }
    var known: [FieldReference: Reads] = [:]
    func reads(_ node: CheckedExpression) -> Reads {
      var result = Reads()
      if case .call(_, let overloads, _) = node.kind {
        for slot in overloads.compactMap(\.variable) {
          result.parameters.insert(slot - GlobalSlot.firstParameter)
        }
      }
      if case .global(let slot, _) = node.kind, slot >= GlobalSlot.firstParameter {
        result.parameters.insert(slot - GlobalSlot.firstParameter)
      }
      switch node.kind {
      case .constant(let value): result.constants.append(value)
      case .field(_, let field), .hasField(_, let field), .optionalField(_, let field):
        result.facts.insert(field)
      default: break
      }
      if case .derived(_, let field) = node.kind {
        result.terms.insert(field)
        if let definition = definitions[field] {
          let found = known[field] ?? reads(definition)
          known[field] = found
          result.formUnion(found)
        }
      }
      for child in node.children { result.formUnion(reads(child)) }
      return result
    }
    func reads(_ nodes: [CheckedExpression]) -> Reads {
      nodes.reduce(into: Reads()) { $0.formUnion(reads($1)) }
    }
    let chosen = chosen.map { Set($0) }
    rules = policies.rules.enumerated().map { index, rule in
      chosen?.contains(index) == false ? Reads() : reads(rule.allExpressions)
    }
    terms = definitions.mapValues { reads($0) }
    let vocabulary = vocabulary
    common = reads([vocabulary.governingDate] + (vocabulary.identity.map { [$0] } ?? []))
  }

  /// The rules on which a change can make a difference; nil for any difference whatever.
  func rules(in scope: Mutation.Scope) -> [Int]? {
    switch scope {
    case .policies: return nil
    case .rule(let index), .standing(let index): return [index]
    case .parameter(let index):
      if common.parameters.contains(index) { return nil }
      return rules.indices.filter { rules[$0].parameters.contains(index) }
    case .term(let type, let term):
      let field = vocabulary.types[type].reference(toTerm: term)
      if common.terms.contains(field) { return nil }
      return rules.indices.filter { rules[$0].terms.contains(field) }
    }
  }

  /// The terms and parameters whose values a change can make a difference to, by their names in
  /// expectations.
  func terms(in scope: Mutation.Scope) -> Set<FieldReference> {
    switch scope {
    case .policies, .rule, .standing: return []
    case .parameter(let index):
      return Set(terms.filter { $0.value.parameters.contains(index) }.keys)
    case .term(let type, let term):
      let field = vocabulary.types[type].reference(toTerm: term)
      return Set(terms.filter { $0.value.terms.contains(field) }.keys).union([field])
    }
  }

  /// The facts that rules read, and the constants in them; `rules` are indexes, nil for all.
  func reads(ofRules rules: [Int]?) -> (facts: Set<FieldReference>, constants: [CELValue]) {
    let all = (rules ?? Array(self.rules.indices)).reduce(into: common) {
      $0.formUnion(self.rules[$1])
    }
    return (all.facts, all.constants)
  }

  /// The terms of the document itself among those whose values a change can make a difference to, by
  /// their index.
  func documentTerms(in scope: Mutation.Scope) -> [Int] {
    let type = vocabulary.types[vocabulary.documentType]
    return terms(in: scope).filter { $0.typeName == type.name }.map { $0.index - type.facts.count }
      .sorted()
  }

  /// The facts that the terms read whose values a change can make a difference to, and the constants.
  func reads(ofTerms scope: Mutation.Scope) -> (facts: Set<FieldReference>, constants: [CELValue]) {
    let order = terms(in: scope).sorted { ($0.typeName, $0.index) < ($1.typeName, $1.index) }
    let all = order.reduce(into: Reads()) { $0.formUnion(terms[$1] ?? Reads()) }
    return (all.facts, all.constants)
  }

  /// The values that a parameter has before a change and not after, or after and not before.
  func exchanged(in scope: Mutation.Scope, _ changed: PolicySet) -> [CELValue] {
    guard case .parameter(let index) = scope else { return [] }
    let pieces = [vocabulary, changed.vocabulary].map {
      $0.parameters[index].values.flatMap { $0.value.pieces }
    }
    let keys = pieces.map { Set($0.map(\.key)) }
    return
      (pieces[0].filter { !keys[1].contains($0.key) }
      + pieces[1].filter { !keys[0].contains($0.key) }).flatMap(\.values)
  }

  /// Whether nothing at all reads what was changed, other than what expects its value.
  func isUnread(_ scope: Mutation.Scope) -> Bool {
    rules(in: scope).map(\.isEmpty) ?? false
  }
}

extension VocabularyType {
  /// A term as a field of the type.
  func reference(toTerm index: Int) -> FieldReference {
    FieldReference(typeName: name, index: facts.count + index, name: terms[index].name)
  }
}

extension CELValue {
  /// What the value is made of, each piece with what tells it from others: items of a list, rows of a table.
  fileprivate var pieces: [(key: String, values: [CELValue])] {
    switch self {
    case .list(let elements): elements.flatMap(\.pieces)
    case .map(let map):
      map.entries.map { entry in
        let key = ValueLiteral.text(of: entry.key)
        return (
          "\(key): \(ValueLiteral.text(of: entry.value))",
          [entry.key] + entry.value.pieces.flatMap(\.values)
        )
      }
    default: [(ValueLiteral.text(of: self), [self])]
    }
  }
}
