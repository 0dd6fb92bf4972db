import Diagnostics

/// Finds where each byte of a scalar's decoded text is written.
///
/// It does not decode again what libyaml has decoded. It walks over the text as written and the
/// decoded text at once, by what holds for all styles: decoding drops, adds and replaces white space,
/// replaces escapes by what they stand for, and leaves all else as it is, in its order.
struct TextAligner {
  private let text: [UInt8]
  private let style: YAMLScalar.Style
  private let bytes: [UInt8]
  /// What is written, without quotes or the header of a block.
  private let written: Range<Int>
  /// How far the decoded text, and the written text, have been walked.
  private var decoded = 0
  private var offset: Int
  private var segments: [MappedText.Segment] = []

  /// An aligner of a decoded text with the place it is written at, quotes or header included.
  init(text: [UInt8], style: YAMLScalar.Style, bytes: [UInt8], written: Range<Int>) {
    self.text = text
    self.style = style
    self.bytes = bytes
    self.written = Self.inner(written.clamped(to: 0..<bytes.count), style, bytes)
    self.offset = self.written.lowerBound
  }

  /// The decoded text with its map.
  mutating func align(in source: Source) -> MappedText {
    while offset < written.upperBound, decoded < text.count { step() }
    return MappedText(
      bytes: text, source: source, segments: segments, originEnd: written.upperBound)
  }

  private static func inner(
    _ range: Range<Int>, _ style: YAMLScalar.Style, _ bytes: [UInt8]
  ) -> Range<Int> {
    switch style {
    case .plain: return range
    case .singleQuoted, .doubleQuoted:
      return range.count < 2 ? range : range.lowerBound + 1..<range.upperBound - 1
    case .literal, .folded:
      var start = range.lowerBound
      while start < range.upperBound, Blank.breakLength(bytes, at: start) == 0 { start += 1 }
      start += Blank.breakLength(bytes, at: start)
      return min(start, range.upperBound)..<range.upperBound
    }
  }

  private mutating func step() {
    let byte = bytes[offset]
    if Blank.length(bytes, at: offset) > 0 {
      alignBlanks(from: offset)
    } else if style == .doubleQuoted, byte == UInt8(ascii: "\\") {
      if Blank.breakLength(bytes, at: offset + 1) > 0 {
        alignBlanks(from: offset + 1, isEscaped: true)
      } else {
        alignEscape(written: Self.escapeLength(bytes, at: offset), decoded: scalarLength())
      }
    } else if style == .singleQuoted, byte == UInt8(ascii: "'") {
      alignEscape(written: 2, decoded: 1)
    } else {
      map(decoded, to: offset)
      decoded += 1
      offset += 1
    }
  }

  // MARK: Escapes

  private mutating func alignEscape(written length: Int, decoded count: Int) {
    segments.append(MappedText.Segment(text: decoded, origin: offset, escapeLength: length))
    decoded += count
    offset += length
  }

  /// The number of bytes of the escape at an offset (YAML 1.2.2, section 5.7).
  private static func escapeLength(_ bytes: [UInt8], at offset: Int) -> Int {
    guard offset + 1 < bytes.count else { return 1 }
    switch bytes[offset + 1] {
    case UInt8(ascii: "x"): return 4
    case UInt8(ascii: "u"): return 6
    case UInt8(ascii: "U"): return 10
    default: return 2
    }
  }

  /// The number of bytes of the character at which the decoded text has arrived.
  private func scalarLength() -> Int {
    switch text[decoded] {
    case 0xF0...: 4
    case 0xE0...: 3
    case 0xC0...: 2
    default: 1
    }
  }

  // MARK: White space

  /// Maps the white space that has been made of the run of white space from `start` on.
  private mutating func alignBlanks(from start: Int, isEscaped: Bool = false) {
    var end = start
    var breaks: [Int] = []
    while end < written.upperBound {
      let length = Blank.length(bytes, at: end)
      guard length > 0 else { break }
      if Blank.breakLength(bytes, at: end) > 0 { breaks.append(end) }
      end += length
    }
    let count = min(
      decodedBlanks(),
      style == .doubleQuoted && !breaks.isEmpty ? foldedCount(breaks, isEscaped) : end - start)
    // The spaces at the end stand before the same word, and the rest after the same one.
    let spaces = text[decoded..<decoded + count].reversed().prefix { $0 == UInt8(ascii: " ") }.count
    if count > spaces { map(decoded, to: start) }
    if spaces > 0 { map(decoded + count - spaces, to: end - spaces) }
    decoded += count
    offset = end
  }

  /// The number of bytes of white space at which the decoded text has arrived.
  private func decodedBlanks() -> Int {
    var end = decoded
    while case let length = Blank.length(text, at: end), length > 0 { end += length }
    return end - decoded
  }

  /// The number of bytes that flow folding makes of line breaks (YAML 1.2.2, section 6.5).
  ///
  /// Only double quotes need it: behind the folded space, white space of an escape may follow.
  private func foldedCount(_ breaks: [Int], _ isEscaped: Bool) -> Int {
    func decodedLength(_ offset: Int) -> Int { Blank.breakLength(bytes, at: offset) == 3 ? 3 : 1 }
    let later = breaks.dropFirst().reduce(0) { $0 + decodedLength($1) }
    if isEscaped { return later }
    guard let first = breaks.first else { return 0 }
    return decodedLength(first) == 3 ? 3 + later : max(1, later)
  }

  private mutating func map(_ text: Int, to origin: Int) {
    if let last = segments.last, last.escapeLength == nil,
      text - last.text == origin - last.origin
    {
      return
    }
    segments.append(MappedText.Segment(text: text, origin: origin))
  }
}
