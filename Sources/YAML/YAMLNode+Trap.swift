import Diagnostics

extension YAMLNode {
  /// The trap that the node fell into without a syntax error, if it looks as if it did.
  ///
  /// Found are a plain scalar that a comment cuts off, or a comma in a flow collection, with a bracket
  /// or quote left open; and a tag that no schema has, such as the `!has(session.end)` of an expression
  /// that starts with `!`, which the reader has reported already. Worth asking of a node that should
  /// be an expression: a text with an apostrophe and a comment looks the same.
  public func trap() -> YAMLTrap? {
    if let tag, tag.hasPrefix("!"), tag != "!" { return YAMLTrap(startingAt: range) }
    guard let scalar, scalar.style == .plain, YAMLTrap.isUnbalanced(scalar.text.utf8) else {
      return nil
    }
    let source = contentRange.source
    let end = contentRange.bytes.upperBound
    let line = EntryLine(at: end, in: source)
    let rest = source.bytes[end..<max(end, line.line.upperBound)]
    guard let next = rest.firstIndex(where: { !EntryLine.isBlank($0) }) else { return nil }
    let kind: YAMLTrap.Kind
    switch source.bytes[next] {
    case UInt8(ascii: "#") where next > end: kind = .comment
    case UInt8(ascii: ","): kind = .flowIndicator
    default: return nil
    }
    // Where a flow text was meant to end nobody can tell; a comment's text goes to the line's end.
    let place = kind == .comment ? next..<max(next, line.value.upperBound) : next..<next + 1
    let cut = kind == .comment ? source.text(in: end..<place.upperBound) : ", ..."
    return YAMLTrap(
      kind: kind, range: SourceRange(source: source, bytes: place),
      key: kind == .comment ? line.key.map { source.text(in: $0) } : nil,
      intended: scalar.text + cut)
  }
}

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
