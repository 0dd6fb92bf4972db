import Diagnostics

/// A piece of an expression.
struct ExpressionToken: Equatable {
  enum Kind: Equatable {
    case number(Double)
    case string(String)
    /// A name, or several words that are one.
    case name(String)
    /// An operator or a bracket.
    case sign(String)
    case end
  }

  let kind: Kind
  /// The bytes of the text that it is.
  let bytes: Range<Int>
}

/// Takes expressions of FEEL (DMN 1.5, 10.3) and of GoRules' language apart into tokens.
struct ExpressionLexer {
  private let text: MappedText
  private let dialect: ExpressionDialect
  private var offset = 0

  /// The longest signs come first.
  private static let signs = [
    "..", "**", "??", "<=", ">=", "!=", "==", "&&", "||", "<", ">", "=", "+", "-", "*", "/", "%",
    "^", "(", ")", "[", "]", "{", "}", ",", ".", "?", ":", "#", "$", "@", "|", ";", "!",
  ]

  static func tokens(
    of text: MappedText, dialect: ExpressionDialect
  ) throws(ImportProblem) -> [ExpressionToken] {
    var lexer = ExpressionLexer(text: text, dialect: dialect)
    var tokens: [ExpressionToken] = []
    while true {
      let token = try lexer.next()
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  private init(text: MappedText, dialect: ExpressionDialect) {
    self.text = text
    self.dialect = dialect
  }

  private mutating func next() throws(ImportProblem) -> ExpressionToken {
    try skipBlanks()
    let start = offset
    guard let byte = byte(at: offset) else {
      return ExpressionToken(kind: .end, bytes: start..<start)
    }
    let kind: ExpressionToken.Kind
    switch byte {
    case UInt8(ascii: "\""): kind = .string(try string(closedBy: byte))
    case UInt8(ascii: "'") where dialect == .goRules: kind = .string(try string(closedBy: byte))
    case UInt8(ascii: "`"):
      throw problem("a text with expressions in it can't be said in a policy's condition", start)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): kind = .number(try number())
    case UInt8(ascii: ".") where isDigit(at: offset + 1): kind = .number(try number())
    default:
      if isNameStart(at: offset) {
        kind = .name(name())
      } else {
        let rest = text.bytes[offset...]
        guard let sign = Self.signs.first(where: { rest.starts(with: $0.utf8) }) else {
          throw problem("'\(character(at: start))' is not understood here", start)
        }
        offset += sign.utf8.count
        kind = .sign(sign)
      }
    }
    return ExpressionToken(kind: kind, bytes: start..<offset)
  }

  private func problem(_ message: String, _ start: Int) -> ImportProblem {
    ImportProblem(
      message, at: text.range(of: start..<min(max(offset, start + 1), text.bytes.count)))
  }

  private func character(at offset: Int) -> Character {
    String(decoding: text.bytes[offset...].prefix(16), as: UTF8.self).first ?? " "
  }

  private mutating func skipBlanks() throws(ImportProblem) {
    while let byte = byte(at: offset) {
      if [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
        offset += 1
      } else if byte == 0xC2, self.byte(at: offset + 1) == 0xA0 {
        offset += 2
      } else if text.bytes[offset...].starts(with: "//".utf8) {
        while let byte = self.byte(at: offset), byte != UInt8(ascii: "\n") { offset += 1 }
      } else if text.bytes[offset...].starts(with: "/*".utf8) {
        let start = offset
        offset += 2
        while offset < text.bytes.count, !text.bytes[offset...].starts(with: "*/".utf8) {
          offset += 1
        }
        guard offset < text.bytes.count else { throw problem("a comment is never closed", start) }
        offset += 2
      } else {
        return
      }
    }
  }

  private mutating func string(closedBy quote: UInt8) throws(ImportProblem) -> String {
    let start = offset
    offset += 1
    var bytes: [UInt8] = []
    while let byte = byte(at: offset), byte != quote {
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        offset += 1
        continue
      }
      guard let escaped = self.byte(at: offset + 1) else { break }
      offset += 2
      switch escaped {
      case UInt8(ascii: "n"): bytes.append(0x0A)
      case UInt8(ascii: "t"): bytes.append(0x09)
      case UInt8(ascii: "r"): bytes.append(0x0D)
      case UInt8(ascii: "u"): bytes += Array(String(Character(try scalar(from: start))).utf8)
      case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): bytes.append(escaped)
      default: throw problem("the escape '\\\(character(at: offset - 1))' is not known", offset - 2)
      }
    }
    guard byte(at: offset) == quote else { throw problem("a text is never closed", start) }
    offset += 1
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func scalar(from start: Int) throws(ImportProblem) -> Unicode.Scalar {
    let digits = String(decoding: text.bytes[offset...].prefix(4), as: UTF8.self)
    guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit),
      let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
    else { throw problem("four hexadecimal digits of a character are expected", start) }
    offset += 4
    return scalar
  }

  private mutating func number() throws(ImportProblem) -> Double {
    let start = offset
    while isDigit(at: offset) || isGroupSign(at: offset) { offset += 1 }
    if byte(at: offset) == UInt8(ascii: "."), isDigit(at: offset + 1) {
      offset += 1
      while isDigit(at: offset) || isGroupSign(at: offset) { offset += 1 }
    }
    if let byte = byte(at: offset), byte | 0x20 == UInt8(ascii: "e") {
      let signed = [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(self.byte(at: offset + 1))
      if isDigit(at: offset + (signed ? 2 : 1)) {
        offset += signed ? 2 : 1
        while isDigit(at: offset) { offset += 1 }
      }
    }
    let written = String(decoding: text.bytes[start..<offset], as: UTF8.self)
      .replacing("_", with: "")
    guard let value = ExactNumber.value(of: written) else {
      throw problem(
        "'\(written)' has more digits than numbers have here: at most 15 that count", start)
    }
    return value
  }

  private func isGroupSign(at offset: Int) -> Bool {
    dialect == .goRules && byte(at: offset) == UInt8(ascii: "_") && isDigit(at: offset + 1)
  }

  /// A name; of several words where the file declares one that stands here.
  private mutating func name() -> String {
    let start = offset
    for known in dialect.namesOfSeveralWords {
      if let end = end(of: known, from: start) {
        offset = end
        return known
      }
    }
    while isNamePart(at: offset) { offset += 1 }
    return String(decoding: text.bytes[start..<offset], as: UTF8.self)
  }

  /// Where a name that is declared ends, if it stands here; between its words any white space may be.
  private func end(of known: String, from start: Int) -> Int? {
    var at = start
    for byte in known.utf8 {
      if byte == UInt8(ascii: " ") {
        guard isBlank(at: at) else { return nil }
        while isBlank(at: at) { at += 1 }
      } else {
        guard self.byte(at: at) == byte else { return nil }
        at += 1
      }
    }
    return isNamePart(at: at) ? nil : at
  }

  private func byte(at offset: Int) -> UInt8? {
    offset < text.bytes.count ? text.bytes[offset] : nil
  }

  private func isBlank(at offset: Int) -> Bool {
    byte(at: offset).map { [0x20, 0x09, 0x0A, 0x0D].contains($0) } ?? false
  }

  private func isDigit(at offset: Int) -> Bool {
    byte(at: offset).map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }

  private func isNameStart(at offset: Int) -> Bool {
    guard let byte = byte(at: offset) else { return false }
    return byte >= 0x80 || byte == UInt8(ascii: "_")
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private func isNamePart(at offset: Int) -> Bool { isNameStart(at: offset) || isDigit(at: offset) }
}
