/// What must hold of a text before it is parsed: that it is UTF-8, and holds only what YAML allows.
enum TextCheck {
  /// The first thing in a text that YAML can't read.
  enum Flaw: Equatable {
    /// The bytes there are not UTF-8.
    case notUTF8
    /// The text starts with the byte order mark of UTF-16.
    case utf16
    /// A character that may only stand in YAML as an escape (YAML 1.2.2, section 5.1).
    case unprintable(Unicode.Scalar)
    /// More lines that start with `%TAG` than there is a use for: libyaml compares each to all others.
    case tooManyTagDirectives
  }

  /// The first flaw with the bytes it is made of, or whether every byte is one character.
  static func check(_ bytes: [UInt8]) -> (isASCII: Bool, flaw: Flaw?, at: Range<Int>) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return (false, .utf16, 0..<2)
    }
    var isASCII = true
    var tagDirectives = 0
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte < 0x80 {
        guard byte >= 0x20 && byte != 0x7F || byte == 0x0A || byte == 0x0D || byte == 0x09 else {
          return (isASCII, .unprintable(Unicode.Scalar(byte)), offset..<offset + 1)
        }
        if byte == UInt8(ascii: "%"), bytes[offset...].starts(with: "%TAG".utf8),
          offset == 0 || bytes[offset - 1] < 0x20 || bytes[offset - 1] >= 0x80
        {
          tagDirectives += 1
          guard tagDirectives <= 100 else {
            return (isASCII, .tooManyTagDirectives, offset..<offset + 4)
          }
        }
        offset += 1
        continue
      }
      isASCII = false
      guard let (scalar, length) = decode(bytes, at: offset) else {
        return (false, .notUTF8, offset..<offset + 1)
      }
      if (0x80..<0xA0).contains(scalar.value) && scalar.value != 0x85
        || scalar.value == 0xFFFE || scalar.value == 0xFFFF
      {
        return (false, .unprintable(scalar), offset..<offset + length)
      }
      offset += length
    }
    return (isASCII, nil, 0..<0)
  }

  /// The character of more than one byte that starts at an offset; nil when it is ill-formed.
  private static func decode(_ bytes: [UInt8], at offset: Int) -> (Unicode.Scalar, Int)? {
    let lead = bytes[offset]
    let (length, least): (Int, UInt32) =
      switch lead {
      case 0xC2...0xDF: (2, 0x80)
      case 0xE0...0xEF: (3, 0x800)
      case 0xF0...0xF4: (4, 0x10000)
      default: (0, 0)
      }
    guard length > 0, offset + length <= bytes.count else { return nil }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for next in bytes[offset + 1..<offset + length] {
      guard next & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(next & 0x3F)
    }
    guard value >= least, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
  }
}
