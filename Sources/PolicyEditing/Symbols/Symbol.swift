/// Something that the files of a policy folder declare and call by its name.
package struct Symbol: Hashable, Sendable {
  /// What a symbol is; the raw value is how a person says it.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case document, enumeration
    case enumerationCase = "case"
    case type, fact, term, parameter, decision, rule, exception
  }

  /// What it is.
  package let kind: Kind
  /// The type of a fact or term, the enumeration of a case; nil for what stands by itself.
  package let owner: String?
  /// The name, without its owner's.
  package let name: String

  /// A symbol of the given name.
  package init(_ kind: Kind, _ name: String, of owner: String? = nil) {
    self.kind = kind
    self.owner = owner
    self.name = name
  }

  /// The name with that of its owner, as in `Encounter.subject`.
  package var qualifiedName: String { (owner.map { $0 + "." } ?? "") + name }

  /// The kind and the whole name, by which a symbol can be told from all others: `fact:Encounter.subject`.
  package var specifier: String { "\(kind.rawValue):\(qualifiedName)" }

  /// The symbol with another name.
  package func renamed(_ name: String) -> Symbol { Symbol(kind, name, of: owner) }

  /// The symbol after a rename: under its new name, or with its owner's.
  package func after(renaming old: Symbol, to new: String) -> Symbol {
    if self == old { return renamed(new) }
    let isOwned =
      switch kind {
      case .fact, .term: old.kind == .type
      case .enumerationCase: old.kind == .enumeration
      default: false
      }
    return isOwned && owner == old.name ? Symbol(kind, name, of: new) : self
  }
}

extension Symbol: Comparable {
  package static func < (left: Symbol, right: Symbol) -> Bool {
    (left.kind.rawValue, left.qualifiedName) < (right.kind.rawValue, right.qualifiedName)
  }
}
