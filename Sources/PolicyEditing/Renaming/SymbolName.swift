package import PolicyEngine

/// A symbol as a person names it: `subject`, `Encounter.subject`, `fact:encounter.subject`.
package struct SymbolName: Sendable {
  /// The kind asked for; nil where none is.
  package let kind: Symbol.Kind?
  /// The name, with its owner's where that is given.
  package let name: String

  /// The name in a text.
  package init(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2, let kind = Symbol.Kind(rawValue: String(parts[0])) {
      self.kind = kind
      name = String(parts[1])
    } else {
      kind = nil
      name = text
    }
  }

  /// Whether a symbol is meant; a type may be called as its values are in rules, `encounter.subject`.
  package func matches(_ symbol: Symbol, in vocabulary: Vocabulary) -> Bool {
    if let kind, kind != symbol.kind { return false }
    if name == symbol.name || name == symbol.qualifiedName { return true }
    guard let owner = symbol.owner, let type = vocabulary.type(named: owner) else { return false }
    return name == "\(type.variable).\(symbol.name)"
  }
}
