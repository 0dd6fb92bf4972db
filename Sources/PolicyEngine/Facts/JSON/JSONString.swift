/// A string of a JSON text as it was scanned: where its characters are.
struct JSONString {
  /// The offset of the first byte, in the text, or in the decoded bytes when it had escapes.
  let offset: Int
  /// The number of bytes.
  let count: Int
  /// The first eight bytes, the first lowest, with zeros after the end.
  let head: UInt64
  /// Whether the string had escapes, and so stands decoded in the bytes that were given for that.
  let isDecoded: Bool

  /// One of the string's bytes.
  @inline(__always)
  func byte(at index: Int, in scanner: JSONScanner, decoded: [UInt8]) -> UInt8 {
    isDecoded ? decoded[offset + index] : scanner.byte(atOffset: offset &+ index)
  }

  /// The string's bytes as an array.
  func bytes(in scanner: JSONScanner, decoded: [UInt8]) -> [UInt8] {
    isDecoded
      ? Array(decoded[offset..<offset + count])
      : unsafe Array(scanner.bytes(offset..<offset + count))
  }
}

extension JSONScanner {
  /// Goes over a string from its opening quote; appends its characters to `decoded` if it has escapes.
  ///
  /// Thirty-two bytes at a time, and without a branch on where in them the string ends: most strings are
  /// shorter, and their lengths are hard to predict.
  @inline(__always)
  mutating func string(into decoded: inout [UInt8]) throws(JSONSyntaxError) -> JSONString {
    let stops = stops(at: 1)
    let first = word(at: 1)
    let begin = offset &+ 1
    if stops != 0 {
      advance(by: 1 &+ stops.trailingZeroBitCount)
    } else {
      advance(by: 33)
      follow(afterPlainCharacters())
    }
    guard byte == UInt8(ascii: "\"") else {
      var scanner = self
      defer { follow(scanner) }
      return try scanner.irregularString(from: begin, into: &decoded)
    }
    let count = offset &- begin
    advance()
    // All ones below the closing quote; where the shift has no room for that, everything counts.
    let mask = count < 8 ? (1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1 : .max
    return JSONString(offset: begin, count: count, head: first & mask, isDecoded: false)
  }

  @inline(never) private func afterPlainCharacters() -> JSONScanner {
    var scanner = self
    while true {
      let stops = scanner.stops(at: 0)
      if stops != 0 {
        scanner.advance(by: stops.trailingZeroBitCount)
        return scanner
      }
      scanner.advance(by: 32)
    }
  }

  /// Goes over the rest of a string from a byte that is not plain ASCII.
  @inline(never)
  private mutating func irregularString(
    from begin: Int, into decoded: inout [UInt8]
  ) throws(JSONSyntaxError) -> JSONString {
    var decodedStart: Int?
    var runStart = begin
    while true {
      follow(afterPlainCharacters())
      switch byte {
      case UInt8(ascii: "\""):
        defer { advance() }
        guard let decodedStart else {
          let count = offset - begin
          return JSONString(
            offset: begin, count: count, head: head(atOffset: begin, count: count),
            isDecoded: false)
        }
        unsafe decoded.append(contentsOf: bytes(runStart..<offset))
        return JSONString(
          offset: decodedStart, count: decoded.count - decodedStart,
          head: decoded[decodedStart...].headWord, isDecoded: true)
      case UInt8(ascii: "\\"):
        if decodedStart == nil { decodedStart = decoded.count }
        unsafe decoded.append(contentsOf: bytes(runStart..<offset))
        let scalar = try escape()
        decoded.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        runStart = offset
      case 0..<0x20:
        if isAtEnd || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
          throw JSONSyntaxError(problem: .unclosedString(end: offset), offset: begin - 1)
        }
        throw error(.controlCharacter)
      default:
        guard let count = utf8SequenceLength() else { throw error(.invalidUTF8) }
        advance(by: count)
      }
    }
  }

  private func head(atOffset offset: Int, count: Int) -> UInt64 {
    let word = word(atOffset: offset)
    return count >= 8 ? word : word & ((1 &<< UInt64(count * 8)) - 1)
  }

  /// The length of the UTF-8 sequence of two to four bytes here; nil when it is not one.
  ///
  /// The table is Unicode's (The Unicode Standard, table 3-7): no overlong forms, no surrogates,
  /// nothing past U+10FFFF.
  private func utf8SequenceLength() -> Int? {
    let second: ClosedRange<UInt8>
    let count: Int
    switch byte {
    case 0xC2...0xDF: (count, second) = (2, 0x80...0xBF)
    case 0xE0: (count, second) = (3, 0xA0...0xBF)
    case 0xE1...0xEC, 0xEE...0xEF: (count, second) = (3, 0x80...0xBF)
    case 0xED: (count, second) = (3, 0x80...0x9F)
    case 0xF0: (count, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (count, second) = (4, 0x80...0xBF)
    case 0xF4: (count, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard second.contains(byte(at: 1)) else { return nil }
    for index in 2..<max(count, 2) where byte(at: index) & 0xC0 != 0x80 { return nil }
    return count
  }

  /// Goes over an escape from its backslash (RFC 8259, section 7).
  private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
    let scalar: Unicode.Scalar
    switch byte(at: 1) {
    case UInt8(ascii: "\""): scalar = "\""
    case UInt8(ascii: "\\"): scalar = "\\"
    case UInt8(ascii: "/"): scalar = "/"
    case UInt8(ascii: "b"): scalar = "\u{8}"
    case UInt8(ascii: "f"): scalar = "\u{C}"
    case UInt8(ascii: "n"): scalar = "\n"
    case UInt8(ascii: "r"): scalar = "\r"
    case UInt8(ascii: "t"): scalar = "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw error(.invalidEscape)
    }
    advance(by: 2)
    return scalar
  }

  private mutating func unicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
    guard let unit = hexadecimalUnit(at: 2) else { throw error(.invalidEscape) }
    if let scalar = Unicode.Scalar(unit) {
      advance(by: 6)
      return scalar
    }
    guard UTF16.isLeadSurrogate(unit), byte(at: 6) == UInt8(ascii: "\\"),
      byte(at: 7) == UInt8(ascii: "u"), let trail = hexadecimalUnit(at: 8),
      UTF16.isTrailSurrogate(trail)
    else { throw error(.loneSurrogate) }
    advance(by: 12)
    return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
  }

  /// The value of four hexadecimal digits; nil when they are others.
  ///
  /// It stops at the first other byte, and so never reads past the byte that ends the text.
  private func hexadecimalUnit(at distance: Int) -> UInt16? {
    var value: UInt16 = 0
    for index in distance..<distance + 4 {
      let digit = byte(at: index)
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt16(digit - 48)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt16(digit - 87)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt16(digit - 55)
      default: return nil
      }
    }
    return value
  }
}

extension Sequence<UInt8> {
  /// The first eight bytes as a word, the first lowest, with zeros where there are fewer.
  var headWord: UInt64 {
    var word: UInt64 = 0
    for (index, byte) in prefix(8).enumerated() { word |= UInt64(byte) << UInt64(index * 8) }
    return word
  }
}
