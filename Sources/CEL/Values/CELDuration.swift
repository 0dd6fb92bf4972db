/// A span of time: whole seconds and nanoseconds of the same sign.
public struct CELDuration: Hashable, Sendable {
  /// Whole seconds, rounded towards zero.
  public let seconds: Int64
  /// Nanoseconds, from -999,999,999 to 999,999,999, never of the other sign than the seconds.
  public let nanoseconds: Int32

  /// A span of time.
  public init(seconds: Int64, nanoseconds: Int32 = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// How long durations may be: what 64 bits of nanoseconds hold, some 292 years.
  ///
  /// The conformance tests expect the difference of the first and the last timestamp to be out of range,
  /// which this bound gives and that of protocol buffers (10,000 years) would not.
  static let secondsLimit: Int64 = 9_223_372_036

  /// A span given by any seconds and nanoseconds; nil when it is too long.
  init?(normalizingSeconds seconds: Int64, nanoseconds: Int64) {
    let carry = nanoseconds.flooredDivision(by: 1_000_000_000)
    let (sum, overflow) = seconds.addingReportingOverflow(carry)
    guard !overflow, sum.magnitude < Self.secondsLimit.magnitude else { return nil }
    let rest = nanoseconds - carry * 1_000_000_000
    if sum < 0, rest > 0 {
      self.init(seconds: sum + 1, nanoseconds: Int32(rest - 1_000_000_000))
    } else {
      self.init(seconds: sum, nanoseconds: Int32(rest))
    }
  }

  /// The sum; nil when it is too long.
  func adding(_ other: CELDuration) -> CELDuration? {
    let (sum, overflow) = seconds.addingReportingOverflow(other.seconds)
    guard !overflow else { return nil }
    return CELDuration(
      normalizingSeconds: sum, nanoseconds: Int64(nanoseconds) + Int64(other.nanoseconds))
  }

  /// The same span the other way.
  var negated: CELDuration { CELDuration(seconds: 0 &- seconds, nanoseconds: 0 &- nanoseconds) }
}

extension CELDuration: Comparable {
  public static func < (left: CELDuration, right: CELDuration) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }
}

/// Read as a sequence of numbers with units, such as `1h30m`, `-1.5s` or `20ms`; described in seconds.
extension CELDuration: LosslessStringConvertible {
  private static let units: [(name: [UInt8], nanoseconds: Int64)] = [
    (Array("ns".utf8), 1), (Array("us".utf8), 1_000), (Array("µs".utf8), 1_000),
    (Array("ms".utf8), 1_000_000), (Array("s".utf8), 1_000_000_000),
    (Array("m".utf8), 60_000_000_000), (Array("h".utf8), 3_600_000_000_000),
  ]

  /// The span that a text names; nil if it is not in the form, or too long.
  public init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    guard !rest.isEmpty else { return nil }
    if Array(rest) == [UInt8(ascii: "0")] {
      self.init(seconds: 0)
      return
    }
    var total: Int64 = 0
    while !rest.isEmpty {
      guard let part = Self.part(&rest) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(part)
      guard !overflow else { return nil }
      total = sum
    }
    self.init(normalizingSeconds: 0, nanoseconds: isNegative ? -total : total)
  }

  /// The nanoseconds of one number with its unit, taken off the front.
  private static func part(_ text: inout ArraySlice<UInt8>) -> Int64? {
    let whole = digits(&text)
    var fraction = ArraySlice<UInt8>()
    if text.first == UInt8(ascii: ".") {
      text = text.dropFirst()
      fraction = digits(&text)
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    let unit = text.prefix { !(0x30...0x39).contains($0) && $0 != UInt8(ascii: ".") }
    text = text.dropFirst(unit.count)
    guard let scale = units.first(where: { $0.name.elementsEqual(unit) })?.nanoseconds,
      let number = whole.isEmpty ? 0 : Int64(String(decoding: whole, as: UTF8.self))
    else { return nil }
    var (result, overflow) = number.multipliedReportingOverflow(by: scale)
    guard !overflow else { return nil }
    var unitOfDigit = scale
    for digit in fraction {
      unitOfDigit /= 10
      guard unitOfDigit > 0 else { break }
      (result, overflow) = result.addingReportingOverflow(Int64(digit - 0x30) * unitOfDigit)
      guard !overflow else { return nil }
    }
    return result
  }

  private static func digits(_ text: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let digits = text.prefix { (0x30...0x39).contains($0) }
    text = text.dropFirst(digits.count)
    return digits
  }

  public var description: String {
    let sign = seconds < 0 || nanoseconds < 0 ? "-" : ""
    let fraction = fraction(ofNanoseconds: Int(nanoseconds.magnitude))
    return "\(sign)\(seconds.magnitude)\(fraction)s"
  }
}
