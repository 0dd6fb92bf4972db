import CEL
import Diagnostics
import YAML

/// Spaces and line breaks in expressions: a break stands before `&&`, `||`, `?` and `:`.
struct ExpressionStep {
  private(set) var edits: [TextEdit] = []
  private let source: Source

  init(_ text: LaidOutText) {
    source = text.source
    let places = ExpressionPlaces(in: text.documents)
    for place in places.places { layOut(place) }
    for node in places.texts { layOut(textOf: node) }
  }

  /// Puts spaces into the expressions in the braces of a text; its lines stay as they are.
  private mutating func layOut(textOf node: YAMLNode) {
    guard let style = node.scalar?.style, let text = node.mappedText(),
      let pieces = TextPiece.pieces(of: text)
    else { return }
    for case .expression(let expression) in pieces {
      guard let tokens = ExpressionPiece.pieces(of: expression) else { continue }
      for (left, right) in zip(tokens, tokens.dropFirst()) {
        let gap = gap(between: left, right, of: expression)
        guard gap.lowerBound <= gap.upperBound, source.bytes[gap].allSatisfy({ $0 == 0x20 }),
          style != .plain || !(left.isColon || right.isColon)
        else { continue }
        replace(gap, by: ExpressionLayout.isSpaced(left, right) ? " " : "")
      }
    }
  }

  private mutating func layOut(_ place: ExpressionPlaces.Place) {
    guard let style = place.node.scalar?.style, let text = place.node.mappedText(),
      let pieces = ExpressionPiece.pieces(of: text), !pieces.isEmpty
    else { return }
    let range = place.node.contentRange.bytes
    let isOneLine = !source.bytes[range].contains(UInt8(ascii: "\n"))
    if isOneLine, let key = place.key, isTooLong(lineOf: range), canBeBlock(place.node, after: key)
    {
      return writeAsBlock(place.node, after: key, pieces, of: text)
    }
    for (left, right) in zip(pieces, pieces.dropFirst()) {
      space(left, right, of: text, style)
    }
    if style == .folded || style == .literal { breakLines(pieces, of: text) }
  }

  // MARK: Spaces

  private func gap(
    between left: ExpressionPiece, _ right: ExpressionPiece, of text: MappedText
  ) -> Range<Int> {
    let start = text.range(of: left.range).bytes.upperBound
    return start..<max(start, text.range(of: right.range).bytes.lowerBound)
  }

  private mutating func space(
    _ left: ExpressionPiece, _ right: ExpressionPiece, of text: MappedText,
    _ style: YAMLScalar.Style
  ) {
    let gap = gap(between: left, right, of: text)
    guard gap.lowerBound <= gap.upperBound, source.bytes[gap].allSatisfy(\.isBlankOrBreak) else {
      return
    }
    guard source.bytes[gap].contains(UInt8(ascii: "\n")) else {
      // In a plain scalar a colon with a space behind it would end a key.
      if style == .plain, left.isColon || right.isColon { return }
      return replace(gap, by: ExpressionLayout.isSpaced(left, right) ? " " : "")
    }
    guard style == .folded || style == .literal, ExpressionLayout.begins(line: left) else { return }
    // The operator goes to the beginning of the line that it ends the one before of.
    let operatorRange = text.range(of: left.range).bytes
    var start = operatorRange.lowerBound
    while start > 0, source.bytes[start - 1] == 0x20 { start -= 1 }
    guard start > 0, source.bytes[start - 1] != UInt8(ascii: "\n") else { return }
    edits.removeAll { $0.range.bytes.upperBound > start }
    replace(start..<operatorRange.upperBound, by: "")
    replace(gap.upperBound..<gap.upperBound, by: source.text(in: operatorRange) + " ")
  }

  // MARK: Line breaks

  private func isTooLong(lineOf range: Range<Int>) -> Bool {
    let line = source.byteRange(ofLine: source.line(of: range.lowerBound) - source.firstLine + 1)
    return source.text(in: line).count > FileLayout.width
  }

  /// Whether a value can stand in lines of its own below its key: with nothing around it that is in brackets,
  /// and nothing behind it.
  private func canBeBlock(_ node: YAMLNode, after key: YAMLNode) -> Bool {
    let line = source.byteRange(
      ofLine: source.line(of: key.range.bytes.lowerBound) - source.firstLine + 1)
    guard line.contains(node.range.bytes.lowerBound), node.tag == nil,
      node.range == node.contentRange
    else { return false }
    let before = source.bytes[line.lowerBound..<key.range.bytes.lowerBound]
    let after = source.bytes[node.range.bytes.upperBound..<line.upperBound]
    return before.allSatisfy { $0 == 0x20 || $0 == UInt8(ascii: "-") }
      && after.allSatisfy { $0 == 0x20 }
  }

  private mutating func writeAsBlock(
    _ node: YAMLNode, after key: YAMLNode, _ pieces: [ExpressionPiece], of text: MappedText
  ) {
    let start = key.range.bytes.lowerBound
    let line = source.byteRange(ofLine: source.line(of: start) - source.firstLine + 1)
    let indentation = String(repeating: " ", count: start - line.lowerBound + 2)
    let lines = ExpressionLayout.lines(
      pieces[...], of: text, width: FileLayout.width - indentation.count)
    replace(
      node.range.bytes,
      by: ">-"
        + lines.map { "\n" + indentation + ExpressionLayout.line($0, of: text) }.joined())
  }

  /// Breaks the lines of a block that are too long.
  private mutating func breakLines(_ pieces: [ExpressionPiece], of text: MappedText) {
    var start = pieces.startIndex
    while start < pieces.endIndex {
      let number = source.line(of: text.range(of: pieces[start].range).bytes.lowerBound)
      let end =
        pieces[start...].firstIndex {
          source.line(of: text.range(of: $0.range).bytes.lowerBound) != number
        } ?? pieces.endIndex
      breakLine(pieces[start..<end], of: text, number)
      start = end
    }
  }

  private mutating func breakLine(
    _ pieces: ArraySlice<ExpressionPiece>, of text: MappedText, _ number: Int
  ) {
    let line = source.byteRange(ofLine: number - source.firstLine + 1)
    let indentation = source.bytes[line].prefix { $0 == 0x20 }.count
    let lines = ExpressionLayout.lines(
      pieces, of: text, width: FileLayout.width - indentation)
    for (left, right) in zip(lines, lines.dropFirst()) {
      guard let last = left.last, let first = right.first else { continue }
      let gap =
        text.range(of: last.range).bytes.upperBound..<text.range(of: first.range).bytes.lowerBound
      edits.removeAll { $0.range.bytes == gap }
      replace(gap, by: "\n" + String(repeating: " ", count: indentation))
    }
  }

  private mutating func replace(_ range: Range<Int>, by text: String) {
    edits.append(TextEdit(range: SourceRange(source: source, bytes: range), text: text))
  }
}

extension ExpressionPiece {
  fileprivate var isColon: Bool { if case .colon = role { true } else { false } }
}
