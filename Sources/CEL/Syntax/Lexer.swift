import Diagnostics

/// Cuts an expression into tokens: a cursor over UTF-8 bytes, which copies nothing.
///
/// What is not a token is reported, and the next byte tried; every step moves on by at least one byte.
struct Lexer {
  private let text: MappedText
  private let bytes: [UInt8]
  private var position = 0
  private(set) var diagnostics: [Diagnostic] = []

  /// A lexer that starts at an offset of a text.
  init(_ text: MappedText, at offset: Int = 0) {
    self.text = text
    bytes = text.bytes
    position = offset
  }

  /// All tokens; the last is the end.
  mutating func tokens() -> [Token] {
    var tokens: [Token] = []
    tokens.reserveCapacity(bytes.count / 3 + 2)
    while let token = next() { tokens.append(token) }
    tokens.append(Token(kind: .end, range: bytes.count..<bytes.count))
    return tokens
  }

  private func byte(at offset: Int) -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  /// The next token; nil at the end of the text.
  mutating func next() -> Token? {
    skipSpaceAndComments()
    guard let byte = byte(at: position) else { return nil }
    let start = position
    let kind: Token.Kind =
      switch byte {
      case _ where byte.startsName: nameOrPrefixedString()
      case _ where byte.isDigit: number()
      case UInt8(ascii: ".") where self.byte(at: position + 1)?.isDigit == true: number()
      case UInt8(ascii: "\""), UInt8(ascii: "'"): string(Token.StringForm())
      default: mark(byte)
      }
    return Token(kind: kind, range: start..<position)
  }

