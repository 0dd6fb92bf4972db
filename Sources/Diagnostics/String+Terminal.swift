extension String {
  /// The text with what could write to a terminal, or reorder its line, as `\\u{…}`; tabs and line
  /// feeds as a space.
  package var printable: String {
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return self }
    return unicodeScalars.map { Self.printable($0) }.joined()
  }

  /// The same with the signs that can't be seen, or look like a space, as `\\u{…}` too.
  package var visible: String { withoutHiddenSigns.printable }

  /// The number of columns that a terminal gives the text: two for wide characters, none for marks.
  package var terminalColumns: Int {
    // What is ASCII takes a column each, and needs no tables.
    if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
    return unicodeScalars.reduce(0) { $0 + Self.terminalColumns($1) }
  }

  private static func printable(_ scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .control: scalar == "\t" ? " " : HiddenSigns.escaped(scalar)
    case .lineSeparator, .paragraphSeparator: HiddenSigns.escaped(scalar)
    // Of the format characters only those that change the direction (UAX #9) do harm.
    case .format where isDirection(scalar): HiddenSigns.escaped(scalar)
    default: String(scalar)
    }
  }

  private static func isDirection(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
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
