extension String {
  /// The text as it is safe to show: what could write to a terminal, reorder its line or hide in it is written as
  /// `\\u{…}`, and tabs are a space.
  ///
  /// Signs without width that belong to words, as in Persian or in an emoji, stay where they stand between signs
  /// that are not ASCII.
  package var printable: String {
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return self }
    var result = ""
    var before: Unicode.Scalar?
    var rest = unicodeScalars[...]
    while let scalar = rest.popFirst() {
      let isInWord =
        HiddenSigns.canBelongToWords(scalar)
        && before.map { $0.value >= 0x80 } ?? false
      if !isInWord, let shown = Self.escaped(scalar) {
        result += shown
      } else {
        result.unicodeScalars.append(scalar)
      }
      before = scalar
    }
    return result
  }

  /// The same with the signs that can't be seen, or look like a space, as `\\u{…}` too.
  package var visible: String { withoutHiddenSigns.printable }

  /// The number of columns that a terminal gives the text: two for wide characters, none for marks.
  package var terminalColumns: Int {
    // What is ASCII takes a column each, and needs no tables.
    if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
    return unicodeScalars.reduce(0) { $0 + Self.terminalColumns($1) }
  }

  /// What is shown in place of a sign that is not shown itself.
  private static func escaped(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x09: " "
    case 0..<0x20, 0x7F..<0xA0: HiddenSigns.escaped(scalar)
    default: HiddenSigns.contain(scalar) ? HiddenSigns.escaped(scalar) : nil
    }
  }

  private static func terminalColumns(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: 0
    default: isWide(scalar) ? 2 : 1
    }
  }

  /// Whether a character is wide (UAX #11), by the blocks that hold nearly all that are.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
      0x20000...0x3FFFD:
      true
    default: scalar.properties.isEmojiPresentation
    }
  }
}
