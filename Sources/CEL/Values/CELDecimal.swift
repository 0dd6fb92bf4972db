/// An exact number: a whole coefficient and how many of its digits stand after the point.
///
/// Foundation's `Decimal` is not used: it rounds where a result does not fit, without a word, and this target needs
/// nothing else of Foundation. Here a result either is exact or there is none.
public struct CELDecimal: Hashable, Sendable {
  /// How many digits there may be after the point.
  static let maximumScale = 18
  /// What coefficients stay below: 28 digits.
  private static let limit = powers[28]
  /// The powers of ten that 128 bits hold.
  static let powers: [Int128] = (0..<38).reduce(into: [1]) { powers, _ in
    powers.append((powers.last ?? 1) * 10)
  }

  /// The digits as a whole number.
  ///
  /// INVARIANT: the last one is not zero unless the number is whole, so that equal numbers have equal parts.
  let coefficient: Int128
  /// How many of the digits stand after the point.
  let scale: Int

  /// A whole number divided by a power of ten; nil when it needs more digits than there are.
  init?(coefficient: Int128, scale: Int) {
    var (coefficient, scale) = (coefficient, scale)
    while scale > 0, coefficient % 10 == 0 {
      coefficient /= 10
      scale -= 1
    }
    guard scale <= Self.maximumScale, coefficient.magnitude < Self.limit.magnitude else {
      return nil
    }
    self.coefficient = coefficient
    self.scale = scale
  }

  /// A whole number.
  public init(_ number: Int64) {
    coefficient = Int128(number)
    scale = 0
  }

  static let zero = CELDecimal(0)

  /// The nearest double, for what only measures.
  package var approximation: Double { Double(coefficient) / Double(Self.powers[scale]) }

  /// The whole number that it is; nil when it has a fraction, or is too large.
  package var whole: Int64? { scale == 0 ? Int64(exactly: coefficient) : nil }

  /// Whether it is below zero.
  package var isNegative: Bool { coefficient < 0 }

  /// The same number with the other sign.
  var negated: CELDecimal { CELDecimal(coefficient: -coefficient, scale: scale) ?? .zero }

  // MARK: Calculations; nil where the result needs more digits than there are.

  func adding(_ other: CELDecimal) -> CELDecimal? {
    let common = max(scale, other.scale)
    guard let left = coefficient(atScale: common), let right = other.coefficient(atScale: common)
    else { return nil }
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? nil : CELDecimal(coefficient: sum, scale: common)
  }

  func multiplied(by other: CELDecimal) -> CELDecimal? {
    let (product, overflow) = coefficient.multipliedReportingOverflow(by: other.coefficient)
    return overflow ? nil : CELDecimal(coefficient: product, scale: scale + other.scale)
  }

  /// The multiple of a step that is nearest to the quotient, in a way of rounding; nil also for a divisor of zero.
  func divided(by divisor: CELDecimal, step: CELDecimal, _ rounding: Rounding) -> CELDecimal? {
    let (unit, overflow) = divisor.coefficient.multipliedReportingOverflow(by: step.coefficient)
    // a / 10^s / (b / 10^t * c / 10^u) is a * 10^(t + u - s) / (b * c).
    let power = divisor.scale + step.scale - scale
    guard !overflow, let dividend = Self.scaled(coefficient, by: power),
      let divisor = Self.scaled(unit, by: -power),
      let count = rounding.quotient(dividend, by: divisor)
    else { return nil }
    let (result, isTooLarge) = count.multipliedReportingOverflow(by: step.coefficient)
    return isTooLarge ? nil : CELDecimal(coefficient: result, scale: step.scale)
  }

  /// The multiple of a step that is nearest, in a way of rounding.
  func rounded(to step: CELDecimal, _ rounding: Rounding) -> CELDecimal? {
    divided(by: CELDecimal(1), step: step, rounding)
  }

  private func coefficient(atScale wanted: Int) -> Int128? {
    Self.scaled(coefficient, by: wanted - scale)
  }

  /// A number with so many zeros more; as it is where that is not above none.
  static func scaled(_ number: Int128, by power: Int) -> Int128? {
    guard power > 0 else { return number }
    guard powers.indices.contains(power) else { return number == 0 ? 0 : nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: powers[power])
    return overflow ? nil : product
  }
}

extension CELDecimal: Comparable {
  public static func < (left: CELDecimal, right: CELDecimal) -> Bool {
    if left.scale == right.scale { return left.coefficient < right.coefficient }
    let common = max(left.scale, right.scale)
    // 28 digits and 18 more don't always fit: whole parts then tell them apart.
    if let a = left.coefficient(atScale: common), let b = right.coefficient(atScale: common) {
      return a < b
    }
    let (a, b) = (left.parts, right.parts)
    return a.whole == b.whole ? a.fraction < b.fraction : a.whole < b.whole
  }

