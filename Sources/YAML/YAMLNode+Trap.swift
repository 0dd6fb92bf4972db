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
    // Where a flow text was meant to end can't be known; a comment's text goes to the line's end.
    let place = kind == .comment ? next..<max(next, line.value.upperBound) : next..<next + 1
    let cut = kind == .comment ? source.text(in: end..<place.upperBound) : ", ..."
    return YAMLTrap(
      kind: kind, range: SourceRange(source: source, bytes: place),
      key: kind == .comment ? line.key.map { source.text(in: $0) } : nil,
      intended: scalar.text + cut)
  }
}

extension YAMLNode {
  /// What would have been meant if the node were one text, and not the mapping that `: ` made of it.
  ///
  /// Nil unless the node is one key and its value, written without brackets, and the key without quotes.
  /// Whether a text was meant is for the reader to tell, who knows what could stand here.
  package func colonTrap() -> YAMLTrap? {
    guard case .mapping(let entries) = content, let entry = entries.first, entries.count == 1,
      entry.key.scalar?.style == .plain,
      entry.key.range.bytes.lowerBound == contentRange.bytes.lowerBound
    else { return nil }
    let source = contentRange.source
    let between = entry.key.range.bytes.upperBound..<source.bytes.count
    guard let colon = source.bytes[between].firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let end = max(entry.value.range.bytes.upperBound, colon + 1)
    return YAMLTrap(
      kind: .colon, range: SourceRange(source: source, bytes: colon..<colon + 1),
      key: nil,
      intended: source.text(in: entry.key.range.bytes.lowerBound..<end))
  }
}
