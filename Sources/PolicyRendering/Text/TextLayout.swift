package import Diagnostics

/// Lays out lines for a reader: wrapped to a width, indented, with a column at the right edge.
package struct TextLayout {
  /// How many columns a line may have.
  let width: Int
  /// How what matters is marked.
  let style: TextStyle
  /// The lines so far, each ending in a line break.
  package private(set) var text = ""

  /// An empty layout.
  package init(width: Int, style: TextStyle) {
    self.width = max(40, width)
    self.style = style
  }

  /// An empty line, unless there is one already.
  package mutating func blankLine() {
    if !text.hasSuffix("\n\n") { text += "\n" }
  }

  /// Takes away the empty line at the end, if there is one.
  package mutating func endWithoutBlankLine() {
    if text.hasSuffix("\n\n") { text.removeLast() }
  }

  /// A line as it is.
  package mutating func line(_ line: String) { text += line + "\n" }

  /// A text wrapped at spaces, each line of it indented.
  ///
  /// The first line begins with `lead`, in the same indentation; the others are indented by its length.
  package mutating func paragraph(
    _ words: String, indent: Int, lead: String = "", role: TextStyle.Role? = nil
  ) {
    let hang = indent + lead.terminalColumns
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
  /// What does not `wrap` keeps its own spaces. Where both don't fit on that line, the second is set at
  /// the right edge of a line of its own, and where it doesn't fit there, it is wrapped too.
  package mutating func columns(
    _ left: String, _ right: String, indent: Int, lead: String = "",
    leadRole: TextStyle.Role? = nil,
    role: TextStyle.Role? = nil, wraps: Bool = true
  ) {
    let hang = indent + lead.terminalColumns
    let lines = wraps ? left.wrapped(to: max(20, width - hang)) : [left.printable]
    for (index, line) in lines.enumerated() {
      var shown = String(repeating: " ", count: index == 0 ? indent : hang)
      if index == 0 { shown += leadRole.map { style(lead, $0) } ?? lead }
      shown += role.map { style(line, $0) } ?? line
      if index == lines.count - 1, hang + right.terminalColumns > width {
        text += shown + "\n"
        paragraph(right, indent: hang, role: .faint)
        continue
      }
      if index == lines.count - 1, !right.isEmpty {
        var used = hang + line.terminalColumns
        if used + 3 + right.terminalColumns > width {
          shown += "\n"
          used = 0
        }
        let gap = max(used == 0 ? hang : 3, width - used - right.terminalColumns)
        shown += String(repeating: " ", count: gap) + style(right.printable, .faint)
      }
      text += shown + "\n"
    }
  }
}

extension String {
  /// The text with spaces behind it, up to a width in columns.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - terminalColumns))
  }

  /// The text as lines of at most so many columns, broken at spaces; a longer word stands alone.
  ///
  /// What could write to a terminal or reorder its line is made visible.
  func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    var (line, columns) = ("", 0)
    for part in split(whereSeparator: \.isWhitespace) {
      let word = String(part).printable
      let wordColumns = word.terminalColumns
      if line.isEmpty {
        (line, columns) = (word, wordColumns)
      } else if columns + 1 + wordColumns <= width {
        line += " " + word
        columns += 1 + wordColumns
      } else {
        lines.append(line)
        (line, columns) = (word, wordColumns)
      }
    }
    return lines + [line]
  }
}
