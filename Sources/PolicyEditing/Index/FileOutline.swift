package import Diagnostics
import YAML

/// What stands around a place of a file, from the whole of it inwards.
package struct FileOutline: Sendable {
  /// A node with what it is in: the keys on the way to it.
  package struct Step: Sendable {
    /// Its bytes.
    package let range: Range<Int>
    /// The keys from the top, with `[]` for an item of a list.
    package let path: [String]
    /// Its text, for a scalar.
    package let text: String?
    /// Whether it is a key of a mapping.
    package let isKey: Bool
    /// The keys beside it, for what stands in a mapping.
    package let siblings: [String]
  }

  private let documents: [YAMLNode]

  /// The outline of a file, as far as it is YAML.
  package init(_ source: Source) {
    var mistakes: [Diagnostic] = []
    documents = YAMLReader.read(source, into: &mistakes)
  }

  /// What stands around an offset, the whole first; at the end of a name, too.
  package func steps(at offset: Int) -> [Step] {
    var steps: [Step] = []
    func visit(_ node: YAMLNode, _ path: [String], isKey: Bool, _ siblings: [String]) {
      let bytes = node.range.bytes
      guard bytes.lowerBound <= offset, offset <= bytes.upperBound else { return }
      steps.append(
        Step(
          range: bytes, path: path, text: node.scalar?.text, isKey: isKey, siblings: siblings))
      switch node.content {
      case .scalar: return
      case .sequence(let items): for item in items { visit(item, path + ["[]"], isKey: false, []) }
      case .mapping(let entries):
        let keys = entries.compactMap { $0.key.scalar?.text }
        for entry in entries {
          visit(entry.key, path, isKey: true, keys)
          visit(entry.value, path + [entry.key.scalar?.text ?? ""], isKey: false, keys)
        }
      }
    }
    for document in documents { visit(document, [], isKey: false, []) }
    return steps
  }

  /// The cases and tables of a fixture file: their names, where these stand, and the whole of each.
  package var cases: [(name: String, range: Range<Int>, whole: Range<Int>)] {
    documents.flatMap { $0["cases"]?.elements ?? [] }.compactMap { item in
      guard let name = item["case"] ?? item["table"], let text = name.scalar?.text else {
        return nil
      }
      return (text, name.range.bytes, item.range.bytes)
    }
  }

  /// The lists and mappings that stand on several lines, from their keys or dashes to their last bytes.
  package var blocks: [Range<Int>] {
    var blocks: [Range<Int>] = []
    func visit(_ node: YAMLNode) {
      switch node.content {
      case .scalar: return
      case .sequence(let items):
        for item in items {
          blocks.append(item.range.bytes)
          visit(item)
        }
      case .mapping(let entries):
        for entry in entries {
          let end = max(entry.key.range.bytes.upperBound, entry.value.range.bytes.upperBound)
          blocks.append(entry.key.range.bytes.lowerBound..<end)
          visit(entry.value)
        }
      }
    }
    for document in documents where document.isWrittenHere { visit(document) }
    return blocks
  }
}
