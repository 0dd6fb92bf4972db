/// White space as libyaml sees it: spaces, tabs and its line breaks, all of which decoding may change.
///
/// NEL, LS and PS are line breaks in YAML 1.1, and to libyaml; in YAML 1.2 they are not.
enum Blank {
  /// The number of bytes of the space, tab or line break at an offset; 0 when there is none.
  static func length(_ bytes: [UInt8], at offset: Int) -> Int {
    guard offset < bytes.count else { return 0 }
    switch bytes[offset] {
    case UInt8(ascii: " "), UInt8(ascii: "\t"): return 1
    default: return breakLength(bytes, at: offset)
    }
  }

  /// The number of bytes of the line break at an offset; 0 when there is none.
  static func breakLength(_ bytes: [UInt8], at offset: Int) -> Int {
    guard offset < bytes.count else { return 0 }
    func follows(_ expected: UInt8, _ distance: Int) -> Bool {
      offset + distance < bytes.count && bytes[offset + distance] == expected
    }
    switch bytes[offset] {
    case UInt8(ascii: "\n"): return 1
    case UInt8(ascii: "\r"): return follows(UInt8(ascii: "\n"), 1) ? 2 : 1
    case 0xC2: return follows(0x85, 1) ? 2 : 0
    case 0xE2: return follows(0x80, 1) && (follows(0xA8, 2) || follows(0xA9, 2)) ? 3 : 0
    default: return 0
    }
  }

  /// The number of bytes of the space, tab or line break that ends before an offset, or 0.
  static func length(_ bytes: [UInt8], before offset: Int) -> Int {
    for length in (1...3).reversed()
    where offset >= length && Self.length(bytes, at: offset - length) == length {
      return length
    }
    return 0
  }
}
