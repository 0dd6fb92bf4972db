package import Diagnostics

/// An expression in braces within a text of another language.
package enum EmbeddedExpression {
  /// The offset of the closing brace that ends an expression; nil when there is none.
  ///
  /// `start` is the offset behind the opening one. Braces in the expression's strings and comments, and
  /// those of its own maps, end nothing.
  package static func end(in text: MappedText, from start: Int) -> Int? {
    var lexer = Lexer(text, at: start)
    var depth = 0
    while let token = lexer.next() {
      switch token.kind {
      case .leftBrace: depth += 1
      case .rightBrace where depth == 0: return token.range.lowerBound
      case .rightBrace: depth -= 1
      default: break
      }
    }
    return nil
  }
}
