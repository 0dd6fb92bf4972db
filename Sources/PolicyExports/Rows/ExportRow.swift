/// A row of an export, as it is written and added up.
package struct ExportRow: Hashable, Sendable {
  /// What stands in a cell.
  package struct Cell: Hashable, Sendable {
    /// The text, without quotes of the file.
    package let text: String
    /// The number that it is; nil for texts.
    package let number: FixedDecimal?

    init(text: String, number: FixedDecimal?) {
      self.text = text
      self.number = number
    }

    init(_ number: FixedDecimal) {
      self.init(text: number.text, number: number)
    }
  }

  /// What the row is.
  package let entry: ExportEntry
  /// Where its subject stands in the document; empty for the document itself.
  package let subject: String
  /// Which of its subject's rows it is.
  package let line: String
  /// The minutes that it counts, negative where it takes others back.
  package let minutes: Int
  /// What the totals are taken by.
  package let totals: [String]
  /// The cells, in the order of the columns.
  package let cells: [Cell]

  /// The row as the file has it, without the line's end.
  package var text: String {
    cells.map { CSV.cell($0.text, isText: $0.number == nil) }.joined(separator: ",")
  }
}

extension ExportFormat {
  /// The first row of the file, without the line's end.
  package var header: String {
    columns.map { CSV.cell($0.header, isText: true) }.joined(separator: ",")
  }
}

/// Cells of a file with commas (RFC 4180).
package enum CSV {
  /// What ends a line.
  package static let lineEnd = "\r\n"

  /// A file of lines.
  package static func file(_ lines: some Sequence<String>) -> String {
    lines.map { $0 + lineEnd }.joined()
  }

  /// A cell: quoted where it has to be, and a text with a `'` in front where a spreadsheet would calculate it.
  package static func cell(_ text: String, isText: Bool = true) -> String {
    var text = text
    if isText, let first = text.unicodeScalars.first, formulaSigns.contains(first) {
      text = "'" + text
    }
    let needsQuotes = text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }

  private static let formulaSigns: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
  ]
}
