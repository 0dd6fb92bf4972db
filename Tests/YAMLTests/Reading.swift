import Diagnostics
import YAML

/// What reading a text gives.
struct Reading {
  let documents: [YAMLNode]
  let diagnostics: [Diagnostic]

  /// Reads a text, under a name that messages then give.
  init(_ text: String, limits: YAMLLimits = YAMLLimits()) {
    self.init(Array(text.utf8), limits: limits)
  }

  /// Reads bytes, which need not be UTF-8.
  init(_ bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) {
    var diagnostics: [Diagnostic] = []
    documents = YAMLReader.read(
      Source(name: "t.yaml", bytes: bytes), limits: limits, into: &diagnostics)
    self.diagnostics = diagnostics
  }

  /// The first document.
  var document: YAMLNode? { documents.first }
  /// The codes of the diagnostics, in their order.
  var codes: [String] { diagnostics.map(\.code.rawValue) }
}

extension YAMLNode {
  /// The value of the first entry, or the first element.
  var first: YAMLNode? { entries?.first?.value ?? elements?.first }

  /// The node and all below it, keys included, in the order of the text.
  var subtree: [YAMLNode] {
    var nodes = [self]
    for element in elements ?? [] { nodes += element.subtree }
    for entry in entries ?? [] { nodes += entry.key.subtree + entry.value.subtree }
    return nodes
  }
}
