import Diagnostics
import YAML

extension FactDocument {
  /// The document as nodes that can be changed and read again, each where it was written.
  var tree: YAMLNode? {
    DocumentTree.root(
      of: paddedText, map: places?.map ?? .source(Source(name: "", bytes: Array(text))))
  }
}

/// Reads a document's JSON text as the nodes that its author wrote, so that it can be changed.
///
/// Only texts that were decoded are read again, so that whatever they hold is JSON.
struct DocumentTree {
  private var scanner: JSONScanner
  private var scratch: [UInt8] = []
  private let map: FactTextMap

  /// The document in a JSON text, with padding, that stands in what the map tells.
  static func root(of padded: [UInt8], map: FactTextMap) -> YAMLNode? {
    PaddedBytes.with(padded) { text in
      var tree = DocumentTree(text, map: map)
      return try? tree.value()
    }
  }

  private init(_ text: PaddedBytes, map: FactTextMap) {
    self.map = map
    scanner = JSONScanner(text)
    scanner.enterDocument()
  }

  private mutating func value() throws(JSONSyntaxError) -> YAMLNode {
    let start = scanner.offset
    let content: YAMLNode.Content
    switch scanner.byte {
    case UInt8(ascii: "{"): content = .mapping(try entries())
    case UInt8(ascii: "["): content = .sequence(try elements())
    case UInt8(ascii: "\""): content = .scalar(Self.scalar(try string(), written(at: start)))
    default: content = .scalar(try plainScalar(from: start))
    }
    return YAMLNode(content: content, range: map.sourceRange(of: start..<scanner.offset))
  }

  private mutating func entries() throws(JSONSyntaxError) -> [YAMLEntry] {
    var entries: [YAMLEntry] = []
    guard try scanner.enterObject() else { return entries }
    repeat {
      let place = map.sourceRange(of: try scanner.rangeOfString())
      let key = Self.scalar(try key(), nil)
      let value = try value()
      entries.append(
        YAMLEntry(key: YAMLNode(content: .scalar(key), range: place), value: value))
    } while try scanner.nextMember()
    return entries
  }

  private mutating func elements() throws(JSONSyntaxError) -> [YAMLNode] {
    var elements: [YAMLNode] = []
    guard try scanner.enterArray() else { return elements }
    repeat { elements.append(try value()) } while try scanner.nextElement()
    return elements
  }

  private mutating func plainScalar(from start: Int) throws(JSONSyntaxError) -> YAMLScalar {
    try scanner.skipValue(depth: 0, scratch: &scratch)
    let text = unsafe String(
      decoding: scanner.bytes(start..<scanner.offset), as: UTF8.self)
    let value: YAMLScalar.Value =
      switch text {
      case "null": .null
      case "true": .bool(true)
      case "false": .bool(false)
      default: Int64(text).map { .int($0) } ?? .float(Double(text) ?? .nan)
      }
    return YAMLScalar(text: written(at: start) ?? text, style: .plain, value: value)
  }

  private mutating func string() throws(JSONSyntaxError) -> String {
    decoded(try scanner.string(into: &scratch))
  }

  private mutating func key() throws(JSONSyntaxError) -> String {
    decoded(try scanner.key(scratch: &scratch))
  }

  private mutating func decoded(_ string: JSONString) -> String {
    defer { scratch.removeAll(keepingCapacity: true) }
    return String(decoding: string.bytes(in: scanner, decoded: scratch), as: UTF8.self)
  }

  private func written(at offset: Int) -> String? { map.written(at: offset) }

  private static func scalar(_ text: String, _ written: String?) -> YAMLScalar {
    YAMLScalar(text: written ?? text, style: .doubleQuoted, value: .string(text))
  }
}
