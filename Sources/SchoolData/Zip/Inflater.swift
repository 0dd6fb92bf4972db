/// Unpacks what was packed by 'deflate' (RFC 1951).
///
/// It is written here since none of the packages that the server is made of links zlib, and rosters are small. It trusts nothing:
/// what is longer than it was said to be, or no such text, ends it.
struct Inflater {
  /// The bytes are not what 'deflate' makes, or make more than was said.
  struct Damaged: Error {}

  private let input: [UInt8]
  private var position: Int
  private let end: Int
  /// Bits that were taken from the input, and not used yet; the next one is the lowest.
  private var bits: UInt64 = 0
  private var bitCount = 0
  private var output: [UInt8] = []
  private let count: Int

  private init(_ input: [UInt8], _ range: Range<Int>, count: Int) {
    self.input = input
    self.count = count
    position = range.lowerBound
    end = range.upperBound
    output.reserveCapacity(count)
  }

  /// What the bytes of a range hold.
  ///
  /// - Parameters:
  ///   - input: The bytes.
  ///   - range: Those that are read, to the last one.
  ///   - count: How many bytes they must make.
  /// - Returns: The bytes that were packed, `count` of them.
  /// - Throws: `Damaged`.
  static func inflate(
    _ input: [UInt8], _ range: Range<Int>, count: Int
  ) throws(Damaged) -> [UInt8] {
    var inflater = Inflater(input, range, count: count)
    while try !inflater.readBlock() {}
    guard inflater.output.count == count,
      inflater.position - inflater.bitCount / 8 == range.upperBound
    else { throw Damaged() }
    return inflater.output
  }

  /// Reads a block; whether it is the last one.
  private mutating func readBlock() throws(Damaged) -> Bool {
    let isLast = try take(1) == 1
    switch try take(2) {
    case 0: try copyStored()
    case 1: try readSymbols(Self.fixedLiterals, Self.fixedDistances)
    case 2:
      let (literals, distances) = try readCodes()
      try readSymbols(literals, distances)
    default: throw Damaged()
    }
    return isLast
  }

  // MARK: - Bits

  private mutating func fill() {
    while bitCount <= 56, position < end {
      bits |= UInt64(input[position]) << UInt64(bitCount)
      position += 1
      bitCount += 8
    }
  }

  private mutating func drop(_ count: Int) throws(Damaged) {
    guard count <= bitCount else { throw Damaged() }
    bits >>= UInt64(count)
    bitCount -= count
  }

  private mutating func take(_ count: Int) throws(Damaged) -> Int {
    if bitCount < count { fill() }
    let value = Int(bits & (1 << UInt64(count) - 1))
    try drop(count)
    return value
  }

  private mutating func symbol(_ code: HuffmanCode) throws(Damaged) -> Int {
    if bitCount < code.longest { fill() }
    let (symbol, length) = code.symbol(bits)
    guard length > 0 else { throw Damaged() }
    try drop(Int(length))
    return Int(symbol)
  }

  // MARK: - Blocks

  private mutating func copyStored() throws(Damaged) {
    try drop(bitCount % 8)
    let length = try take(16)
    guard try take(16) == ~length & 0xFFFF, output.count + length <= count else { throw Damaged() }
    for _ in 0..<length { output.append(UInt8(try take(8))) }
  }

  private mutating func readSymbols(
    _ literals: HuffmanCode, _ distances: HuffmanCode
  ) throws(Damaged) {
    while true {
      let symbol = try symbol(literals)
      if symbol < 256 {
        guard output.count < count else { throw Damaged() }
        output.append(UInt8(symbol))
        continue
      }
      if symbol == 256 { return }
      guard symbol < 286 else { throw Damaged() }
      let length = try Self.lengths[symbol - 257] + take(Self.lengthBits[symbol - 257])
      let code = try self.symbol(distances)
      guard code < 30 else { throw Damaged() }
      let distance = try Self.distances[code] + take(Self.distanceBits[code])
      guard distance <= output.count, output.count + length <= count else { throw Damaged() }
      // One after the other: what is copied may reach into what was just written.
      for index in output.count - distance..<output.count - distance + length {
        output.append(output[index])
      }
    }
  }

  private mutating func readCodes() throws(Damaged) -> (HuffmanCode, HuffmanCode) {
    let literalCount = try take(5) + 257
    let distanceCount = try take(5) + 1
    let lengthCount = try take(4) + 4
    guard literalCount <= 286, distanceCount <= 30 else { throw Damaged() }
    var codeLengths = [UInt8](repeating: 0, count: 19)
    for index in 0..<lengthCount { codeLengths[Self.lengthOrder[index]] = UInt8(try take(3)) }
    guard let code = HuffmanCode(lengths: codeLengths) else { throw Damaged() }
    var lengths: [UInt8] = []
    while lengths.count < literalCount + distanceCount {
      switch try symbol(code) {
      case let length where length < 16: lengths.append(UInt8(length))
      case 16:
        guard let last = lengths.last else { throw Damaged() }
        lengths.append(contentsOf: repeatElement(last, count: try take(2) + 3))
      case 17: lengths.append(contentsOf: repeatElement(0, count: try take(3) + 3))
      default: lengths.append(contentsOf: repeatElement(0, count: try take(7) + 11))
      }
    }
    guard lengths.count == literalCount + distanceCount, lengths[256] > 0,
      let literals = HuffmanCode(
        lengths: lengths[..<literalCount], mayBeIncomplete: true),
      let distances = HuffmanCode(lengths: lengths[literalCount...], mayBeIncomplete: true)
    else { throw Damaged() }
    return (literals, distances)
  }

  // MARK: - Tables (RFC 1951, sections 3.2.5 to 3.2.7)

  private static let lengthOrder = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let lengths = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let distanceBits = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13,
    13,
  ]
  private static let distances = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1_025, 1_537,
    2_049, 3_073, 4_097, 6_145, 8_193, 12_289, 16_385, 24_577,
  ]
  private static let fixedLiterals = code(
    [(8, 144), (9, 112), (7, 24), (8, 8)].flatMap { length, count in
      [UInt8](repeating: length, count: count)
    })
  private static let fixedDistances = code([UInt8](repeating: 5, count: 32))

  private static func code(_ lengths: [UInt8]) -> HuffmanCode {
    guard let code = HuffmanCode(lengths: lengths) else {
      preconditionFailure("the lengths that RFC 1951 gives are those of a code")
    }
    return code
  }
}
