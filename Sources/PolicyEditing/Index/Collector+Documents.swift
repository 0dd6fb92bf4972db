import CEL
import Diagnostics
import PolicyEngine
import YAML

/// Session documents, and values of a known type.
extension Collector {
  /// Notes the facts and cases that a document names.
  mutating func document(_ node: YAMLNode) {
    value(node, as: .object(vocabulary.documentType))
  }

  /// Notes what a value of a document names.
  mutating func value(_ node: YAMLNode, as type: FactSchema.ValueType) {
    switch type {
    case .enumeration(let index):
      enumerationCase(node, of: vocabulary.enumerations[index])
    case .list(let element): for item in node.elements ?? [] { value(item, as: element) }
    case .object(let index):
      let owner = vocabulary.types[index]
      for entry in node.entries ?? [] {
        guard let name = entry.key.scalar?.text,
          let fact = owner.facts.first(where: { $0.name == name })
        else { continue }
        add(Symbol(.fact, name, of: owner.name), in: entry.key)
        value(entry.value, as: fact.type)
      }
    default: break
    }
  }

  /// Notes the cases in a constant of a type.
  mutating func constant(_ node: YAMLNode, as type: CELType) {
    switch type {
    case .enumeration(let name):
      if let enumeration = vocabulary.enumeration(named: name) {
        enumerationCase(node, of: enumeration)
      } else if name == "decision" {
        decision(node)
      }
    case .list(let element), .optional(let element):
      if let items = node.elements {
        for item in items { constant(item, as: element) }
      } else {
        constant(node, as: element)
      }
    case .map(let key, let value):
      for entry in node.entries ?? [] {
        constant(entry.key, as: key)
        constant(entry.value, as: value)
      }
    default: break
    }
  }

  private mutating func enumerationCase(_ node: YAMLNode, of enumeration: Enumeration) {
    guard let text = node.scalar?.text, enumeration.label(of: text) != nil else { return }
    add(Symbol(.enumerationCase, text, of: enumeration.name), in: node)
  }

  /// Notes a decision by its name.
  mutating func decision(_ node: YAMLNode?) {
    guard let node, let name = node.scalar?.text, policies.decisionIndex(named: name) != nil else {
      return
    }
    add(Symbol(.decision, name), in: node)
  }

  /// Notes a rule by its id.
  mutating func rule(_ node: YAMLNode?) {
    guard let node, let id = node.scalar?.text,
      let rule = policies.rules.first(where: { $0.id == id })
    else { return }
    // What comes of a decision's grounds or of its value has its name from the decision.
    if !rule.grounds.isEmpty || rule.given != nil, let decision = rule.decides.first,
      node.scalar?.style == .plain
    {
      let name = policies.decisions[decision].name
      let start = node.range.bytes.lowerBound
      let range = SourceRange(
        source: node.range.source, bytes: start..<start + name.utf8.count)
      return add(Symbol(.decision, name), at: range, .scalar(.plain))
    }
    add(Symbol(.rule, id), in: node)
  }

  /// Notes a type by its name; gives its index.
  @discardableResult
  mutating func type(_ node: YAMLNode?) -> Int? {
    guard let node, let name = node.scalar?.text,
      let index = vocabulary.types.firstIndex(where: { $0.name == name })
    else { return nil }
    add(Symbol(.type, name), in: node)
    return index
  }

  /// Notes the steps of a path to a fact or a term; gives the type of what it leads to, for a fact.
  @discardableResult
  mutating func path(_ node: YAMLNode) -> CELType? {
    guard let text = node.mappedText() else { return nil }
    var type = CELType.object(vocabulary.types[vocabulary.documentType].name)
    var words = Self.words(in: text.bytes).filter { !Self.isPosition($0, in: text.bytes) }[...]
    if words.count > 1, let first = words.first,
      text.bytes[first].elementsEqual(vocabulary.documentName.utf8)
    {
      add(Symbol(.document, vocabulary.documentName), at: text.range(of: first), .name)
      words.removeFirst()
    }
    for word in words {
      while case .list(let element) = type { type = element }
      guard case .object(let owner) = type, let declared = vocabulary.type(named: owner) else {
        return nil
      }
      let name = String(decoding: text.bytes[word], as: UTF8.self)
      if let fact = declared.facts.first(where: { $0.name == name }) {
        add(Symbol(.fact, name, of: owner), at: text.range(of: word), .name)
        type = fact.expressionType
      } else if let term = declared.terms.first(where: { $0.name == name }) {
        add(Symbol(.term, name, of: owner), at: text.range(of: word), .name)
        type = term.definition.type
      } else {
        return nil
      }
    }
    // `list[0]` and `list[+]` lead to an element.
    if text.bytes.last == UInt8(ascii: "]"), case .list(let element) = type { type = element }
    return type
  }

  private static func isPosition(_ word: Range<Int>, in bytes: [UInt8]) -> Bool {
    word.lowerBound > 0 && bytes[word.lowerBound - 1] == UInt8(ascii: "[")
  }

  /// Notes what a value of a type of the expression language names, as a fact of a document has it.
  mutating func value(_ node: YAMLNode, asFact type: CELType) {
    switch type {
    case .object(let name):
      if let index = vocabulary.types.firstIndex(where: { $0.name == name }) {
        value(node, as: .object(index))
      }
    case .list(let element): for item in node.elements ?? [] { value(item, asFact: element) }
    default: constant(node, as: type)
    }
  }
}
