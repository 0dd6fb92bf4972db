package import Diagnostics
package import YAML

/// A mapping of a policy file that may have certain keys only, read key by key.
package struct MappingReader {
  /// The mapping.
  package let node: YAMLNode
  /// What the mapping is, in messages: `a rule`.
  package let what: String
  private let entries: [String: YAMLEntry]
  /// The known keys behind whose values a comma starts what is not a key.
  private let cutKeys: Set<String>

  /// Reads a node that must be a mapping with no keys but the given ones; nil when it is not a mapping.
  package init?(
    _ node: YAMLNode, what: String, keys: [String], into diagnostics: inout [Diagnostic]
  ) {
    guard let pairs = Self.pairs(of: node, what: what, into: &diagnostics) else { return nil }
    var entries: [String: YAMLEntry] = [:]
    var cutKeys: Set<String> = []
    var lastKnown: (key: String, value: YAMLNode)?
    for (key, entry) in pairs {
      if keys.contains(key) {
        entries[key] = entry
        lastKnown = (key, entry.value)
      } else if let lastKnown, lastKnown.value.trap() != nil {
        // What a trap cut off the value before is not a key that anybody meant.
        cutKeys.insert(lastKnown.key)
      } else {
        diagnostics.append(.unknownKey(key, of: what, known: keys, at: entry.key.range))
      }
    }
    self.cutKeys = cutKeys
    self.node = node
    self.what = what
    self.entries = entries
  }

  /// The keys and entries of a node that must be a mapping with texts as keys, in order.
  package static func pairs(
    of node: YAMLNode, what: String, into diagnostics: inout [Diagnostic]
  ) -> [(key: String, entry: YAMLEntry)]? {
    guard case .mapping(let entries) = node.content else {
      diagnostics.append(.wrongKind(of: what, expected: "a mapping (key: value)", found: node))
      return nil
    }
    var first: [String: SourceRange] = [:]
    return entries.compactMap { entry in
      guard case .scalar(let scalar) = entry.key.content else {
        diagnostics.append(.wrongKind(of: "a key of \(what)", expected: "a text", found: entry.key))
        return nil
      }
      // YAML tells 1 from "1", and é from é written with a combining accent; people don't.
      if let first = first.updateValue(entry.key.range, forKey: scalar.text) {
        diagnostics.append(.duplicate("'\(scalar.text)'", at: entry.key.range, first: first))
        return nil
      }
      return (scalar.text, entry)
    }
  }

  /// Where a key stands; nil where it is missing.
  func range(ofKey key: String) -> SourceRange? { entries[key]?.key.range }

  /// Whether the mapping has a key.
  package func has(_ key: String) -> Bool { entries[key] != nil }

  /// The value of a key that may be missing; a key without a value is a mistake.
  package func optionalNode(_ key: String, into diagnostics: inout [Diagnostic]) -> YAMLNode? {
    guard let entry = entries[key] else { return nil }
    if case .scalar(let scalar) = entry.value.content, scalar.value == .null, scalar.text.isEmpty {
      // An alias of nothing is not a value either, but that has been said.
      guard entry.value.range.bytes.isEmpty else { return nil }
      diagnostics.append(
        entry.value.trap()?.diagnostic ?? .missingValue(ofKey: key, at: entry.key.range))
      return nil
    }
    // A text may well have one bracket; that a comma ended it shows only where no key follows.
    if let trap = entry.value.trap(), trap.kind != .flowIndicator || cutKeys.contains(key) {
      diagnostics.append(trap.diagnostic)
      return nil
    }
    return entry.value
  }

  /// The value of a key that must be there.
  package func requiredNode(_ key: String, into diagnostics: inout [Diagnostic]) -> YAMLNode? {
    guard has(key) else {
      diagnostics.append(.missingKey(key, of: what, at: node.range))
      return nil
    }
    return optionalNode(key, into: &diagnostics)
  }

  /// The text of a key that may be missing.
  package func optionalText(_ key: String, into diagnostics: inout [Diagnostic]) -> String? {
    optionalNode(key, into: &diagnostics).flatMap {
      Self.text(of: $0, what: "'\(key)'", into: &diagnostics)
    }
  }

  /// The text of a key that must be there.
  package func requiredText(_ key: String, into diagnostics: inout [Diagnostic]) -> String? {
    requiredNode(key, into: &diagnostics).flatMap {
      Self.text(of: $0, what: "'\(key)'", into: &diagnostics)
    }
  }

  /// True or false of a key; false where it is missing.
  package func flag(_ key: String, into diagnostics: inout [Diagnostic]) -> Bool {
    guard let node = optionalNode(key, into: &diagnostics) else { return false }
    if case .scalar(let scalar) = node.content, case .bool(let value) = scalar.value {
      return value
    }
    diagnostics.append(.notTrueOrFalse(key, at: node))
    return false
  }

  /// The texts of a key whose value is a list of texts, or one text; empty where it is missing.
  package func texts(
    _ key: String, into diagnostics: inout [Diagnostic]
  ) -> [(text: String, range: SourceRange)] {
    guard let node = optionalNode(key, into: &diagnostics) else { return [] }
    let items = if case .sequence(let items) = node.content { items } else { [node] }
    var first: [String: SourceRange] = [:]
    return items.compactMap { item in
      guard let text = Self.text(of: item, what: "an item of '\(key)'", into: &diagnostics) else {
        return nil
      }
      if let first = first.updateValue(item.range, forKey: text) {
        diagnostics.append(.duplicate("'\(text)' under '\(key)'", at: item.range, first: first))
        return nil
      }
      return (text, item.range)
    }
  }

  /// The text of a node that must be a scalar and not null.
  package static func text(
    of node: YAMLNode, what: String, into diagnostics: inout [Diagnostic]
  ) -> String? {
    guard case .scalar(let scalar) = node.content, scalar.value != .null else {
      diagnostics.append(.wrongKind(of: what, expected: "a text", found: node))
      return nil
    }
    return scalar.text
  }
}
