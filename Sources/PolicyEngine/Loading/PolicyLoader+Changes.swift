import CEL
import Diagnostics
import YAML

/// What a fact's declaration says of its changes, before there is a scope to read its texts in.
struct FactChangesDeclaration {
  let nature: FactChanges.Nature
  let allowedBy: String?
  let supplied: FactChanges.Supplied?
  let example: YAMLNode?
  let changes: YAMLNode?
}

extension PolicyLoader {
  /// Reads what a fact's declaration says of its changes.
  mutating func loadChanges(
    _ reader: MappingReader, fact name: String, changedBy: String?
  ) -> FactChangesDeclaration {
    let nature = closedWord(
      FactChanges.Nature.self, "nature", of: reader, listing: "a fact is one of")
    let supplied = closedWord(
      FactChanges.Supplied.self, "whenSupplied", of: reader, listing: "it can be")
    let changes = reader.optionalNode("changes", into: &diagnostics)
    if changedBy == nil, let changes {
      diagnostics.append(.changesOfNobody(fact: name, at: changes.range))
    }
    return FactChangesDeclaration(
      nature: nature ?? (changedBy == nil ? .record : .claim),
      allowedBy: loadAllowedBy(reader), supplied: supplied,
      example: reader.optionalNode("example", into: &diagnostics), changes: changes)
  }

  private mutating func loadAllowedBy(_ reader: MappingReader) -> String? {
    guard let node = reader.optionalNode("allowedBy", into: &diagnostics),
      let name = MappingReader.text(of: node, what: "'allowedBy'", into: &diagnostics)
    else { return nil }
    let known = declarations.decisions.map(\.name)
    if !known.contains(name) {
      diagnostics.append(.unknownDecision(name, known: known, at: node.range))
    }
    return name
  }

  private mutating func closedWord<Word: RawRepresentable<String> & CaseIterable>(
    _ type: Word.Type, _ key: String, of reader: MappingReader, listing words: String
  ) -> Word? {
    guard let node = reader.optionalNode(key, into: &diagnostics),
      let text = MappingReader.text(of: node, what: "'\(key)'", into: &diagnostics)
    else { return nil }
    if let word = Word(rawValue: text) { return word }
    diagnostics.append(
      .unknownWord(
        text, key: key, known: Word.allCases.map(\.rawValue), listing: words, at: node.range))
    return nil
  }

  /// Reads the texts and values of what a fact's declaration says of its changes.
  mutating func resolve(
    _ declaration: FactChangesDeclaration, of fact: VocabularyType.Fact, ofType type: Int,
    types: [TypeDeclaration], enumerations: [Enumeration], in scope: ExpressionScope
  ) -> FactChanges {
    if declaration.supplied == .today, fact.expressionType != .date {
      diagnostics.append(.suppliedTodayIsNoDate(fact: fact.name, at: fact.range))
    }
    let example = declaration.example.flatMap {
      constants(enumerations).read($0, as: fact.expressionType, into: &diagnostics)
    }
    let words = declaration.changes.flatMap {
      loadWords($0, of: fact, ofType: type, types: types, in: scope)
    }
    return FactChanges(
      nature: declaration.nature, allowedBy: declaration.allowedBy,
      supplied: declaration.supplied, example: example, words: words)
  }

  /// Reads the ways in which a fact may change, each an action or a mapping with more about it.
  private mutating func loadWords(
    _ node: YAMLNode, of fact: VocabularyType.Fact, ofType type: Int, types: [TypeDeclaration],
    in scope: ExpressionScope
  ) -> [FactChanges.Kind: FactChanges.Words]? {
    guard
      let reader = MappingReader(
        node, what: "'changes'", keys: FactChanges.Kind.allCases.map(\.rawValue),
        into: &diagnostics)
    else { return nil }
    let parser = TemplateParser(
      scope: scope,
      locals: scope.locals(ofType: type) + [
        Environment.Variable(name: ChangeWordVariable.value, type: .string),
        Environment.Variable(name: ChangeWordVariable.subject, type: .string),
      ])
    var words: [FactChanges.Kind: FactChanges.Words] = [:]
    for kind in FactChanges.Kind.allCases where reader.has(kind.rawValue) {
      guard let node = reader.optionalNode(kind.rawValue, into: &diagnostics) else { continue }
      if let obstacle = fact.obstacle(to: kind) {
        diagnostics.append(
          .impossibleChange(kind.rawValue, fact: fact.name, why: obstacle, at: node.range))
      }
      words[kind] = loadWords(node, kind: kind, parser) { effects, diagnostics in
        EffectLoader(types: types, scope: scope, owner: type).load(effects, into: &diagnostics)
      } each: { node, diagnostics in
        Self.caseFact(node, of: fact, types: types, into: &diagnostics)
      }
    }
    return words
  }