  private mutating func skipSpaceAndComments() {
    while let byte = byte(at: position) {
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0C, 0x0D: position += 1
      case UInt8(ascii: "/") where self.byte(at: position + 1) == byte:
        while let byte = self.byte(at: position), byte != 0x0A { position += 1 }
      default: return
      }
    }
  }

  private mutating func mark(_ first: UInt8) -> Token.Kind {
    let second = byte(at: position + 1)
    let pair: Token.Kind? =
      switch (first, second) {
      case (UInt8(ascii: "="), UInt8(ascii: "=")): .equal
      case (UInt8(ascii: "!"), UInt8(ascii: "=")): .notEqual
      case (UInt8(ascii: "<"), UInt8(ascii: "=")): .lessOrEqual
      case (UInt8(ascii: ">"), UInt8(ascii: "=")): .greaterOrEqual
      case (UInt8(ascii: "&"), UInt8(ascii: "&")): .and
      case (UInt8(ascii: "|"), UInt8(ascii: "|")): .or
      default: nil
      }
    if let pair {
      position += 2
      return pair
    }
    position += 1
    switch first {
    case UInt8(ascii: "."): return .dot
    case UInt8(ascii: ","): return .comma
    case UInt8(ascii: ":"): return .colon
    case UInt8(ascii: "?"): return .question
    case UInt8(ascii: "("): return .leftParenthesis
    case UInt8(ascii: ")"): return .rightParenthesis
    case UInt8(ascii: "["): return .leftBracket
    case UInt8(ascii: "]"): return .rightBracket
    case UInt8(ascii: "{"): return .leftBrace
    case UInt8(ascii: "}"): return .rightBrace
    case UInt8(ascii: "+"): return .plus
    case UInt8(ascii: "-"): return .minus
    case UInt8(ascii: "*"): return .star
    case UInt8(ascii: "/"): return .slash
    case UInt8(ascii: "%"): return .percent
    case UInt8(ascii: "!"): return .not
    case UInt8(ascii: "<"): return .less
    case UInt8(ascii: ">"): return .greater
    default:
      // A character of several bytes is one mistake, not several.
      while let byte = byte(at: position), byte & 0xC0 == 0x80 { position += 1 }
      return .invalid
    }
  }

  // MARK: Names

  private mutating func nameOrPrefixedString() -> Token.Kind {
    if let form = stringPrefix() { return string(form) }
    let start = position
    while let byte = byte(at: position), byte.continuesName { position += 1 }
    return keyword(start..<position) ?? .identifier
  }

  /// The keyword in a range of the text; nil for other names.
  private func keyword(_ range: Range<Int>) -> Token.Kind? {
    guard range.count < Self.keywords.count else { return nil }
    let name = bytes[range]
    for (word, kind) in Self.keywords[range.count] where name.elementsEqual(word) { return kind }
    return nil
  }

  /// The keywords by their lengths: comparing a few is faster than hashing each name.
  private static let keywords: [[(word: [UInt8], kind: Token.Kind)]] = {
    var words: [String: Token.Kind] = ["true": .true, "false": .false, "null": .null, "in": .in]
    for word in [
      "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
      "package", "namespace", "return", "var", "void", "while",
    ] { words[word] = .reserved }
    let longest = words.keys.map(\.utf8.count).max() ?? 0
    return (0...longest).map { length in
      words.filter { $0.key.utf8.count == length }.map { (Array($0.key.utf8), $0.value) }
    }
  }()

  /// The form that letters before a quote give to a string; moves past them if there are such.
  private mutating func stringPrefix() -> Token.StringForm? {
    var form = Token.StringForm()
    var offset = position
    while let byte = byte(at: offset) {
      switch byte {
      case UInt8(ascii: "r") where !form.isRaw, UInt8(ascii: "R") where !form.isRaw:
        form.isRaw = true
      case UInt8(ascii: "b") where !form.isBytes, UInt8(ascii: "B") where !form.isBytes:
        form.isBytes = true
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        position = offset
        return form
      default: return nil
      }
      offset += 1
    }
    return nil
  }

  // MARK: Literals

  private mutating func string(_ prefix: Token.StringForm) -> Token.Kind {
    var form = prefix
    let start = position
    let quote = bytes[position]
    form.isTriple = byte(at: position + 1) == quote && byte(at: position + 2) == quote
    position += form.isTriple ? 3 : 1
    while let byte = byte(at: position) {
      if byte == quote, !form.isTriple {
        position += 1
        return .string(form)
      }
      if byte == quote, self.byte(at: position + 1) == quote, self.byte(at: position + 2) == quote {
        position += 3
        return .string(form)
      }
      if !form.isTriple, byte == 0x0A || byte == 0x0D { break }
      position += byte == UInt8(ascii: "\\") && !form.isRaw && position + 1 < bytes.count ? 2 : 1
    }
    form.isUnterminated = true
    let marks = String(repeating: String(Unicode.Scalar(quote)), count: form.isTriple ? 3 : 1)
    diagnostics.append(
      .unterminatedString(closing: marks, at: text.range(of: start..<start + marks.utf8.count)))
    return .string(form)
  }

  private mutating func number() -> Token.Kind {
    let start = position
    var kind = Token.Kind.int
    if bytes[position] == UInt8(ascii: "0"), let x = byte(at: position + 1), x | 0x20 == 0x78,
      byte(at: position + 2)?.isHexDigit == true
    {
      position += 2
      while byte(at: position)?.isHexDigit == true { position += 1 }
    } else {
      skipDigits()
      if byte(at: position) == UInt8(ascii: "."), byte(at: position + 1)?.isDigit == true {
        kind = .double
        position += 1
        skipDigits()
      }
      if skipExponent() { kind = .double }
    }
    if kind == .int, let u = byte(at: position), u | 0x20 == UInt8(ascii: "u") {
      kind = .uint
      position += 1
    }
    guard byte(at: position)?.continuesName == true else { return kind }
    while byte(at: position)?.continuesName == true { position += 1 }
    diagnostics.append(.malformedNumber(at: text.range(of: start..<position)))
    return .invalid
  }

  private mutating func skipDigits() {
    while byte(at: position)?.isDigit == true { position += 1 }
  }

  private mutating func skipExponent() -> Bool {
    guard let e = byte(at: position), e | 0x20 == UInt8(ascii: "e") else { return false }
    let sign = byte(at: position + 1)
    let digits =
      sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") ? position + 2 : position + 1
    guard byte(at: digits)?.isDigit == true else { return false }
    position = digits
    skipDigits()
    return true
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
  fileprivate var isHexDigit: Bool { isDigit || (0x61...0x66).contains(self | 0x20) }
  fileprivate var startsName: Bool {
    (0x61...0x7A).contains(self | 0x20) && self >= 0x41 || self == 0x5F
  }
  fileprivate var continuesName: Bool { startsName || isDigit }
}
