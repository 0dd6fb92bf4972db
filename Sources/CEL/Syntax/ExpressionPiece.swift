package import Diagnostics

/// A token of an expression with its part in it, for who lays expressions out.
package struct ExpressionPiece: Sendable {
  /// What a token does.
  package enum Role: Sendable, Hashable {
    /// A name or a literal.
    case operand
    /// A bracket that opens a group, a list or a map, or that follows what is called or indexed.
    case open(isSuffix: Bool)
    case close
    case dot, comma
    /// The `?` of a choice, or of something optional.
    case question(isChoice: Bool)
    /// The `:` of a choice, or of an entry of a map.
    case colon(isChoice: Bool)
    /// `!` or a sign before its operand.
    case prefix
    /// An operator between operands, `||` the weakest with 1.
    case infix(precedence: Int)
  }

  /// What it does.
  package let role: Role
  /// Its bytes in the text.
  package let range: Range<Int>
  /// In how many brackets it stands; brackets themselves stand outside of theirs.
  package let depth: Int

  /// The tokens of a text; nil where it has comments, or something that is not a token, or unbalanced brackets.
  package static func pieces(of text: MappedText) -> [ExpressionPiece]? {
    var lexer = Lexer(text)
    var builder = Builder()
    var end = 0
    while let token = lexer.next() {
      guard text.bytes[end..<token.range.lowerBound].allSatisfy(\.isBlank),
        builder.add(token)
      else { return nil }
      end = token.range.upperBound
    }
    guard text.bytes[end...].allSatisfy(\.isBlank), builder.isBalanced,
      lexer.diagnostics.isEmpty
    else { return nil }
    return builder.pieces
  }

  /// Tells what tokens do by those before them.
  private struct Builder {
    var pieces: [ExpressionPiece] = []
    /// For each bracket that is open, and for all of them, how many choices wait for their colon.
    private var choices = [0]

    var isBalanced: Bool { choices == [0] }

    /// Adds a token; false where it has no place.
    mutating func add(_ token: Token) -> Bool {
      let endsOperand = pieces.last.map { $0.role == .operand || $0.role == .close } ?? false
      let role: Role
      switch token.kind {
      case .invalid, .end: return false
      case .identifier, .reserved, .true, .false, .null, .int, .uint, .double, .string:
        role = .operand
      case .leftParenthesis, .leftBracket: role = .open(isSuffix: endsOperand)
      // `Message{…}` is not in this language: a brace opens a map.
      case .leftBrace: role = .open(isSuffix: false)
      case .rightParenthesis, .rightBracket, .rightBrace:
        guard choices.count > 1, choices.popLast() == 0 else { return false }
        role = .close
      case .dot: role = .dot
      case .comma: role = .comma
      case .question:
        role = .question(isChoice: endsOperand)
        if endsOperand { choices[choices.count - 1] += 1 }
      case .colon:
        role = .colon(isChoice: choices[choices.count - 1] > 0)
        if choices[choices.count - 1] > 0 { choices[choices.count - 1] -= 1 }
      case .not: role = .prefix
      case .minus: role = endsOperand ? .infix(precedence: 4) : .prefix
      case .or: role = .infix(precedence: 1)
      case .and: role = .infix(precedence: 2)
      case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in:
        role = .infix(precedence: 3)
      case .plus: role = .infix(precedence: 4)
      case .star, .slash, .percent: role = .infix(precedence: 5)
      }
      pieces.append(ExpressionPiece(role: role, range: token.range, depth: choices.count - 1))
      if case .open = role { choices.append(0) }
      return true
    }
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool {
    switch self {
    case 0x20, 0x09, 0x0A, 0x0C, 0x0D: true
    default: false
    }
  }
}
