/// A code of bits for symbols, as RFC 1951, section 3.2.2, makes it from the length of each symbol's bits.
struct HuffmanCode {
  /// For each way in which the next bits can stand, the symbol and how many of the bits it takes; 0 bits for none.
  private let entries: [(symbol: UInt16, length: UInt8)]
  /// How many bits the longest symbol takes.
  let longest: Int

  /// The code of some lengths, 0 for symbols that have none; nil where no code has such lengths.
  ///
  /// All ways in which bits can stand must have a symbol, unless `mayBeIncomplete` and there is at most one symbol.
  init?(lengths: some Collection<UInt8>, mayBeIncomplete: Bool = false) {
    var counts = [Int](repeating: 0, count: 16)
    for length in lengths { counts[Int(length)] += 1 }
    let used = lengths.count - counts[0]
    longest = counts.lastIndex { $0 > 0 } ?? 0
    guard used > 0 || mayBeIncomplete else { return nil }
    var firstCodes = [Int](repeating: 0, count: 17)
    var free = 1
    for length in 1..<16 {
      free = free * 2 - counts[length]
      guard free >= 0 else { return nil }
      firstCodes[length + 1] = (firstCodes[length] + counts[length]) * 2
    }
    guard free == 0 || mayBeIncomplete && used <= 1 else { return nil }
    var entries = [(symbol: UInt16, length: UInt8)](repeating: (0, 0), count: 1 << longest)
    for (symbol, length) in lengths.enumerated() where length > 0 {
      let code = firstCodes[Int(length)]
      firstCodes[Int(length)] += 1
      // Codes come with their first bit in front, and bits are taken from the end of a number.
      var reversed = 0
      for bit in 0..<Int(length) where code & (1 << bit) != 0 {
        reversed |= 1 << (Int(length) - 1 - bit)
      }
      for index in stride(from: reversed, to: entries.count, by: 1 << Int(length)) {
        entries[index] = (UInt16(symbol), length)
      }
    }
    self.entries = entries
  }

  /// The symbol that bits begin with, and how many of them it takes; 0 where they begin with none.
  func symbol(_ bits: UInt64) -> (symbol: UInt16, length: UInt8) {
    entries[Int(bits & UInt64(entries.count - 1))]
  }
}
