import Foundation

/// A read that failed, for a reason of the system.
struct ReadError: Error {
  let underlying: any Error
}

/// Reads a file or pipe line by line, holding one line and one piece of what follows.
struct LineReader {
  private let handle: FileHandle
  private let limit: Int
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  private var lineNumber = 0
  private let pieceSize = 1 << 18

  /// A reader of a handle, whose lines may have so many bytes.
  init(handle: FileHandle, limit: Int) {
    self.handle = handle
    self.limit = limit
  }

  /// The next line without its line break, and its number from 1; nil at the end.
  ///
  /// A line longer than the limit is cut there, which no reader takes for a whole document.
  mutating func next() throws(ReadError) -> (bytes: [UInt8], number: Int)? {
    var scanned = start
    while true {
      if let end = buffer[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = end + 1 }
        return line(upTo: end)
      }
      if isAtEnd {
        guard start < buffer.count else { return nil }
        defer { start = buffer.count }
        return line(upTo: buffer.count)
      }
      let length = buffer.count - start
      try fill()
      scanned = start + length
    }
  }

  private mutating func line(upTo end: Int) -> (bytes: [UInt8], number: Int) {
    lineNumber += 1
    return (Array(buffer[start..<min(end, start + limit + 1)]), lineNumber)
  }

  /// What was read and not given to anyone yet.
  var unread: [UInt8] { Array(buffer[start...]) }

  /// All that is left, up to a byte more than the limit.
  mutating func rest() throws(ReadError) -> [UInt8] {
    while !isAtEnd, buffer.count - start <= limit { try fill() }
    defer { start = buffer.count }
    return Array(buffer[start..<min(buffer.count, start + limit + 1)])
  }

  /// Whether the first byte that is no white space is `{`.
  mutating func beginsWithBrace() throws(ReadError) -> Bool {
    while true {
      if let first = buffer[start...].first(where: { $0 > 0x20 }) {
        return first == UInt8(ascii: "{")
      }
      guard !isAtEnd else { return false }
      try fill()
    }
  }

  /// Whether the first line holds a whole JSON object and another line follows it.
  mutating func beginsWithJSONLine() throws(ReadError) -> Bool {
    guard try beginsWithBrace() else { return false }
    while true {
      if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = buffer[start..<end].reversed().first { $0 > 0x20 }
        let isWhole = line == UInt8(ascii: "}") && isBalanced(buffer[start..<end])
        return isWhole && buffer[end...].contains { $0 > 0x20 }
      }
      guard !isAtEnd, buffer.count - start <= limit else { return false }
      try fill()
    }
  }

  /// Whether the braces of a line that stand outside its strings close each other.
  private func isBalanced(_ line: ArraySlice<UInt8>) -> Bool {
    var depth = 0
    var isInString = false
    var isEscaped = false
    for byte in line {
      if isEscaped {
        isEscaped = false
      } else if isInString {
        if byte == UInt8(ascii: "\\") { isEscaped = true }
        if byte == UInt8(ascii: "\"") { isInString = false }
      } else {
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "}"): depth -= 1
        default: break
        }
      }
    }
    return depth == 0 && !isInString
  }

  private mutating func fill() throws(ReadError) {
    if start > 0 {
      buffer.removeFirst(start)
      start = 0
    }
    do {
      if let piece = try handle.read(upToCount: pieceSize), !piece.isEmpty {
        buffer.append(contentsOf: piece)
      } else {
        isAtEnd = true
      }
    } catch {
      throw ReadError(underlying: error)
    }
  }
}
