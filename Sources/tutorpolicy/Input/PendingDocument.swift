import Diagnostics
import PolicyEngine
import YAML

/// A session document that has been found in the input and not been decoded yet, which may be done on any
/// thread.
struct PendingDocument: Sendable {
  private enum Content {
    case json(Source)
    case yaml(YAMLNode)
    /// No document, for the reasons given.
    case nothing([Diagnostic])
  }

  private let content: Content

  /// A JSON text.
  init(json source: Source) { content = .json(source) }

  /// A YAML document.
  init(yaml node: YAMLNode) { content = .yaml(node) }

  /// Something that should have been a document and can't be read as one.
  init(unreadable diagnostics: [Diagnostic]) { content = .nothing(diagnostics) }

  /// How many bytes of JSON it holds until it is decoded; of YAML, the whole file is in memory anyway.
  var byteCount: Int {
    if case .json(let source) = content { source.bytes.count } else { 0 }
  }

  /// The document, or what is wrong with it.
  func read(_ schema: FactSchema) -> (document: FactDocument?, diagnostics: [Diagnostic]) {
    var diagnostics: [Diagnostic] = []
    switch content {
    case .json(let source):
      let document = FactDocument.read(json: source, schema: schema, into: &diagnostics)
      return (document, diagnostics)
    case .yaml(let node):
      let document = FactDocument.read(yaml: node, schema: schema, into: &diagnostics)
      return (document, diagnostics)
    case .nothing(let diagnostics): return (nil, diagnostics)
    }
  }
}