  private mutating func loadWords(
    _ node: YAMLNode, kind: FactChanges.Kind, _ parser: TemplateParser,
    effects load: (YAMLNode, inout [Diagnostic]) -> [FactChanges.Effect],
    each find: (YAMLNode, inout [Diagnostic]) -> Int?
  ) -> FactChanges.Words? {
    guard case .mapping = node.content else {
      return parser.parse(node, what: "'\(kind.rawValue)'", into: &diagnostics).map {
        FactChanges.Words(action: $0, condition: nil, loss: nil, effects: [], each: nil)
      }
    }
    guard
      let reader = MappingReader(
        node, what: "'\(kind.rawValue)'", keys: PolicyKeys.change, into: &diagnostics)
    else { return nil }
    func text(_ node: YAMLNode?, _ key: String) -> Template? {
      node.flatMap { parser.parse($0, what: "'\(key)'", into: &diagnostics) }
    }
    let action = text(reader.requiredNode("do", into: &diagnostics), "do")
    let condition = text(reader.optionalNode("if", into: &diagnostics), "if")
    let loss = text(reader.optionalNode("loses", into: &diagnostics), "loses")
    let effects = reader.optionalNode("alsoSets", into: &diagnostics).map {
      load($0, &diagnostics)
    }
    let each = reader.optionalNode("forEach", into: &diagnostics).flatMap {
      find($0, &diagnostics)
    }
    return action.map {
      FactChanges.Words(
        action: $0, condition: condition, loss: loss, effects: effects ?? [], each: each)
    }
  }

  /// The position of the fact that 'forEach' names: one of a closed list, of the object that is given.
  private static func caseFact(
    _ node: YAMLNode, of fact: VocabularyType.Fact, types: [TypeDeclaration],
    into diagnostics: inout [Diagnostic]
  ) -> Int? {
    guard let name = MappingReader.text(of: node, what: "'forEach'", into: &diagnostics) else {
      return nil
    }
    let facts =
      if case .object(let type) = fact.type { types[type].facts } else { [VocabularyType.Fact]() }
    let known = facts.filter { if case .enumeration = $0.type { !$0.isOptional } else { false } }
    if let index = facts.firstIndex(where: { $0.name == name }),
      known.contains(where: { $0.name == name })
    {
      return index
    }
    diagnostics.append(
      .unknownCaseFact(name, of: fact.name, known: known.map(\.name), at: node.range))
    return nil
  }

  /// The role that suggestions are made for; nil where the files name none.
  mutating func loadReader(types: [TypeDeclaration]) -> String? {
    guard let node = declarations.reader,
      let name = MappingReader.text(of: node, what: "'reader'", into: &diagnostics)
    else { return nil }
    let known = types.flatMap(\.facts).compactMap(\.changedBy)
    if !known.contains(name) {
      diagnostics.append(.unknownReader(name, known: known.withoutRepeats(), at: node.range))
    }
    return name
  }
}

extension VocabularyType.Fact {
  /// Why the fact can't change in a way; nil when it can.
  fileprivate func obstacle(to kind: FactChanges.Kind) -> String? {
    let isList = if case .list = type { true } else { false }
    return switch kind {
    case .supply: nil
    case .replace: isList ? "it is a list, which has its elements added and removed" : nil
    case .drop: isOptional ? nil : "it is not optional"
    case .add, .remove: isList ? nil : "it is not a list"
    }
  }
}

extension [String] {
  /// Each text once, in the order met.
  func withoutRepeats() -> [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
