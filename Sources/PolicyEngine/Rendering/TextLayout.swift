import Diagnostics

/// Lays out lines for a reader: wrapped to a width, indented, with a column at the right edge.
struct TextLayout {
  /// How many columns a line may have.
  let width: Int
  /// How what matters is marked.
  let style: TextStyle
  /// The lines so far, each ending in a line break.
  private(set) var text = ""

  init(width: Int, style: TextStyle) {
    self.width = max(40, width)
    self.style = style
  }

  /// An empty line, unless there is one already.
  mutating func blankLine() {
    if !text.hasSuffix("\n\n") { text += "\n" }
  }

  /// Takes away the empty line at the end, if there is one.
  mutating func endWithoutBlankLine() {
    if text.hasSuffix("\n\n") { text.removeLast() }
  }

  /// A line as it is.
  mutating func line(_ line: String) { text += line + "\n" }

  /// A text wrapped at spaces, each line of it indented.
  ///
  /// The first line begins with `lead`, in the same indentation; the others are indented by its length.
  mutating func paragraph(
    _ words: String, indent: Int, lead: String = "", role: TextStyle.Role? = nil
  ) {
    let hang = indent + lead.displayWidth
    let lines = words.wrapped(to: max(20, width - hang))
    for (index, line) in lines.enumerated() {
      let start =
        index == 0
        ? String(repeating: " ", count: indent) + lead : String(repeating: " ", count: hang)
      text += start + (role.map { style(line, $0) } ?? line) + "\n"
    }
  }

  /// A text wrapped as a paragraph, with a second, faint one at the right edge of its last line.
  ///
  /// Where both don't fit on that line, the second is set at the right edge of a line of its own, and
  /// where it doesn't fit there, it is wrapped too.
  mutating func columns(
    _ left: String, _ right: String, indent: Int, lead: String = "",
    leadRole: TextStyle.Role? = nil,
    role: TextStyle.Role? = nil
  ) {
    let hang = indent + lead.displayWidth
    let lines = left.wrapped(to: max(20, width - hang))
    for (index, line) in lines.enumerated() {
      var shown = String(repeating: " ", count: index == 0 ? indent : hang)
      if index == 0 { shown += leadRole.map { style(lead, $0) } ?? lead }
      shown += role.map { style(line, $0) } ?? line
      if index == lines.count - 1, hang + right.displayWidth > width {
        text += shown + "\n"
        paragraph(right, indent: hang, role: .faint)
        continue
      }
      if index == lines.count - 1, !right.isEmpty {
        var used = hang + line.displayWidth
        if used + 3 + right.displayWidth > width {
          shown += "\n"
          used = 0
        }
        let gap = max(used == 0 ? hang : 3, width - used - right.displayWidth)
        shown += String(repeating: " ", count: gap) + style(right, .faint)
      }
      text += shown + "\n"
    }
  }
}

extension TextLayout {
  /// A line that keeps its own spaces, with a second, faint text at the right edge.
  mutating func spacedColumns(
    _ left: String, _ right: String, indent: Int, lead: String, leadRole: TextStyle.Role
  ) {
    columns(
      left.replacing(" ", with: "\u{A0}"), right, indent: indent, lead: lead, leadRole: leadRole)
    text = text.replacing("\u{A0}", with: " ")
  }
}

extension String {
  /// The text with spaces behind it, up to a width in columns.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - displayWidth))
  }

  /// How many columns the text takes in a terminal: one for each scalar that is no combining mark.
  ///
  /// Wide scripts count two, by the blocks that the Unicode standard's annex 11 calls wide.
  var displayWidth: Int {
    unicodeScalars.reduce(0) { sum, scalar in
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: sum
      default: sum + (scalar.isWide ? 2 : 1)
      }
    }
  }

  /// The text as lines of at most so many columns, broken at spaces; a longer word stands alone.
  func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(whereSeparator: { $0.isWhitespace && $0 != "\u{A0}" }) {
      if line.isEmpty {
        line = String(word)
      } else if line.displayWidth + 1 + String(word).displayWidth <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    return lines + [line]
  }

  /// The text with its control characters made visible, so that no document can write to a terminal.
  package var printable: String {
    guard unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      return self
    }
    var result = ""
    for scalar in unicodeScalars {
      if scalar.properties.generalCategory == .control {
        result += scalar == "\n" || scalar == "\t" ? " " : "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  fileprivate var isWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
