package import Diagnostics

/// Reads text with commas as RFC 4180 has it; nothing is dropped in silence.
///
/// A mark of UTF-8 at the front is passed over, lines may end in any way, and rows without any text are no rows. A
/// quote within a cell that has none around it, text behind a quoted cell and a quote that is never closed are mistakes.
package struct CSVReader {
  private let source: Source
  private let bytes: [UInt8]
  private var position = 0
  private var cells: [Range<UInt32>] = []
  private var firstCells: [UInt32] = []
  private var diagnostics: [Diagnostic] = []

  private init(_ source: Source) {
    self.source = source
    bytes = source.bytes
  }

  /// The rows of a text.
  package static func rows(of source: Source, into diagnostics: inout [Diagnostic]) -> CSVText {
    var reader = CSVReader(source)
    if source.bytes.count > Int(UInt32.max) {
      diagnostics.append(.tooLong(source))
    } else if String(validating: source.bytes, as: UTF8.self) == nil {
      diagnostics.append(.notUTF8(source))
    } else {
      reader.read()
      diagnostics += reader.diagnostics
    }
    return CSVText(source, cellBytes: reader.cells, firstCells: reader.firstCells)
  }

  private mutating func read() {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    while position < bytes.count {
      let first = cells.count
      var hasText = false
      while true {
        guard let cell = readCell() else {
          cells.removeLast(cells.count - first)
          return
        }
        hasText = hasText || isText(cell)
        cells.append(UInt32(cell.lowerBound)..<UInt32(cell.upperBound))
        guard position < bytes.count, bytes[position] == UInt8(ascii: ",") else { break }
        position += 1
      }
      endLine()
      if hasText {
        firstCells.append(UInt32(first))
      } else {
        cells.removeLast(cells.count - first)
      }
    }
  }

  /// Whether a cell has anything but white space and the quotes around it.
  private func isText(_ cell: Range<Int>) -> Bool {
    for index in cell where bytes[index] > 0x20 && bytes[index] != UInt8(ascii: "\"") {
      if bytes[index] < 0x7F { return true }
      return !String(decoding: bytes[cell], as: UTF8.self).allSatisfy {
        $0.isWhitespace || $0 == "\""
      }
    }
    // A quote in quotes is text: four are one.
    return cell.count > 2 && bytes[cell].dropFirst().dropLast().contains(UInt8(ascii: "\""))
  }

  private mutating func endLine() {
    guard position < bytes.count else { return }
    let isReturn = bytes[position] == UInt8(ascii: "\r")
    position += 1
    if isReturn, position < bytes.count, bytes[position] == UInt8(ascii: "\n") { position += 1 }
  }

  /// The bytes of the cell that begins here; nil where its quote is never closed, and nothing behind it can be read.
  private mutating func readCell() -> Range<Int>? {
    let start = position
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
      var hasQuote = false
      while position < bytes.count, !isEnd(bytes[position]) {
        hasQuote = hasQuote || bytes[position] == UInt8(ascii: "\"")
        position += 1
      }
      if hasQuote { diagnostics.append(.strayQuote(at: range(start..<position))) }
      return start..<position
    }
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      guard byte == UInt8(ascii: "\"") else { continue }
      if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
        position += 1
        continue
      }
      let end = position
      while position < bytes.count, !isEnd(bytes[position]) { position += 1 }
      if bytes[end..<position].contains(where: { $0 != UInt8(ascii: " ") }) {
        diagnostics.append(.textBehindQuote(at: range(start..<position)))
      }
      return start..<position
    }
    diagnostics.append(.openQuote(at: range(start..<min(start + 1, bytes.count))))
    return nil
  }

  private func range(_ bytes: Range<Int>) -> SourceRange {
    SourceRange(source: source, bytes: bytes)
  }

  private func isEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }
}