  /// The number without its fraction, and the fraction in units of the last place there is.
  private var parts: (whole: Int128, fraction: Int128) {
    let unit = Self.powers[scale]
    return (
      coefficient / unit, coefficient % unit * Self.powers[Self.maximumScale - scale]
    )
  }
}

/// Read and written in decimal digits, such as `-27.5`; reading takes an exponent too.
extension CELDecimal: LosslessStringConvertible {
  /// The number that a text is; nil when it is none, or needs more digits than there are.
  public init?(_ text: String) { self.init(utf8: text.utf8) }

  /// The number that some bytes of text are.
  package init?(utf8 bytes: some Sequence<UInt8>) {
    var text = Digits(bytes)
    guard text.isNumber else { return nil }
    // Zeros at the end of a long fraction are no digits that count.
    while text.scale > 0, text.coefficient % 10 == 0 {
      text.coefficient /= 10
      text.scale -= 1
    }
    var coefficient = text.isNegative ? -text.coefficient : text.coefficient
    if text.scale < 0 {
      guard let whole = Self.scaled(coefficient, by: -text.scale) else { return nil }
      (coefficient, text.scale) = (whole, 0)
    }
    self.init(coefficient: coefficient, scale: text.scale)
  }

  public var description: String { text(minimumScale: 0) }

  /// The number with at least so many digits after the point, and with commas between thousands if wanted.
  package func text(minimumScale: Int, isGrouped: Bool = false) -> String {
    let shown = max(scale, minimumScale)
    let unit = Self.powers[scale]
    let magnitude = coefficient.magnitude
    var whole = String(magnitude / unit.magnitude)
    if isGrouped {
      var grouped = ""
      for (index, digit) in whole.enumerated() {
        if index > 0, (whole.count - index).isMultiple(of: 3) { grouped.append(",") }
        grouped.append(digit)
      }
      whole = grouped
    }
    let sign = coefficient < 0 ? "-" : ""
    guard shown > 0 else { return sign + whole }
    let digits = scale == 0 ? "" : String(magnitude % unit.magnitude)
    let fraction = String(repeating: "0", count: scale - digits.count) + digits
    return sign + whole + "." + fraction + String(repeating: "0", count: shown - scale)
  }

  /// The parts of a number's text: sign, digits, point, exponent.
  private struct Digits {
    var coefficient: Int128 = 0
    var scale = 0
    private(set) var isNegative = false
    private(set) var isNumber = false

    init(_ bytes: some Sequence<UInt8>) {
      var rest = Array(bytes)[...]
      func accept(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
      }
      isNegative = accept("-")
      var count = 0
      while let digit = Self.digit(rest.first) {
        rest.removeFirst()
        guard add(digit) else { return }
        count += 1
      }
      guard count > 0 else { return }
      if accept(".") {
        count = 0
        while let digit = Self.digit(rest.first) {
          rest.removeFirst()
          guard add(digit) else { return }
          scale += 1
          count += 1
        }
        guard count > 0 else { return }
      }
      if accept("e") || accept("E") {
        let isBelowOne = accept("-")
        if !isBelowOne { _ = accept("+") }
        var exponent = 0
        guard Self.digit(rest.first) != nil else { return }
        while let digit = Self.digit(rest.first) {
          rest.removeFirst()
          exponent = min(exponent * 10 + Int(digit), 1000)
        }
        scale += isBelowOne ? exponent : -exponent
      }
      isNumber = rest.isEmpty && (coefficient == 0 || scale <= 60)
      if coefficient == 0 { scale = 0 }
    }

    private mutating func add(_ digit: Int128) -> Bool {
      let (tens, overflow) = coefficient.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(digit)
      coefficient = sum
      return !overflow && !carry
    }

    private static func digit(_ byte: UInt8?) -> Int128? {
      guard let byte, (0x30...0x39).contains(byte) else { return nil }
      return Int128(byte - 0x30)
    }
  }
}

/// An exact amount of money, in the one currency that a policy set counts in.
public struct CELMoney: Hashable, Sendable, Comparable {
  /// How much.
  public let amount: CELDecimal

  /// So much.
  public init(_ amount: CELDecimal) { self.amount = amount }

  public static func < (left: CELMoney, right: CELMoney) -> Bool { left.amount < right.amount }
}

/// Written with at least two digits after the point where there is a fraction: `27.50`, `1500`.
extension CELMoney: CustomStringConvertible {
  public var description: String {
    amount.text(minimumScale: amount.scale == 0 ? 0 : 2)
  }
}
