/// The way from libyaml's places, counted in characters, to ours, counted in bytes.
struct CharacterOffsets {
  /// How many characters lie between two entries of `marks`; a lookup walks over fewer than these.
  private static let stride = 64

  private let bytes: [UInt8]
  /// How many bytes precede the first character: those of a byte order mark.
  private let start: Int
  /// The byte offset of every `stride`-th character; nil when every character is one byte.
  private let marks: [Int]?

  /// The offsets in a text in UTF-8 whose first character stands at `start`.
  init(_ bytes: [UInt8], start: Int, isASCII: Bool) {
    self.bytes = bytes
    self.start = start
    guard !isASCII else {
      marks = nil
      return
    }
    var marks: [Int] = []
    var index = 0
    for offset in start..<max(start, bytes.count) where !Self.isContinuation(bytes[offset]) {
      if index % Self.stride == 0 { marks.append(offset) }
      index += 1
    }
    self.marks = marks
  }

  /// The byte offset of the character of the given index; past the last, the end of the text.
  func byteOffset(ofCharacter index: Int) -> Int {
    guard let marks else { return min(start + index, bytes.count) }
    guard index / Self.stride < marks.count else { return bytes.count }
    var offset = marks[index / Self.stride]
    for _ in 0..<index % Self.stride {
      guard offset < bytes.count else { break }
      offset += 1
      while offset < bytes.count, Self.isContinuation(bytes[offset]) { offset += 1 }
    }
    return offset
  }

  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
