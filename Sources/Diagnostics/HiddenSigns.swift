/// Signs that a reader can't see, or can't tell from a space: zero width spaces and joiners, no-break spaces,
/// variation selectors, byte order marks inside a text, direction marks.
///
/// They come with text that is copied from web pages and word processors, and make a name another one that
/// looks the same. Messages show them as `\u{200b}`.
enum HiddenSigns {
  /// Whether a sign can't be seen, or looks like a space.
  static func contain(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x80, !isPlainlySeen(scalar) else { return false }
    switch scalar.properties.generalCategory {
    case .spaceSeparator, .lineSeparator, .paragraphSeparator: return true
    // The marks of interlinear annotation, and a pattern of Braille without a dot.
    case _ where (0xFFF9...0xFFFB).contains(scalar.value) || scalar.value == 0x2800: return true
    default: return scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  /// Whether a sign is one of the letters of Europe and the marks on them, as nearly all are that are not ASCII:
  /// for these no table is asked.
  private static func isPlainlySeen(_ scalar: Unicode.Scalar) -> Bool {
    (0xC0...0x33F).contains(scalar.value)
  }

  /// Whether a sign that can't be seen may belong to the word that it stands in: joiners, and what chooses among
  /// the forms of a sign.
  static func canBelongToWords(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200C, 0x200D, 0xFE00...0xFE0F, 0x3000: true
    default: false
    }
  }

  /// What to do about the signs of a text, by their names; nil when it has none.
  static func help(for text: String) -> String? {
    guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    var found: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars where contain(scalar) && !found.contains(scalar) {
      found.append(scalar)
    }
    guard let first = found.first else { return nil }
    let more =
      found.count > 1 ? " and \(found.count - 1) other such sign\(found.count == 2 ? "" : "s")" : ""
    return "remove the \(name(of: first)) (\(escaped(first)))\(more), which can't be seen"
  }

  /// The sign as messages show it, such as `\u{200b}`.
  static func escaped(_ scalar: Unicode.Scalar) -> String {
    "\\u{\(String(scalar.value, radix: 16))}"
  }

  private static func name(of scalar: Unicode.Scalar) -> String {
    scalar.value == 0xFEFF
      ? "byte order mark" : scalar.properties.name?.lowercased() ?? "sign"
  }
}

extension String {
  /// The text with the signs that can't be seen, or look like a space, as `\u{200b}`.
  package var withoutHiddenSigns: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return self }
    return unicodeScalars.map {
      HiddenSigns.contain($0) ? HiddenSigns.escaped($0) : String($0)
    }.joined()
  }
}
