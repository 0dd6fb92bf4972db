import Diagnostics

/// A line of a YAML text as a person reads it: its indentation, `key:` and value.
///
/// Where libyaml gives up there are no nodes to ask, so messages are made from the line. It is read
/// without knowledge of what stands around it, and only ever used to put a mistake into words.
struct EntryLine {
  let source: Source
  /// The bytes of the line, without its line break.
  let line: Range<Int>
  /// Where the first character stands that is not a space or tab.
  let start: Int
  /// The key, without the colon and with its quotes; nil when the line has none.
  let key: Range<Int>?
  /// What follows the key, or `-` or `---`, to the end of the line.
  let value: Range<Int>

  /// The line that a byte offset is in.
  init(at offset: Int, in source: Source) {
    self.init(number: source.position(of: offset).line, in: source)
  }

  private init(number: Int, in source: Source) {
    self.source = source
    let bytes = source.bytes
    line = source.byteRange(ofLine: number)
    var end = line.upperBound
    while end > line.lowerBound, Self.isBlank(bytes[end - 1]) { end -= 1 }
    func skipBlanks(_ offset: Int) -> Int {
      bytes[offset..<max(offset, end)].firstIndex { !Self.isBlank($0) } ?? max(offset, end)
    }
    start = skipBlanks(line.lowerBound)
    var offset = start
    if bytes[offset..<max(offset, end)].starts(with: "--- ".utf8) {
      offset = skipBlanks(offset + 3)
    }
    while offset + 1 < end, bytes[offset] == UInt8(ascii: "-"), Self.isBlank(bytes[offset + 1]) {
      offset = skipBlanks(offset + 1)
    }
    if let colon = Self.colon(bytes[offset..<max(offset, end)]) {
      key = offset..<colon
      offset = skipBlanks(colon + 1)
    } else {
      key = nil
    }
    value = offset..<max(offset, end)
  }

  /// The nearest line above that is neither blank nor a comment.
  var lineAbove: EntryLine? {
    var number = source.position(of: line.lowerBound).line - 1
    while number > 0 {
      let line = EntryLine(number: number, in: source)
      if line.start < line.line.upperBound, source.bytes[line.start] != UInt8(ascii: "#") {
        return line
      }
      number -= 1
    }
    return nil
  }

  /// How far the line is indented, in bytes.
  var indentation: Int { start - line.lowerBound }

  /// Where a comment starts behind the value, if one does.
  var comment: Int? { Self.comment(source.bytes, in: value) }

  /// The offset of the first `#` with a blank before it in a range.
  static func comment(_ bytes: [UInt8], in range: Range<Int>) -> Int? {
    range.dropFirst().first { bytes[$0] == UInt8(ascii: "#") && isBlank(bytes[$0 - 1]) }
  }

  /// The offset of the colon that ends the key at the start of a text; nil when there is no key.
  private static func colon(_ text: ArraySlice<UInt8>) -> Int? {
    var rest = text
    guard let first = text.first, !"[{!&*|>#".utf8.contains(first) else { return nil }
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      guard let close = closingQuote(text) else { return nil }
      rest = text[(close + 1)...].drop(while: isBlank)
      return rest.first == UInt8(ascii: ":") ? rest.startIndex : nil
    }
    return rest.indices.first { offset in
      rest[offset] == UInt8(ascii: ":")
        && (offset + 1 == rest.endIndex || isBlank(rest[offset + 1]))
    }
  }

  /// The offset of the quote that closes the one a text starts with.
  static func closingQuote(_ text: ArraySlice<UInt8>) -> Int? {
    guard let quote = text.first else { return nil }
    var offset = text.startIndex + 1
    while offset < text.endIndex {
      if text[offset] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        offset += 2
      } else if text[offset] != quote {
        offset += 1
      } else if quote == UInt8(ascii: "'"),
        text.dropFirst(offset + 1 - text.startIndex).first == quote
      {
        offset += 2
      } else {
        return offset
      }
    }
    return nil
  }

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}
