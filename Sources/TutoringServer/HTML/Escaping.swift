#if Server
/// Writes text so that it stays text within HTML, byte by byte over its UTF-8.
enum Escaping {
  /// Where text stands.
  enum Place {
    /// Between tags.
    case text
    /// In a quoted value of an attribute.
    case attribute
  }

  /// Appends text with everything escaped that would mean something in HTML.
  ///
  /// Between tags, controls that set the direction of the text behind them are left out: a name that has one could
  /// turn around the sentence that it stands in. Values of attributes keep them, since a form gives back what it shows.
  static func append(_ text: String, to bytes: inout [UInt8], in place: Place) {
    let source = text.utf8
    var start = source.startIndex
    var index = start
    while index != source.endIndex {
      let next = source.index(after: index)
      guard let replacement = replacement(of: source[index], at: index, in: source, place) else {
        index = next
        continue
      }
      bytes.append(contentsOf: source[start..<index])
      bytes.append(contentsOf: replacement.utf8)
      start = replacement.isEmpty ? source.index(index, offsetBy: 3) : next
      index = start
    }
    bytes.append(contentsOf: source[start...])
  }

  /// What stands for a byte, or, where it is empty, for the three from this one on; nil where the byte stays.
  private static func replacement(
    of byte: UInt8, at index: String.Index, in source: String.UTF8View, _ place: Place
  ) -> String? {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#39;"
    // What HTML has no place for is shown as a sign that something was there.
    case 0..<9, 0x0B, 0x0C, 0x0E..<0x20, 0x7F: "\u{FFFD}"
    case 0xE2 where place == .text && isDirectionControl(source[index...].prefix(3)): ""
    default: nil
    }
  }

  /// Whether a sign is one of U+202A to U+202E or U+2066 to U+2069.
  private static func isDirectionControl(_ bytes: Substring.UTF8View) -> Bool {
    let rest = Array(bytes.dropFirst())
    guard rest.count == 2 else { return false }
    return rest[0] == 0x80 && (0xAA...0xAE).contains(rest[1])
      || rest[0] == 0x81 && (0xA6...0xA9).contains(rest[1])
  }
}
#endif
