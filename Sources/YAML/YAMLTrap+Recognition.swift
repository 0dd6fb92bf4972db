import Diagnostics

extension YAMLTrap {
  /// The trap of a value that starts with `!`, `&` or `*`, at the place of its node.
  init?(startingAt range: SourceRange) {
    let start = range.bytes.lowerBound
    let line = EntryLine(at: start, in: range.source)
    guard line.value.lowerBound == start else { return nil }
    self.init(line, before: start)
  }

  /// The trap that the value of a line starts with.
  ///
  /// - Parameters:
  ///   - line: The line.
  ///   - offset: Where reading it failed; a value that starts behind is not to blame.
  init?(_ line: EntryLine, before offset: Int) {
    let source = line.source
    let value = line.value
    // A colon inside brackets or quotes was meant to be part of a text.
    if let key = line.key, Self.isUnbalanced(source.bytes[key]), key.upperBound < offset,
      let first = source.bytes[key].first, !"\"'[{".utf8.contains(first)
    {
      self.init(
        kind: .colon,
        range: SourceRange(source: source, bytes: key.upperBound..<key.upperBound + 1), key: nil,
        intended: source.text(in: key.lowerBound..<value.upperBound))
      return
    }
    guard let first = source.bytes[value].first, value.lowerBound <= offset else { return nil }
    let second = source.bytes[value].dropFirst().first
    var kind: Kind
    var place = value.lowerBound..<value.lowerBound + 1
    switch first {
    case UInt8(ascii: "!"): kind = .tag
    case UInt8(ascii: "&"): kind = .anchor
    case UInt8(ascii: "*"): kind = .alias
    case UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "%"): kind = .reserved
    case UInt8(ascii: "-"), UInt8(ascii: "?"):
      guard second.map(EntryLine.isBlank) ?? true else { return nil }
      kind = .collectionIndicator
    case UInt8(ascii: "|"), UInt8(ascii: ">"): kind = .block
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "["), UInt8(ascii: "{"):
      guard let rest = Self.rest(source.bytes, behindFirstOf: value), rest.lowerBound <= offset
      else {
        return nil
      }
      kind = first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") ? .quote : .bracket
      place = rest
    default: return nil
    }
    self.init(
      kind: kind, range: SourceRange(source: source, bytes: place),
      key: line.key.map { source.text(in: $0) }, intended: line.intended)
  }

  /// What follows the quoted text, or the list or mapping in brackets, that a value starts with.
  private static func rest(_ bytes: [UInt8], behindFirstOf value: Range<Int>) -> Range<Int>? {
    let text = bytes[value]
    guard let close = closing(text) else { return nil }
    let rest = text[(close + 1)...].drop(while: EntryLine.isBlank)
    guard let first = rest.first, !",:]}".utf8.contains(first), first != UInt8(ascii: "#") else {
      return nil
    }
    return rest.startIndex..<rest.endIndex
  }

  private static func closing(_ text: ArraySlice<UInt8>) -> Int? {
    guard let first = text.first, "[{".utf8.contains(first) else {
      return EntryLine.closingQuote(text)
    }
    var depth = 0
    for (offset, byte) in zip(text.indices, text) {
      if "[{".utf8.contains(byte) { depth += 1 }
      if "]}".utf8.contains(byte) { depth -= 1 }
      if depth == 0 { return offset }
    }
    return nil
  }
}

extension EntryLine {
  /// The value as an expression, without a comment behind it.
  var intended: String {
    guard let comment, !YAMLTrap.isUnbalanced(source.bytes[value.lowerBound..<comment]) else {
      return source.text(in: value)
    }
    var end = comment
    while end > value.lowerBound, Self.isBlank(source.bytes[end - 1]) { end -= 1 }
    return source.text(in: value.lowerBound..<end)
  }
}
