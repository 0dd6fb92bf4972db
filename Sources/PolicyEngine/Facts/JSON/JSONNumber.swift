/// A number of a JSON text: the decimal number that is written, without rounding where possible.
struct JSONNumber {
  /// Where it stands.
  let range: Range<Int>
  /// Whether it has a minus sign.
  let isNegative: Bool
  /// Its digits as an integer; nil when they don't fit.
  let significand: UInt64?
  /// The power of ten that the significand is multiplied by; kept within ±1,000,000.
  let exponent: Int

  /// What a number is as an integer.
  enum Integer {
    case value(Int64)
    /// It has a fraction.
    case fraction
    /// It needs more than 64 bits.
    case tooLarge
  }

  /// The integer that the number is.
  ///
  /// `1.0` and `1e2` are integers: JSON has one kind of number, and programs that know no other write
  /// whole ones either way.
  func integer(in scanner: JSONScanner) -> Integer {
    if let significand, exponent == 0 { return signed(significand) }
    let mantissa = unsafe Array(scanner.bytes(range).prefix { $0 | 0x20 != UInt8(ascii: "e") })
    var digits = mantissa.filter { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    var power = exponent
    while digits.last == UInt8(ascii: "0") {
      digits.removeLast()
      power += 1
    }
    digits = Array(digits.drop { $0 == UInt8(ascii: "0") })
    guard !digits.isEmpty else { return .value(0) }
    guard power >= 0 else { return .fraction }
    guard digits.count + power <= 19 else { return .tooLarge }
    var value: UInt64 = 0
    for digit in digits { value = value * 10 + UInt64(digit - UInt8(ascii: "0")) }
    for _ in 0..<power { value *= 10 }
    return signed(value)
  }

  /// The nearest 64-bit floating-point number; nil when the number is beyond the largest.
  func double(in scanner: JSONScanner) -> Double? {
    // Exact by one rounding: both operands are represented exactly (W. Clinger, "How to read
    // floating-point numbers accurately", 1990).
    if let significand, significand <= 1 << 53, abs(exponent) < Self.exactPowersOfTen.count {
      let power = Self.exactPowersOfTen[abs(exponent)]
      let value = exponent < 0 ? Double(significand) / power : Double(significand) * power
      return isNegative ? -value : value
    }
    let text = unsafe String(decoding: scanner.bytes(range), as: UTF8.self)
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  private func signed(_ magnitude: UInt64) -> Integer {
    if isNegative {
      return magnitude <= 1 << 63 ? .value(Int64(truncatingIfNeeded: 0 &- magnitude)) : .tooLarge
    }
    return Int64(exactly: magnitude).map { .value($0) } ?? .tooLarge
  }

  private static let exactPowersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}

extension JSONScanner {
  /// Goes over a number (RFC 8259, section 6) from its minus sign or first digit.
  @inline(never)
  mutating func number() throws(JSONSyntaxError) -> JSONNumber {
    let begin = offset
    let isNegative = byte == UInt8(ascii: "-")
    if isNegative { advance() }
    var significand: UInt64? = 0
    let startsWithZero = byte == UInt8(ascii: "0")
    let integerDigits = digits(into: &significand)
    guard integerDigits > 0 else { throw unexpected(.digit) }
    guard !startsWithZero || integerDigits == 1 else {
      throw JSONSyntaxError(problem: .leadingZero, offset: begin)
    }
    var exponent = 0
    if byte == UInt8(ascii: ".") {
      advance()
      let count = digits(into: &significand)
      guard count > 0 else { throw unexpected(.digit) }
      exponent = -count
    }
    if byte | 0x20 == UInt8(ascii: "e") {
      advance()
      let isBelowOne = byte == UInt8(ascii: "-")
      if isBelowOne || byte == UInt8(ascii: "+") { advance() }
      var power: UInt64? = 0
      guard digits(into: &power) > 0 else { throw unexpected(.digit) }
      let magnitude = Int(min(power ?? .max, 1_000_000))
      exponent += isBelowOne ? -magnitude : magnitude
    }
    return JSONNumber(
      range: begin..<offset, isNegative: isNegative, significand: significand,
      exponent: max(-1_000_000, min(exponent, 1_000_000)))
  }

  /// Goes over digits and appends them to a value, which becomes nil when it overflows.
  private mutating func digits(into value: inout UInt64?) -> Int {
    let begin = offset
    while byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      if let old = value {
        let (tens, overflowed) = old.multipliedReportingOverflow(by: 10)
        let (sum, carried) = tens.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
        value = overflowed || carried ? nil : sum
      }
      advance()
    }
    return offset - begin
  }
}
