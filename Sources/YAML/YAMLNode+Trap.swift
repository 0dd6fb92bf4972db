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
