import Diagnostics

/// Reads XML 1.0 (fifth edition) in UTF-8 to a tree of elements that know their places.
///
/// Document type declarations are refused, and with them all entities but the five that XML has of its own
/// and numbered characters: nothing is fetched, and nothing grows. The libraries at hand were looked at:
/// that of Foundation, and libxml2 under it, want 40 MB of tables for other encodings in a program that
/// carries its libraries with it, and neither tells where in a text an escape stood, so that a mistake in a cell of a
/// table could not be shown at its place.
struct XMLReader {
  /// How deep elements may nest.
  private static let maximumDepth = 200

  private let source: Source
  private let bytes: [UInt8]
  private var offset = 0

  /// The root element.
  ///
  /// - Throws: A problem with its place, where the text is not XML or has a document type declaration.
  static func read(_ source: Source) throws(ImportProblem) -> XMLElement {
    var reader = XMLReader(source)
    return try reader.document()
  }

  private init(_ source: Source) {
    self.source = source
    bytes = source.bytes
  }

  // MARK: The document

  private mutating func document() throws(ImportProblem) -> XMLElement {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw problem("the file is not UTF-8, the only encoding of XML that is read here", at: 0..<0)
    }
    if bytes.starts(with: "\u{FEFF}".utf8) { offset = 3 }
    try declaration()
    try skipMiscellaneous()
    guard byte == UInt8(ascii: "<") else {
      throw problem("an XML document starts with an element", at: offset..<offset)
    }
    let root = try element(depth: 1)
    try skipMiscellaneous()
    guard offset == bytes.count else {
      throw problem("nothing may follow the document's only element", at: offset..<offset + 1)
    }
    return root
  }

  /// `<?xml version="1.0" encoding="UTF-8"?>`, whose encoding must be the one that is read.
  private mutating func declaration() throws(ImportProblem) {
    guard hasNext("<?xml"), isBlank(at: offset + 5) else { return }
    let start = offset
    try skip(past: "?>", from: start, "the XML declaration")
    let text = String(decoding: bytes[start..<offset], as: UTF8.self).lowercased()
    guard let at = text.firstRange(of: "encoding") else { return }
    let encoding = text[at.upperBound...].drop {
      $0.isWhitespace || $0 == "=" || $0 == "\"" || $0 == "'"
    }
    .prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    guard encoding == "utf-8" || encoding == "us-ascii" else {
      throw problem(
        "the encoding '\(encoding)' is not read here: save the file as UTF-8", at: start..<offset)
    }
  }

  /// White space, comments and processing instructions.
  private mutating func skipMiscellaneous() throws(ImportProblem) {
    while true {
      skipBlanks()
      guard try skipAside() else { return }
    }
  }

  /// A comment or a processing instruction; false where there is none.
  private mutating func skipAside() throws(ImportProblem) -> Bool {
    let start = offset
    if hasNext("<!--") {
      offset += 4
      try skip(past: "-->", from: start, "a comment")
    } else if hasNext("<?") {
      try skip(past: "?>", from: start, "a processing instruction")
    } else if hasNext("<!DOCTYPE") {
      throw problem(
        "a document type declaration is not read: it could fetch files, or grow without end",
        at: start..<start + 9)
    } else {
      return false
    }
    return true
  }

  // MARK: Elements

  private mutating func element(depth: Int) throws(ImportProblem) -> XMLElement {
    let start = offset
    guard depth <= Self.maximumDepth else {
      throw problem(
        "elements nest deeper than \(Self.maximumDepth) levels", at: start..<start + 1)
    }
    offset += 1
    let written = try name()
    let attributes = try attributes()
    let isEmpty = byte == UInt8(ascii: "/")
    if isEmpty { offset += 1 }
    guard byte == UInt8(ascii: ">") else {
      throw problem("the tag of '\(written)' is not closed", at: start..<offset)
    }
    offset += 1
    let range = SourceRange(source: source, bytes: start..<offset)
    var children: [XMLElement] = []
    var text = TextBuilder()
    if !isEmpty {
      try content(of: written, opened: range, depth: depth, &children, &text)
    }
    return XMLElement(
      name: Self.localPart(written), attributes: attributes, children: children,
      text: text.text(in: source, end: offset), range: range)
  }

  private mutating func content(
    of name: String, opened: SourceRange, depth: Int, _ children: inout [XMLElement],
    _ text: inout TextBuilder
  ) throws(ImportProblem) {
    while offset < bytes.count {
      if hasNext("</") {
        let start = offset
        offset += 2
        let closed = try self.name()
        skipBlanks()
        guard closed == name, byte == UInt8(ascii: ">") else {
          throw ImportProblem(
            "'\(name)' is closed as '\(closed)'",
            at: SourceRange(source: source, bytes: start..<offset),
            notes: [.init("it is opened here", at: opened)])
        }
        offset += 1
        return
      }
      if hasNext("<![CDATA[") {
        let start = offset
        try skip(past: "]]>", from: start, "a CDATA section")
        for index in start + 9..<offset - 3 { text.append(bytes[index], at: index) }
      } else if try skipAside() {
        continue
      } else if byte == UInt8(ascii: "<") {
        children.append(try element(depth: depth + 1))
      } else {
        try character(into: &text)
      }
    }
    throw problem("'\(name)' is never closed", at: opened.bytes)
  }

  private mutating func attributes() throws(ImportProblem) -> [String: MappedText] {
    var found: [String: MappedText] = [:]
    var seen: Set<String> = []
    while true {
      skipBlanks()
      guard let byte, byte != UInt8(ascii: ">"), byte != UInt8(ascii: "/") else { return found }
      let start = offset
      let name = try name()
      guard seen.insert(name).inserted else {
        throw problem("the attribute '\(name)' stands twice", at: start..<offset)
      }
      skipBlanks()
      guard self.byte == UInt8(ascii: "=") else {
        throw problem("the attribute '\(name)' has no value", at: start..<offset)
      }
      offset += 1
      skipBlanks()
      let value = try attributeValue(of: name, from: start)
      let isNameSpace = name == "xmlns" || name.hasPrefix("xmlns:")
      if !isNameSpace, !(name.contains(":") && found[Self.localPart(name)] != nil) {
        found[Self.localPart(name)] = value
      }
    }
  }

  private mutating func attributeValue(
    of name: String, from start: Int
  ) throws(ImportProblem) -> MappedText {
    guard let quote = byte, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      throw problem("the value of '\(name)' is not in quotes", at: start..<offset)
    }
    offset += 1
    var text = TextBuilder()
    while let byte, byte != quote {
      guard byte != UInt8(ascii: "<") else { break }
      try character(into: &text)
    }
    guard byte == quote else {
      throw problem("the value of '\(name)' is not closed", at: start..<offset)
    }
    let end = offset
    offset += 1
    return text.text(in: source, end: end)
  }

  // MARK: Characters

  /// One byte of a text, or one entity; a line break of two bytes is one line feed (XML 1.0, 2.11).
  private mutating func character(into text: inout TextBuilder) throws(ImportProblem) {
    guard let byte else { return }
    switch byte {
    case UInt8(ascii: "&"): try entity(into: &text)
    case UInt8(ascii: "\r"):
      let hasLineFeed = offset + 1 < bytes.count && bytes[offset + 1] == UInt8(ascii: "\n")
      text.append(escape: "\n", at: offset, length: hasLineFeed ? 2 : 1)
      offset += hasLineFeed ? 2 : 1
    case 0..<0x20 where byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\t"):
      throw problem("a control character is not allowed in XML", at: offset..<offset + 1)
    default:
      text.append(byte, at: offset)
      offset += 1
    }
  }

  private mutating func entity(into text: inout TextBuilder) throws(ImportProblem) {
    let start = offset
    let end = bytes[start...].prefix(40).firstIndex(of: UInt8(ascii: ";"))
    guard let end else { throw problem("'&' is written '&amp;' in XML", at: start..<start + 1) }
    let name = String(decoding: bytes[start + 1..<end], as: UTF8.self)
    offset = end + 1
    guard let value = Self.value(ofEntity: name) else {
      throw problem(
        "the entity '&\(name);' is not known: only lt, gt, amp, apos, quot and numbers are",
        at: start..<offset)
    }
    text.append(escape: String(Character(value)), at: start, length: offset - start)
  }

  private static func value(ofEntity name: String) -> Unicode.Scalar? {
    switch name {
    case "lt": return "<"
    case "gt": return ">"
    case "amp": return "&"
    case "apos": return "'"
    case "quot": return "\""
    default:
      let isHexadecimal = name.hasPrefix("#x")
      guard name.hasPrefix("#") else { return nil }
      let digits = name.dropFirst(isHexadecimal ? 2 : 1)
      guard digits.first != "+", digits.first != "-" else { return nil }
      let code = UInt32(digits, radix: isHexadecimal ? 16 : 10)
      guard let code, code >= 0x20 || [0x09, 0x0A, 0x0D].contains(code) else { return nil }
      return Unicode.Scalar(code)
    }
  }

  private mutating func name() throws(ImportProblem) -> String {
    let start = offset
    while let byte, !isBlank(at: offset), !"/>=<\"'&".utf8.contains(byte) { offset += 1 }
    let first = bytes[start..<offset].first
    guard let first, !"0123456789-.".utf8.contains(first) else {
      throw problem("a name is expected", at: start..<max(offset, min(start + 1, bytes.count)))
    }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private static func localPart(_ name: String) -> String {
    name.split(separator: ":", maxSplits: 1).last.map(String.init) ?? name
  }

  // MARK: Bytes

  private var byte: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func isBlank(at offset: Int) -> Bool {
    offset < bytes.count && [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset])
  }

  private func hasNext(_ text: String) -> Bool { bytes[offset...].starts(with: text.utf8) }

  private mutating func skipBlanks() {
    while isBlank(at: offset) { offset += 1 }
  }

  private mutating func skip(
    past end: String, from start: Int, _ what: String
  ) throws(ImportProblem) {
    while offset < bytes.count {
      if hasNext(end) {
        offset += end.utf8.count
        return
      }
      offset += 1
    }
    throw problem("\(what) is never closed", at: start..<start + 2)
  }

  private func problem(_ message: String, at range: Range<Int>) -> ImportProblem {
    ImportProblem(message, at: SourceRange(source: source, bytes: range))
  }
}

/// A text that is put together byte by byte, with the places that the bytes come from.
private struct TextBuilder {
  private var bytes: [UInt8] = []
  private var segments: [MappedText.Segment] = []
  private var next: Int?

  mutating func append(_ byte: UInt8, at origin: Int) {
    if next != origin { segments.append(.init(text: bytes.count, origin: origin)) }
    bytes.append(byte)
    next = origin + 1
  }

  mutating func append(escape text: String, at origin: Int, length: Int) {
    segments.append(.init(text: bytes.count, origin: origin, escapeLength: length))
    bytes += text.utf8
    next = nil
  }

  func text(in source: Source, end: Int) -> MappedText {
    MappedText(bytes: bytes, source: source, segments: segments, originEnd: end)
  }
}
