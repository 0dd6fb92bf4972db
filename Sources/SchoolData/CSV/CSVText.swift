package import Diagnostics

/// A cell of a table, with its place.
package struct CSVCell: Hashable, Sendable {
  /// The text, without the quotes around it and without white space at its ends.
  package let text: String
  /// Where it stands, with its quotes.
  package let range: SourceRange
}

/// A row of a table.
package struct CSVRow: Sendable {
  fileprivate let table: CSVText
  fileprivate let cellIndices: Range<Int>

  /// How many cells it has.
  package var count: Int { cellIndices.count }

  /// The cell at a position, counted from 0.
  package subscript(position: Int) -> CSVCell { table.cell(cellIndices.lowerBound + position) }

  /// The cells, in their order.
  package var cells: [CSVCell] { cellIndices.map(table.cell) }

  /// Whether the cell at a position has no text.
  package func isEmpty(_ position: Int) -> Bool {
    table.isEmpty(cellIndices.lowerBound + position)
  }

  /// Where the row stands.
  package var range: SourceRange {
    let first = Int(table.cellBytes[cellIndices.lowerBound].lowerBound)
    let end = Int(table.cellBytes[cellIndices.upperBound - 1].upperBound)
    return SourceRange(source: table.source, bytes: first..<end)
  }
}

/// The rows of a text, as byte ranges of their cells.
///
/// The text of a cell is made when somebody asks for it: of the columns of a school's files most are never read.
package final class CSVText: Sendable {
  fileprivate let source: Source
  fileprivate let cellBytes: [Range<UInt32>]
  /// The index of each row's first cell, and behind them the count of all cells.
  private let firstCells: [UInt32]

  init(_ source: Source, cellBytes: [Range<UInt32>], firstCells: [UInt32]) {
    self.source = source
    self.cellBytes = cellBytes
    self.firstCells = firstCells + [UInt32(cellBytes.count)]
  }

  fileprivate func cell(_ index: Int) -> CSVCell {
    let bytes = Int(cellBytes[index].lowerBound)..<Int(cellBytes[index].upperBound)
    return CSVCell(
      text: Self.text(source.bytes, bytes), range: SourceRange(source: source, bytes: bytes))
  }

  fileprivate func isEmpty(_ index: Int) -> Bool {
    let bytes = cellBytes[index]
    // Letters and digits are text; for what else is white space, the text is asked.
    if let first = bytes.first, source.bytes[Int(first)].isPlain,
      source.bytes[Int(first)] != UInt8(ascii: "\"")
    {
      return false
    }
    return bytes.isEmpty || cell(index).text.isEmpty
  }

  private static func text(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    guard let first = range.first, let last = range.last else { return "" }
    guard bytes[first] == UInt8(ascii: "\"") else { return trimmed(bytes[range]) }
    var content: [UInt8] = []
    var position = first + 1
    while position <= last {
      if bytes[position] == UInt8(ascii: "\"") {
        // A second quote is one of the text; any other ends it.
        guard position < last, bytes[position + 1] == UInt8(ascii: "\"") else { break }
        position += 1
      }
      content.append(bytes[position])
      position += 1
    }
    return trimmed(content[...])
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let first = bytes.first, let last = bytes.last, !first.isPlain || !last.isPlain,
      text.first?.isWhitespace == true || text.last?.isWhitespace == true
    else { return text }
    let start = text.firstIndex { !$0.isWhitespace } ?? text.endIndex
    let end = text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0) } ?? text.endIndex
    return start < end ? String(text[start..<end]) : ""
  }
}

extension UInt8 {
  /// Whether the byte is a character of ASCII that is seen, and so no part of white space.
  fileprivate var isPlain: Bool { self > 0x20 && self < 0x7F }
}

extension CSVText: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { firstCells.count - 1 }
  package subscript(index: Int) -> CSVRow {
    CSVRow(
      table: self, cellIndices: Int(firstCells[index])..<Int(firstCells[index + 1]))
  }
}
