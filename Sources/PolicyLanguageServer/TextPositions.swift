import Diagnostics
import LanguageServerProtocol

/// The places of a text as a client counts them.
struct TextPositions {
  let source: Source
  let encoding: LSP.PositionEncodingKind

  /// The place of a byte offset.
  func position(of offset: Int) -> LSP.Position {
    let offset = min(max(offset, 0), source.bytes.count)
    let line = source.line(of: offset) - source.firstLine
    let start = source.byteRange(ofLine: line + source.firstLine).lowerBound
    let before = source.bytes[min(start, offset)..<offset]
    let character =
      switch encoding {
      case .utf8: before.count
      case .utf16: before.reduce(0) { $0 + Self.utf16Units(of: $1) }
      }
    return LSP.Position(line: line, character: character)
  }

  /// The byte offset of a place; beyond the end of a line, that end.
  func offset(of position: LSP.Position) -> Int {
    guard position.line >= 0 else { return 0 }
    guard position.line < source.lineCount else { return source.bytes.count }
    let line = source.byteRange(ofLine: position.line + source.firstLine)
    guard encoding == .utf16 else {
      return min(line.lowerBound + max(0, position.character), line.upperBound)
    }
    var units = 0
    var offset = line.lowerBound
    while offset < line.upperBound, units < position.character {
      units += Self.utf16Units(of: source.bytes[offset])
      offset += 1
      while offset < line.upperBound, source.bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    }
    return offset
  }

  func range(of bytes: Range<Int>) -> LSP.Range {
    LSP.Range(start: position(of: bytes.lowerBound), end: position(of: bytes.upperBound))
  }

  func bytes(of range: LSP.Range) -> Range<Int> {
    let start = offset(of: range.start)
    return start..<max(start, offset(of: range.end))
  }

  /// How many units of UTF-16 a character has that begins with a byte of UTF-8; none for a byte that goes on with one.
  private static func utf16Units(of byte: UInt8) -> Int {
    switch byte {
    case 0x80..<0xC0: 0
    case 0xF0...: 2
    default: 1
    }
  }
}

extension SourceRange {
  func range(_ encoding: LSP.PositionEncodingKind) -> LSP.Range {
    TextPositions(source: source, encoding: encoding).range(of: bytes)
  }
}
