/// What a string or bytes literal stands for: its content with escapes resolved.
struct StringLiteral {
  /// A mistake in the content, at a range of the whole text.
  struct Mistake {
    let message: String
    let range: Range<Int>
  }

  /// The content: UTF-8 for a string.
  private(set) var content: [UInt8] = []
  /// The escapes that mean nothing.
  private(set) var mistakes: [Mistake] = []
  private let isBytes: Bool

  /// Reads the literal of the given form at a range of a text, which includes prefix and quotes.
  init(_ form: Token.StringForm, bytes: [UInt8], range: Range<Int>) {
    isBytes = form.isBytes
    let prefix = (form.isRaw ? 1 : 0) + (form.isBytes ? 1 : 0)
    let quotes = form.isTriple ? 3 : 1
    let start = range.lowerBound + prefix + quotes
    let end = max(start, range.upperBound - (form.isUnterminated ? 0 : quotes))
    guard !form.isRaw, bytes[start..<end].contains(UInt8(ascii: "\\")) else {
      content = Array(bytes[start..<end])
      return
    }
    content.reserveCapacity(end - start)
    var position = start
    while position < end {
      if bytes[position] == UInt8(ascii: "\\") {
        position = escape(in: bytes[position..<end])
      } else {
        content.append(bytes[position])
        position += 1
      }
    }
  }

  /// Resolves the escape that a slice starts with; the offset after it.
  private mutating func escape(in slice: ArraySlice<UInt8>) -> Int {
    let start = slice.startIndex
    guard start + 1 < slice.endIndex else { return slice.endIndex }
    let letter = slice[start + 1]
    if let plain = Self.simple[letter] {
      content.append(plain)
      return start + 2
    }
    switch letter {
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      return number(in: slice, from: start + 2, digits: 2, radix: 16, isCodePoint: false)
    case UInt8(ascii: "u") where !isBytes:
      return number(in: slice, from: start + 2, digits: 4, radix: 16, isCodePoint: true)
    case UInt8(ascii: "U") where !isBytes:
      return number(in: slice, from: start + 2, digits: 8, radix: 16, isCodePoint: true)
    case UInt8(ascii: "0")...UInt8(ascii: "3"):
      return number(in: slice, from: start + 1, digits: 3, radix: 8, isCodePoint: false)
    default:
      var end = start + 2
      while end < slice.endIndex, slice[end] & 0xC0 == 0x80 { end += 1 }
      let written = String(decoding: slice[start..<end], as: UTF8.self)
      mistakes.append(
        Mistake(
          message: "'\(written)' means nothing in a \(isBytes ? "bytes literal" : "string")",
          range: start..<end))
      return end
    }
  }

  private mutating func number(
    in slice: ArraySlice<UInt8>, from start: Int, digits: Int, radix: Int, isCodePoint: Bool
  ) -> Int {
    let end = min(start + digits, slice.endIndex)
    let written = String(decoding: slice[start..<end], as: UTF8.self)
    let whole = slice.startIndex..<end
    guard end - start == digits, let value = UInt32(written, radix: radix), value >= 0,
      !written.hasPrefix("+")
    else {
      let kind = radix == 8 ? "octal" : "hexadecimal"
      mistakes.append(
        Mistake(message: "the escape takes \(digits) \(kind) digits", range: whole))
      return end
    }
    if isBytes {
      content.append(UInt8(truncatingIfNeeded: value))
    } else if let scalar = Unicode.Scalar(value) {
      content += Array(String(scalar).utf8)
    } else {
      mistakes.append(Mistake(message: "the escape names no Unicode character", range: whole))
    }
    return end
  }

  private static let simple: [UInt8: UInt8] = [
    UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    UInt8(ascii: "v"): 0x0B, UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    UInt8(ascii: "?"): UInt8(ascii: "?"), UInt8(ascii: "\""): UInt8(ascii: "\""),
    UInt8(ascii: "'"): UInt8(ascii: "'"), UInt8(ascii: "`"): UInt8(ascii: "`"),
  ]
}
