/// Where the lines of a text start, and how many Unicode scalars it has up to some of its bytes.
///
/// The counts make a column cheap to find in a line of any length: a stream's session and a generated
/// document are one line.
struct LineIndex: Sendable {
  /// The byte offset at which each line starts; that of the first is behind a byte order mark.
  let lineStarts: [Int]
  /// The number of scalars that start before each multiple of `blockSize`.
  private let scalarCounts: [Int]

  private static let blockSize = 4_096
  private static let byteOrderMark = Array("\u{FEFF}".utf8)

  init(_ bytes: [UInt8]) {
    var starts = [bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0]
    var counts = [0]
    var count = 0
    for block in stride(from: 0, to: bytes.count, by: Self.blockSize) {
      for offset in block..<min(block + Self.blockSize, bytes.count) {
        let byte = bytes[offset]
        if byte & 0xC0 != 0x80 { count += 1 }
        if byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
      }
      counts.append(count)
    }
    lineStarts = starts
    scalarCounts = counts
  }

  /// The index of the line that an offset is on.
  func line(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// How many scalars start in a range of the text that the index was made of.
  func scalarCount(in range: Range<Int>, of bytes: [UInt8]) -> Int {
    scalarCount(before: range.upperBound, of: bytes)
      - scalarCount(before: range.lowerBound, of: bytes)
  }

  private func scalarCount(before offset: Int, of bytes: [UInt8]) -> Int {
    let block = offset / Self.blockSize
    let rest = bytes[(block * Self.blockSize)..<offset]
    return scalarCounts[block] + rest.count { $0 & 0xC0 != 0x80 }
  }
}
