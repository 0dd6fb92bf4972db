package import Diagnostics

/// A value of a JSON text with the place where it stands, for files that no vocabulary describes.
package struct JSONNode: Sendable {
  /// What a value is.
  package enum Content: Sendable {
    case null
    case bool(Bool)
    /// A number, as it is written.
    case number(String)
    case string(MappedText)
    case array([JSONNode])
    /// The members in their order; no two have the same key.
    case object([(key: String, keyRange: SourceRange, value: JSONNode)])
  }

  /// What it is.
  package let content: Content
  /// Where it stands.
  package let range: SourceRange

  /// The value that a text is; nil, with what is wrong in `diagnostics`, where it is not JSON (RFC 8259).
  ///
  /// Two equal keys in an object are a mistake: which of them counts differs from program to program.
  package static func read(_ source: Source, into diagnostics: inout [Diagnostic]) -> JSONNode? {
    var found: [Diagnostic] = []
    let result = PaddedBytes.withCopy(of: source.bytes) {
      text -> Result<JSONNode, JSONSyntaxError> in
      var builder = JSONNodeBuilder(source: source, scanner: JSONScanner(text))
      do throws(JSONSyntaxError) {
        let node = try builder.document()
        found = builder.diagnostics
        return .success(node)
      } catch {
        return .failure(error)
      }
    }
    diagnostics += found
    switch result {
    case .success(let node): return found.isEmpty ? node : nil
    case .failure(let error):
      diagnostics.append(
        error.diagnostic(in: source.bytes) { SourceRange(source: source, bytes: $0) })
      return nil
    }
  }

  /// The value of a member; nil where there is none, or where it is null.
  package subscript(key: String) -> JSONNode? {
    guard case .object(let members) = content,
      let value = members.first(where: { $0.key == key })?.value
    else { return nil }
    if case .null = value.content { return nil }
    return value
  }

  /// The text of a string; nil for all else.
  package var text: MappedText? {
    guard case .string(let text) = content else { return nil }
    return text
  }

  /// The elements of an array; nil for all else.
  package var elements: [JSONNode]? {
    guard case .array(let elements) = content else { return nil }
    return elements
  }
}

/// Makes nodes of what a scanner goes over.
private struct JSONNodeBuilder {
  let source: Source
  var scanner: JSONScanner
  var diagnostics: [Diagnostic] = []

  init(source: Source, scanner: JSONScanner) {
    self.source = source
    self.scanner = scanner
  }

  mutating func document() throws(JSONSyntaxError) -> JSONNode {
    scanner.enterDocument()
    let node = try value(depth: 0)
    try scanner.finishDocument()
    return node
  }

  private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONNode {
    let start = scanner.offset
    let content: JSONNode.Content
    switch scanner.byte {
    case UInt8(ascii: "{"): content = .object(try members(depth: depth))
    case UInt8(ascii: "["): content = .array(try elements(depth: depth))
    case UInt8(ascii: "\""): content = .string(try string())
    case UInt8(ascii: "t"):
      try scanner.word("true")
      content = .bool(true)
    case UInt8(ascii: "f"):
      try scanner.word("false")
      content = .bool(false)
    case UInt8(ascii: "n"):
      try scanner.word("null")
      content = .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      let number = try scanner.number()
      content = .number(source.text(in: number.range))
    default: throw scanner.unexpected(.value)
    }
    return JSONNode(content: content, range: range(from: start))
  }

  private func range(from start: Int) -> SourceRange {
    SourceRange(source: source, bytes: start..<scanner.offset)
  }

  private mutating func elements(depth: Int) throws(JSONSyntaxError) -> [JSONNode] {
    guard depth < JSONScanner.maximumDepth else { throw scanner.error(.tooDeep) }
    var elements: [JSONNode] = []
    guard try scanner.enterArray() else { return [] }
    repeat { elements.append(try value(depth: depth + 1)) } while try scanner.nextElement()
    return elements
  }

  private mutating func members(
    depth: Int
  ) throws(JSONSyntaxError) -> [(key: String, keyRange: SourceRange, value: JSONNode)] {
    guard depth < JSONScanner.maximumDepth else { throw scanner.error(.tooDeep) }
    var members: [(key: String, keyRange: SourceRange, value: JSONNode)] = []
    var places: [String: SourceRange] = [:]
    guard try scanner.enterObject() else { return [] }
    repeat {
      let start = scanner.offset
      var scratch: [UInt8] = []
      let written = try scanner.key(scratch: &scratch)
      let key = String(decoding: written.bytes(in: scanner, decoded: scratch), as: UTF8.self)
      let keyRange = SourceRange(source: source, bytes: start..<start + 1)
      if let other = places.updateValue(keyRange, forKey: key) {
        diagnostics.append(
          Diagnostic(
            code: .duplicateKey, "the key '\(key)' is given twice", at: keyRange,
            notes: [.init("it is given first here", at: other)]))
      }
      members.append((key, keyRange, try value(depth: depth + 1)))
    } while try scanner.nextMember()
    return members
  }

  /// A string with the places of its characters.
  private mutating func string() throws(JSONSyntaxError) -> MappedText {
    let start = scanner.offset
    var decoded: [UInt8] = []
    let written = try scanner.string(into: &decoded)
    let end = scanner.offset - 1
    let bytes = written.bytes(in: scanner, decoded: decoded)
    let segments =
      written.isDecoded
      ? segments(from: start + 1, to: end)
      : [MappedText.Segment(text: 0, origin: start + 1)]
    return MappedText(bytes: bytes, source: source, segments: segments, originEnd: end)
  }

  /// Which bytes of a text that was scanned belong to which of its characters.
  private func segments(from start: Int, to end: Int) -> [MappedText.Segment] {
    var segments = [MappedText.Segment(text: 0, origin: start)]
    var at = start
    var count = 0
    while at < end {
      guard source.bytes[at] == UInt8(ascii: "\\") else {
        at += 1
        count += 1
        continue
      }
      let (length, bytes) = escape(at: at)
      segments.append(MappedText.Segment(text: count, origin: at, escapeLength: length))
      at += length
      count += bytes
      segments.append(MappedText.Segment(text: count, origin: at))
    }
    return segments
  }

  /// How many bytes an escape has, and how many the UTF-8 of its character.
  private func escape(at offset: Int) -> (length: Int, bytes: Int) {
    guard source.bytes[offset + 1] == UInt8(ascii: "u") else { return (2, 1) }
    let digits = source.text(in: offset + 2..<offset + 6)
    switch UInt32(digits, radix: 16) ?? 0 {
    case 0..<0x80: return (6, 1)
    case 0x80..<0x800: return (6, 2)
    case 0xD800..<0xE000: return (12, 4)
    default: return (6, 3)
    }
  }
}
