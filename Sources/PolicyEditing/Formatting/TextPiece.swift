import CEL
import Diagnostics

/// A piece of a text with expressions in braces.
enum TextPiece {
  /// What is written out, with the braces around what follows it.
  case words(Range<Int>)
  case expression(MappedText)

  /// The pieces of a text; nil where a brace is not closed.
  static func pieces(of text: MappedText) -> [TextPiece]? {
    let bytes = text.bytes
    let (open, close) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
    var pieces: [TextPiece] = []
    var start = 0
    var at = 0
    while at < bytes.count {
      if bytes[at] == open || bytes[at] == close, at + 1 < bytes.count, bytes[at + 1] == bytes[at] {
        at += 2
      } else if bytes[at] == open {
        guard let end = EmbeddedExpression.end(in: text, from: at + 1) else { return nil }
        pieces += [.words(start..<at + 1), .expression(text[at + 1..<end])]
        start = end
        at = end + 1
      } else {
        at += 1
      }
    }
    return pieces + [.words(start..<bytes.count)]
  }

  /// What the text says, whatever blanks its expressions have; nil where a brace is not closed, or what stands in
  /// it is not an expression.
  static func tokens(of text: MappedText) -> [String]? {
    guard let pieces = pieces(of: text) else { return nil }
    var tokens: [String] = []
    for piece in pieces {
      switch piece {
      case .words(let range): tokens.append(String(decoding: text.bytes[range], as: UTF8.self))
      case .expression(let expression):
        guard let found = ExpressionPiece.pieces(of: expression) else { return nil }
        tokens += found.map { String(decoding: expression.bytes[$0.range], as: UTF8.self) }
      }
    }
    return tokens
  }
}
