import Diagnostics

extension JSONSyntaxError {
  /// The message about the error, which stands in a text.
  func diagnostic(in text: [UInt8], range: (Range<Int>) -> SourceRange) -> Diagnostic {
    let excerpt = Excerpt(text: text, offset: offset)
    let length = excerpt.word.isEmpty ? excerpt.scalarLength : excerpt.word.utf8.count
    let here = range(offset..<min(offset + length, text.count))
    switch problem {
    case .endOfText(let expected):
      let message =
        expected == .value && text.allSatisfy { $0 <= 0x20 }
        ? "there is nothing here, expected a document"
        : "the text ends too early, expected \(expected.words)"
      return Diagnostic(code: .invalidJson, message, at: range(offset..<offset))
    case .unexpected(let expected):
      return Diagnostic(
        code: .invalidJson, excerpt.message(expected: expected), at: here,
        help: excerpt.help(expected: expected))
    case .trailingComma:
      return Diagnostic(
        code: .invalidJson, "nothing follows this comma, expected another entry", at: here,
        help: "remove the comma")
    case .unclosedString(let end):
      return Diagnostic(
        code: .invalidJson, "this string has no closing '\"' on its line",
        at: range(offset..<end), help: "close it, and write a line break in it as '\\n'")
    case .controlCharacter:
      let name = Excerpt.name(of: Unicode.Scalar(text[offset]))
      return Diagnostic(
        code: .invalidJson, "a string can't hold \(name) as it is",
        at: range(offset..<offset + 1),
        help: "write it as '\\u\(String(0x10000 + Int(text[offset]), radix: 16).dropFirst())'")
    case .invalidEscape:
      return Diagnostic(
        code: .invalidJson, "this backslash starts no escape that JSON has",
        at: range(offset..<min(offset + 2, text.count)),
        help: "write '\\\\' for a backslash; the escapes are "
          + "'\\\"', '\\\\', '\\/', '\\b', '\\f', '\\n', '\\r', '\\t' and '\\u' with four digits")
    case .loneSurrogate:
      return Diagnostic(
        code: .invalidJson, "this escape is half of a character: its other half isn't beside it",
        at: range(offset..<min(offset + 6, text.count)))
    case .invalidUTF8:
      return Diagnostic(
        code: .invalidJson, "this is not UTF-8", at: range(offset..<offset + 1),
        help: "save the file as UTF-8")
    case .leadingZero:
      return Diagnostic(
        code: .invalidJson, "'\(excerpt.word)' starts with a zero, which numbers don't", at: here,
        help: "leave the zero out, or write a code in quotes")
    case .tooDeep:
      return Diagnostic(
        code: .invalidJson,
        "this is the \(JSONScanner.maximumDepth + 1)th mapping or list inside the other, "
          + "expected \(JSONScanner.maximumDepth) at most",
        at: range(offset..<offset + 1))
    case .tooLong:
      return Diagnostic(
        code: .invalidJson, "this is longer than a document can be, expected less than 2 GiB",
        at: range(offset..<offset))
    }
  }
}

extension JSONSyntaxError.Expected {
  fileprivate var words: String {
    switch self {
    case .value: "a value"
    case .key: "a name in double quotes"
    case .colon: "':' and a value"
    case .commaOrBrace: "',' or '}'"
    case .commaOrBracket: "',' or ']'"
    case .digit: "a digit"
    case .endOfDocument: "nothing after the document"
    }
  }
}

/// What stands at the place of an error, and what its author may have meant.
private struct Excerpt {
  let text: [UInt8]
  let offset: Int
  /// The letters, digits and signs from the place on.
  let word: String

  init(text: [UInt8], offset: Int) {
    self.text = text
    self.offset = offset
    let bytes = text[min(offset, text.count)...].prefix(40).prefix { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
        UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "$"):
        true
      default: false
      }
    }
    word = String(decoding: bytes, as: UTF8.self)
  }

  private var scalar: Unicode.Scalar {
    String(decoding: text[min(offset, text.count)...].prefix(4), as: UTF8.self).unicodeScalars.first
      ?? "\u{FFFD}"
  }

  /// The number of bytes of the character at the place.
  var scalarLength: Int { scalar == "\u{FFFD}" ? 1 : UTF8.width(scalar) }

  func message(expected: JSONSyntaxError.Expected) -> String {
    if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) {
      return "this is UTF-16 text, expected UTF-8"
    }
    if expected == .endOfDocument { return "there is more after the end of the document" }
    let found = word.isEmpty ? Self.name(of: scalar) : "'\(word)'"
    return "found \(found), expected \(expected.words)"
  }

  func help(expected: JSONSyntaxError.Expected) -> String? {
    if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) {
      return "save the file as UTF-8"
    }
    switch word.lowercased() {
    case "nan", "-nan", "infinity", "-infinity", "+infinity", "inf", "-inf", ".nan", ".inf":
      return "JSON has no such number; leave the fact out if it isn't known"
    case "true", "false", "null":
      if expected == .value { return "write \(word.lowercased())" }
    case "none", "nil", "undefined": return "write null"
    case "yes": return "write true"
    case "no": return "write false"
    default: break
    }
    switch scalar {
    case "'": return "write double quotes"
    case "\u{201C}", "\u{201D}", "\u{2018}", "\u{2019}": return "write straight double quotes"
    case "/", "#": return "JSON has no comments"
    case ",": return expected == .value || expected == .key ? "remove the comma" : nil
    case "+": return expected == .value ? "leave the plus sign out" : nil
    case "\"":
      let isBetween = expected == .commaOrBrace || expected == .commaOrBracket
      return isBetween ? "put a comma before it" : nil
    case "=": return expected == .colon ? "write ':'" : nil
    case "{":
      return expected == .endOfDocument
        ? "a file with a document a line is named .ndjson, and each begins a line" : nil
    case ".": return expected == .value ? "write a digit before the point" : nil
    default: break
    }
    if word.isEmpty { return nil }
    switch expected {
    case .key: return "write \"\(word)\""
    case .value: return "put it in double quotes if it is a text"
    default: return nil
    }
  }

  static func name(of scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\0": "a NUL character"
    case "\t": "a tab"
    case "\n": "the end of the line"
    case "\r": "a carriage return"
    case "\u{FFFD}": "bytes that are not UTF-8"
    case "\u{FEFF}": "a byte order mark"
    case "'": "a single quote"
    case let scalar where scalar.value < 0x20 || scalar.value == 0x7F:
      "the control character U+\(String(0x10000 + scalar.value, radix: 16).dropFirst().uppercased())"
    default: "'\(scalar)'"
    }
  }
}
