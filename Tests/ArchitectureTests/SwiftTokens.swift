/// A word or sign of a Swift file, without its comments and the text of its literals.
struct SwiftToken {
  let text: Substring
  /// The number of spaces before it, if it is the first of its line.
  let indentation: Int?

  var isWord: Bool { text.utf8.first.map(isPartOfWord) ?? false }
}

/// The words and signs of a Swift file, in their order.
///
/// What stands in comments and literals is left out, but for what a literal interpolates. Names in
/// backticks stand without them.
func swiftTokens(of text: String) -> [SwiftToken] {
  var scanner = SwiftScanner(text: text)
  scanner.scanCode(closesWithParenthesis: false)
  return scanner.tokens
}

private struct SwiftScanner {
  private(set) var tokens: [SwiftToken] = []
  private let text: String
  private let bytes: [UInt8]
  private var position = 0
  private var lineStart = 0
  private var isFirstOfLine = true

  init(text: String) {
    self.text = text
    bytes = Array(text.utf8)
  }

  /// Scans up to the end, or to the parenthesis that closes an interpolation.
  mutating func scanCode(closesWithParenthesis: Bool) {
    var depth = 0
    while position < bytes.count {
      let byte = bytes[position]
      if isNext("//") {
        skip(upTo: "\n")
      } else if isNext("/*") {
        skip(upTo: "*/")
      } else if byte == UInt8(ascii: "\n") {
        position += 1
        lineStart = position
        isFirstOfLine = true
      } else if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "`") {
        position += 1
      } else if let literal = openingQuotes() {
        scanLiteral(quotes: literal.quotes, hashes: literal.hashes)
      } else if isPartOfWord(byte) {
        let start = position
        while position < bytes.count, isPartOfWord(bytes[position]) { position += 1 }
        append(start..<position)
      } else {
        if byte == UInt8(ascii: "(") { depth += 1 }
        if byte == UInt8(ascii: ")") {
          if closesWithParenthesis, depth == 0 { return }
          depth -= 1
        }
        append(position..<position + 1)
        position += 1
      }
    }
  }

  private mutating func scanLiteral(quotes: String, hashes: String) {
    position += quotes.utf8.count + hashes.utf8.count
    while position < bytes.count {
      if isNext(quotes + hashes) {
        position += quotes.utf8.count + hashes.utf8.count
        return
      }
      if isNext("\\" + hashes) {
        position += 1 + hashes.utf8.count
        if isNext("(") {
          position += 1
          scanCode(closesWithParenthesis: true)
        }
      }
      position += 1
    }
  }

  private func openingQuotes() -> (quotes: String, hashes: String)? {
    var end = position
    while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return nil }
    let hashes = String(repeating: "#", count: end - position)
    let isLong = bytes[end...].starts(with: "\"\"\"".utf8)
    return (isLong ? "\"\"\"" : "\"", hashes)
  }

  private mutating func append(_ range: Range<Int>) {
    let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
    let end = text.utf8.index(start, offsetBy: range.count)
    tokens.append(
      SwiftToken(
        text: text[start..<end],
        indentation: isFirstOfLine ? range.lowerBound - lineStart : nil))
    isFirstOfLine = false
  }

  private mutating func skip(upTo end: String) {
    while position < bytes.count, !isNext(end) { position += 1 }
    if end != "\n" { position += end.utf8.count }
  }

  private func isNext(_ expected: String) -> Bool {
    bytes[position...].starts(with: expected.utf8)
  }
}

private func isPartOfWord(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
    true
  default: byte >= 0x80
  }
}
