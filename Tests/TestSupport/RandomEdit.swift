import Foundation

/// Edits of a text as somebody makes them who types, pastes, moves and undoes, drawn at random.
public struct RandomEdit: Sendable {
  /// What stands in place of what.
  public let range: Range<Int>
  /// The text that is put there, in UTF-8.
  public let bytes: [UInt8]

  /// A range of bytes and what is put in its place.
  public init(_ range: Range<Int>, _ bytes: [UInt8]) {
    self.range = range
    self.bytes = bytes
  }

  private static let pieces = [
    "'", "\"", ": ", "x", "\n", "\n  ", "[", "]", "{", "}", "#", " # why", "é", "😀", "\t",
    "&a ", "*a", "- ", ", ", " && ", " || ", " ? ", "session.", ".", "(", ")", "\r\n", "|",
    ">-\n      ", "\u{0}", "!", "7", "null", "\u{FEFF}", "--- ", "<<: *a", "{{", "lint: {}",
    "\\", "2026-02-30", "true", "\u{200B}",
  ]

  /// An edit of a text that may be anything; `others` are texts from which something may be copied.
  public static func any(
    of text: [UInt8], copyingFrom others: [[UInt8]], _ numbers: inout SeededNumbers
  ) -> RandomEdit {
    let place = start(of: text, near: numbers.below(text.count + 1))
    switch numbers.below(7) {
    case 0, 1: return RandomEdit(place..<place, Array(pieces[numbers.below(pieces.count)].utf8))
    case 2:
      let end = start(of: text, near: min(text.count, place + 1 + numbers.below(40)))
      return RandomEdit(place..<max(place, end), [])
    case 3:
      let other = others[numbers.below(others.count)]
      let from = start(of: other, near: numbers.below(other.count + 1))
      let to = start(of: other, near: min(other.count, from + numbers.below(200)))
      return RandomEdit(place..<place, Array(other[from..<max(from, to)]))
    case 4:
      // A line that goes.
      let line = lines(of: text, around: place)
      return RandomEdit(line, [])
    case 5:
      // A line that is there twice.
      let line = lines(of: text, around: place)
      return RandomEdit(line.lowerBound..<line.lowerBound, Array(text[line]))
    default:
      let end = start(of: text, near: min(text.count, place + 1))
      return RandomEdit(place..<max(place, end), Array(pieces[numbers.below(pieces.count)].utf8))
    }
  }

  /// An edit that is likely to leave a text without a mistake, and to say something else.
  public static func likely(of text: [UInt8], _ numbers: inout SeededNumbers) -> RandomEdit {
    let exchanges = [
      ("==", "!="), ("!=", "=="), ("<=", "<"), (">=", ">"), ("&&", "||"), ("||", "&&"),
      ("true", "false"), ("false", "true"), ("pass", "fail"), ("violated", "undetermined"),
      ("error", "warning"),
    ].map { (Array($0.utf8), Array($1.utf8)) }
    let place = text.isEmpty ? 0 : numbers.below(text.count)
    let kind = numbers.below(4)
    if kind == 0 {
      let line = lines(of: text, around: place)
      return RandomEdit(line.lowerBound..<line.lowerBound, Array("# a remark\n".utf8))
    }
    for offset in place..<text.count {
      if kind == 1, (0x30...0x39).contains(text[offset]) {
        return RandomEdit(offset..<offset + 1, [UInt8(0x30 + numbers.below(10))])
      }
      if kind > 1 {
        for (old, new) in exchanges where text[offset...].starts(with: old) {
          return RandomEdit(offset..<offset + old.count, new)
        }
      }
    }
    return RandomEdit(text.count..<text.count, Array("\n".utf8))
  }

  /// The text with the edit made.
  public func applied(to text: [UInt8]) -> [UInt8] {
    var text = text
    text.replaceSubrange(range, with: bytes)
    return text
  }

  /// The edit that takes this one of a text back.
  public func undone(in text: [UInt8]) -> RandomEdit {
    RandomEdit(range.lowerBound..<range.lowerBound + bytes.count, Array(text[range]))
  }

  /// The start of the character that a byte belongs to.
  private static func start(of text: [UInt8], near offset: Int) -> Int {
    var offset = offset
    while offset > 0, offset < text.count, text[offset] & 0xC0 == 0x80 { offset -= 1 }
    return offset
  }

  /// The line that an offset is in, with its line break.
  private static func lines(of text: [UInt8], around offset: Int) -> Range<Int> {
    let start = text[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let end = text[offset...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
    return start..<max(start, end)
  }
}

/// How often something is tried at random: as often as an environment variable says, or else as often as is quick.
public func tries(_ variable: String, orElse few: Int) -> Int {
  ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? few
}
