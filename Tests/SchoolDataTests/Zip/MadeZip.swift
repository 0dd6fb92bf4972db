import Foundation

/// A zip that a test makes, with whatever a real one should not have.
struct MadeZip {
  /// A file in it; what the directory says of it can be other than what is so.
  struct Entry {
    var name: String
    /// The name before the file itself; that of the directory unless given.
    var localName: String?
    var content: [UInt8]
    var method: UInt16 = 0
    var flags: UInt16 = 0
    /// The sum and length that are said; those of a stored file unless given.
    var sum: UInt32?
    var size: UInt32?
    /// Where the directory says that it is.
    var header: UInt32?

    init(_ name: String, _ text: String = "id,name\na,A\n") {
      self.name = name
      content = Array(text.utf8)
    }

    /// A file that is packed by 'deflate'.
    init(_ name: String, deflated: String, of text: String) {
      self.name = name
      content = Array(Data(base64Encoded: deflated) ?? Data())
      method = 8
      sum = Self.sum(of: Array(text.utf8))
      size = UInt32(text.utf8.count)
    }

    static func sum(of bytes: [UInt8]) -> UInt32 {
      var sum = ~UInt32(0)
      for byte in bytes {
        sum ^= UInt32(byte)
        for _ in 0..<8 {
          let isOdd = sum & 1 == 1
          sum >>= 1
          if isOdd { sum ^= 0xEDB8_8320 }
        }
      }
      return ~sum
    }
  }

  var entries: [Entry]
  /// How many files are said to be in it.
  var count: UInt16?
  /// What stands before the record at the end, such as zip64 has.
  var beforeEnd: [UInt8] = []
  /// What stands behind all of it.
  var comment = ""
  /// The number of the part of several.
  var part: UInt16 = 0

  /// A zip of some files.
  init(_ entries: [Entry]) { self.entries = entries }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let start = UInt32(bytes.count)
      let both =
        number(entry.flags) + number(entry.method) + number(UInt32(0))
        + number(entry.sum ?? Entry.sum(of: entry.content)) + number(UInt32(entry.content.count))
        + number(entry.size ?? UInt32(entry.content.count))
      let localName = Array((entry.localName ?? entry.name).utf8)
      bytes += [0x50, 0x4B, 3, 4] + number(UInt16(20)) + both
      bytes += number(UInt16(localName.count)) + number(UInt16(0)) + localName + entry.content
      directory += [0x50, 0x4B, 1, 2] + number(UInt32(0x14_0014)) + both
      directory += number(UInt16(entry.name.utf8.count)) + [UInt8](repeating: 0, count: 12)
      directory += number(entry.header ?? start) + Array(entry.name.utf8)
    }
    let start = UInt32(bytes.count)
    let count = count ?? UInt16(entries.count)
    bytes += directory + beforeEnd + [0x50, 0x4B, 5, 6] + number(part) + number(part)
    bytes += number(count) + number(count) + number(UInt32(directory.count)) + number(start)
    return bytes + number(UInt16(comment.utf8.count)) + Array(comment.utf8)
  }

  private func number<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> Number($0 * 8)) }
  }
}
