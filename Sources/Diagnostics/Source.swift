import Synchronization

/// A text that a person wrote, with the name it goes by in messages.
///
/// Everything that points into the text does so by half-open ranges of byte offsets. Lines and
/// columns are worked out when a message is printed: both count from 1, and columns count Unicode
/// scalars, as YAML and CEL do. A line ends with LF or CRLF. A byte order mark at the start of the text
/// is a byte range like any other, but on no line and in no column: editors don't show it.
public final class Source: Sendable {
  /// What messages call the text: a path as the user gave it, or a description such as `<stdin>`.
  public let name: String
  /// The text, in UTF-8; whoever reads it checks that it is.
  public let bytes: [UInt8]
  /// The number of the first line: 1, unless the text is a part of a longer one.
  public let firstLine: Int
  /// What `lines` has found, once somebody has asked: a text without mistakes is never searched.
  private let foundLines = Mutex<LineIndex?>(nil)

  /// A source of the given name over the given bytes.
  ///
  /// `firstLine` is the number of the first line, where the bytes are some lines of a longer text, such
  /// as one session of a stream.
  public init(name: String, bytes: [UInt8], firstLine: Int = 1) {
    self.name = name
    self.bytes = bytes
    self.firstLine = firstLine
  }

  /// A source of the given name over the given text.
  public convenience init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  private var lines: LineIndex {
    foundLines.withLock { found in
      if let found { return found }
      let lines = LineIndex(bytes)
      found = lines
      return lines
    }
  }

  /// The number of lines; a text that ends in a line break has an empty last line.
  public var lineCount: Int { lines.lineStarts.count }

  /// The line and column, from 1, of a byte offset; offsets past the end give the end.
  public func position(of byteOffset: Int) -> SourcePosition {
    let offset = min(max(byteOffset, 0), bytes.count)
    let lines = lines
    let line = lines.line(of: offset)
    let start = min(lines.lineStarts[line], offset)
    let column = lines.scalarCount(in: start..<offset, of: bytes)
    return SourcePosition(line: line + firstLine, column: column + 1)
  }

  /// The line, from 1, of a byte offset; cheaper than its position, since nothing is counted.
  public func line(of byteOffset: Int) -> Int {
    lines.line(of: min(max(byteOffset, 0), bytes.count)) + firstLine
  }

  /// How many Unicode scalars start in a byte range of the text.
  func scalarCount(in range: Range<Int>) -> Int { lines.scalarCount(in: range, of: bytes) }

  /// The byte range of a line by its number, without its line break.
  public func byteRange(ofLine line: Int) -> Range<Int> {
    let lineStarts = lines.lineStarts
    let index = line - firstLine
    guard lineStarts.indices.contains(index) else { return bytes.count..<bytes.count }
    let start = lineStarts[index]
    var end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// The text of a byte range; bytes that are not UTF-8 appear as U+FFFD.
  public func text(in range: Range<Int>) -> String {
    let clamped = range.clamped(to: 0..<bytes.count)
    return String(decoding: bytes[clamped], as: UTF8.self)
  }
}

/// Two sources are the same when they are the same object: names and texts may repeat.
extension Source: Hashable {
  public static func == (left: Source, right: Source) -> Bool { left === right }
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// A place in a text as a person counts it: line and column from 1, columns in Unicode scalars.
public struct SourcePosition: Hashable, Sendable, Comparable {
  /// The line, counted from 1.
  public let line: Int
  /// The column, counted from 1, in Unicode scalars.
  public let column: Int

  /// A position of the given line and column.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
