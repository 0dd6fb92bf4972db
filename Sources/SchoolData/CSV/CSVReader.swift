package import Diagnostics

/// A cell of a table, with its place.
package struct CSVCell: Hashable, Sendable {
  /// The text, without the quotes around it and without white space at its ends.
  package let text: String
  /// Where it stands, with its quotes.
  package let range: SourceRange
}

/// A row of a table.
package struct CSVRow: Hashable, Sendable {
  /// The cells, in their order.
  package let cells: [CSVCell]
  /// Where the row stands.
  package let range: SourceRange
}

/// Reads text with commas as RFC 4180 has it; nothing is dropped in silence.
///
/// A mark of UTF-8 at the front is passed over, lines may end in any way, and rows without any text are no rows. A
/// quote within a cell that has none around it, text behind a quoted cell and a quote that is never closed are mistakes.
package struct CSVReader {
  private let source: Source
  private let bytes: [UInt8]
  private var position = 0
  private var diagnostics: [Diagnostic] = []

  private init(_ source: Source) {
    self.source = source
    bytes = source.bytes
  }

  /// The rows of a text.
  package static func rows(
    of source: Source, into diagnostics: inout [Diagnostic]
  ) -> [CSVRow] {
    guard String(validating: source.bytes, as: UTF8.self) != nil else {
      diagnostics.append(.notUTF8(source))
      return []
    }
    var reader = CSVReader(source)
    let rows = reader.read()
    diagnostics += reader.diagnostics
    return rows
  }

  private mutating func read() -> [CSVRow] {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    var rows: [CSVRow] = []
    while position < bytes.count {
      let start = position
      var cells: [CSVCell] = []
      while true {
        guard let cell = readCell() else { return rows }
        cells.append(cell)
        guard position < bytes.count, bytes[position] == UInt8(ascii: ",") else { break }
        position += 1
      }
      let range = SourceRange(source: source, bytes: start..<position)
      endLine()
      if cells.contains(where: { !$0.text.isEmpty }) {
        rows.append(CSVRow(cells: cells, range: range))
      }
    }
    return rows
  }

  private mutating func endLine() {
    guard position < bytes.count else { return }
    let isReturn = bytes[position] == UInt8(ascii: "\r")
    position += 1
    if isReturn, position < bytes.count, bytes[position] == UInt8(ascii: "\n") { position += 1 }
  }

  /// The cell that begins here; nil where its quote is never closed, and nothing behind it can be read.
  private mutating func readCell() -> CSVCell? {
    let start = position
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
      while position < bytes.count, !isEnd(bytes[position]) { position += 1 }
      let text = bytes[start..<position]
      let range = SourceRange(source: source, bytes: start..<position)
      if text.contains(UInt8(ascii: "\"")) { diagnostics.append(.strayQuote(at: range)) }
      return CSVCell(text: Self.text(text), range: range)
    }
    var content: [UInt8] = []
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      guard byte == UInt8(ascii: "\"") else {
        content.append(byte)
        continue
      }
      if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
        content.append(byte)
        position += 1
        continue
      }
      let end = position
      while position < bytes.count, !isEnd(bytes[position]) { position += 1 }
      let range = SourceRange(source: source, bytes: start..<position)
      if bytes[end..<position].contains(where: { $0 != UInt8(ascii: " ") }) {
        diagnostics.append(.textBehindQuote(at: range))
      }
      return CSVCell(text: Self.text(content[...]), range: range)
    }
    diagnostics.append(
      .openQuote(at: SourceRange(source: source, bytes: start..<min(start + 1, bytes.count))))
    return nil
  }

  private func isEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.first?.isWhitespace == true || text.last?.isWhitespace == true else { return text }
    let start = text.firstIndex { !$0.isWhitespace } ?? text.endIndex
    let end = text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0) } ?? text.endIndex
    return start < end ? String(text[start..<end]) : ""
  }
}
