/// A piece of an expression: what it is, and its bytes in the text.
struct Token: Sendable {
  /// What a token is.
  enum Kind: Sendable, Hashable {
    case identifier
    /// A word that may become a keyword, and so names no variable (`if`, `for`, ...).
    case reserved
    case `true`, `false`, null, `in`
    case int, uint, double
    case string(StringForm)
    case dot, comma, colon, question
    case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
    case plus, minus, star, slash, percent, not
    case and, or
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    /// What is not a token of the language, already reported or to be reported where it stands.
    case invalid
    case end
  }

  /// How a string or bytes literal is written.
  struct StringForm: Sendable, Hashable {
    /// Whether escapes mean nothing in it (`r"..."`).
    var isRaw = false
    /// Whether it makes bytes rather than text (`b"..."`).
    var isBytes = false
    /// Whether it is in triple quotes.
    var isTriple = false
    /// Whether the closing quotes are missing, which is already reported.
    var isUnterminated = false
  }

  let kind: Kind
  let range: Range<Int>
}
