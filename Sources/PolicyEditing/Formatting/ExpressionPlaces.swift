import Diagnostics
import YAML

/// Where files have expressions, told by the keys alone: a file can be laid out whatever mistakes there are in it.
struct ExpressionPlaces {
  /// An expression with the node under whose key it stands, and the column from which its block is indented.
  struct Place {
    let node: YAMLNode
    /// The key, or the label of a part of a condition; nil for an item of a list.
    let key: YAMLNode?
  }

  private(set) var places: [Place] = []
  /// The texts that may have expressions in braces.
  private(set) var texts: [YAMLNode] = []

  /// The expressions of the documents of a file.
  init(in documents: [YAMLNode]) {
    for document in documents { file(document) }
  }

  private mutating func file(_ file: YAMLNode) {
    for key in ["governedBy", "identifiedBy", "belongsTo", "minutes", "row"] {
      expression(key, of: file)
    }
    for type in file["types"]?.entries ?? [] { typeDeclaration(type.value) }
    for rule in file["rules"]?.elements ?? [] {
      text("because", of: rule)
      text("fix", of: rule)
      if let fix = rule["fix"] { text("do", of: fix) }
      for key in ["when", "unless", "require"] { condition(key, of: rule) }
      if let fix = rule["fix"] { expression("by", of: fix) }
    }
    for list in ["totals", "by", "columns"] {
      for item in file[list]?.elements ?? [] {
        for key in ["value", "sum", "facts"] { expression(key, of: item) }
      }
    }
  }

  private mutating func typeDeclaration(_ type: YAMLNode) {
    text("summary", of: type)
    for term in type["terms"]?.entries ?? [] {
      if term.value.scalar != nil { add(term.value, key: term.key) }
      expression("is", of: term.value)
    }
    for fact in type["facts"]?.entries ?? [] {
      for key in ["choices", "names"] { expression(key, of: fact.value) }
      condition("shownWhen", of: fact.value)
      for change in fact.value["changes"]?.entries ?? [] {
        if change.value.scalar != nil { add(text: change.value) }
        for key in ["do", "if", "loses"] { text(key, of: change.value) }
        for effect in change.value["alsoSets"]?.items ?? [] {
          for key in ["each", "to"] { expression(key, of: effect) }
          condition("when", of: effect)
        }
      }
    }
  }

  private mutating func expression(_ key: String, of node: YAMLNode) {
    guard let entry = node.entries?.first(where: { $0.key.string == key }),
      entry.value.scalar != nil
    else { return }
    add(entry.value, key: entry.key)
  }

  private mutating func text(_ key: String, of node: YAMLNode) {
    if let value = node[key], value.scalar != nil { add(text: value) }
  }

  private mutating func add(text node: YAMLNode) {
    if node.isWrittenHere, !node.range.bytes.isEmpty { texts.append(node) }
  }

  private mutating func condition(_ key: String, of node: YAMLNode) {
    guard let entry = node.entries?.first(where: { $0.key.string == key }) else { return }
    condition(entry.value, key: entry.key)
  }

  private mutating func condition(_ node: YAMLNode, key: YAMLNode?) {
    switch node.content {
    case .scalar: add(node, key: key)
    case .sequence(let items): for item in items { condition(item, key: nil) }
    case .mapping(let entries): for entry in entries { condition(entry.value, key: entry.key) }
    }
  }

  private mutating func add(_ node: YAMLNode, key: YAMLNode?) {
    // What an alias stands for is laid out where it is written.
    guard node.isWrittenHere, !node.range.bytes.isEmpty else { return }
    places.append(Place(node: node, key: key))
  }
}

extension YAMLNode {
  /// Whether the content is written at the node's own place, and not that of an anchor.
  var isWrittenHere: Bool {
    range.bytes.lowerBound <= contentRange.bytes.lowerBound
      && contentRange.bytes.upperBound <= range.bytes.upperBound
  }

  /// Whether a list or mapping is written in brackets.
  var isFlow: Bool {
    let bytes = contentRange.bytes
    guard scalar == nil, !bytes.isEmpty else { return false }
    let first = range.source.bytes[bytes.lowerBound]
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }
}
