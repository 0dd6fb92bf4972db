import Diagnostics
import YAML

/// A YAML node rewritten as JSON text that remembers where each part was written.
///
/// So one decoder reads documents of both formats, and no check can be forgotten for one of them.
struct YAMLTranscript {
  /// The JSON text.
  private(set) var text: [UInt8] = []
  private var entries: [FactTextMap.Entry] = []
  private let document: SourceRange
  /// Keys that are lists or mappings, which no JSON text can have.
  private(set) var unusableKeys: [SourceRange] = []

  /// The transcript of a document.
  init(_ document: YAMLNode) {
    self.document = document.range
    write(document, depth: 0)
  }

  /// Where the parts of the text were written.
  var map: FactTextMap { .entries(entries, document: document) }

  private mutating func write(_ node: YAMLNode, depth: Int) {
    switch node.content {
    case .sequence where depth >= JSONScanner.maximumDepth,
      .mapping where depth >= JSONScanner.maximumDepth:
      // What is in it doesn't matter: decoding refuses the list itself.
      note(node, text: nil)
      text += "[]".utf8
    case .scalar(let scalar):
      note(node, text: scalar.text)
      write(scalar)
    case .sequence(let elements):
      note(node, text: nil)
      text.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        write(element, depth: depth + 1)
      }
      text.append(UInt8(ascii: "]"))
    case .mapping(let members):
      note(node, text: nil)
      text.append(UInt8(ascii: "{"))
      var isFirst = true
      for member in members {
        guard case .scalar(let key) = member.key.content else {
          unusableKeys.append(member.key.range)
          continue
        }
        if !isFirst { text.append(UInt8(ascii: ",")) }
        isFirst = false
        note(member.key, text: key.text)
        write(string: key.text)
        text.append(UInt8(ascii: ":"))
        write(member.value, depth: depth + 1)
      }
      text.append(UInt8(ascii: "}"))
    }
  }

  private mutating func note(_ node: YAMLNode, text written: String?) {
    entries.append(FactTextMap.Entry(offset: text.count, range: node.range, text: written))
  }

  private mutating func write(_ scalar: YAMLScalar) {
    switch scalar.value {
    case .null: text += "null".utf8
    case .bool(let value): text += (value ? "true" : "false").utf8
    case .int(let value): text += String(value).utf8
    // As it is written where JSON writes it so: a decimal then has all its digits.
    case .float(let value) where value.isFinite:
      text += scalar.text.isJSONNumber ? Array(scalar.text.utf8) : Array("\(value)".utf8)
    // JSON has no such numbers: as a string, it is refused wherever a number must be.
    case .float: write(string: scalar.text)
    case .string(let value): write(string: value)
    }
  }

  private mutating func write(string: String) {
    text.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
      case 0..<0x20: text += "\\u\(String(0x10000 + Int(byte), radix: 16).dropFirst())".utf8
      default: text.append(byte)
      }
    }
    text.append(UInt8(ascii: "\""))
  }
}

extension String {
  /// Whether the text is a number in JSON, with digits around a point and no exponent.
  fileprivate var isJSONNumber: Bool {
    wholeMatch(of: /-?(0|[1-9][0-9]*)\.[0-9]+/) != nil
  }
}
