/// An instant: whole seconds since 1970-01-01T00:00:00Z and nanoseconds from 0 to 999,999,999.
public struct CELTimestamp: Hashable, Sendable {
  /// Whole seconds since the epoch, rounded down.
  public let seconds: Int64
  /// Nanoseconds after that second.
  public let nanoseconds: Int32

  /// An instant; the caller keeps to the years 1 to 9999.
  public init(seconds: Int64, nanoseconds: Int32 = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// The seconds of the years 1 to 9999, which the specification bounds timestamps to.
  static let secondsRange: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// An instant given by any seconds and nanoseconds; nil outside the years 1 to 9999.
  init?(normalizingSeconds seconds: Int64, nanoseconds: Int64) {
    let carry = nanoseconds.flooredDivision(by: 1_000_000_000)
    let (sum, overflow) = seconds.addingReportingOverflow(carry)
    guard !overflow, Self.secondsRange.contains(sum) else { return nil }
    self.init(seconds: sum, nanoseconds: Int32(nanoseconds - carry * 1_000_000_000))
  }

  /// The instant so much later; nil outside the years 1 to 9999.
  func adding(_ duration: CELDuration) -> CELTimestamp? {
    let (sum, overflow) = seconds.addingReportingOverflow(duration.seconds)
    guard !overflow else { return nil }
    return CELTimestamp(
      normalizingSeconds: sum, nanoseconds: Int64(nanoseconds) + Int64(duration.nanoseconds))
  }

  /// The span from another instant to this one; nil when durations don't reach that far.
  package func since(_ other: CELTimestamp) -> CELDuration? {
    let (difference, overflow) = seconds.subtractingReportingOverflow(other.seconds)
    guard !overflow else { return nil }
    return CELDuration(
      normalizingSeconds: difference, nanoseconds: Int64(nanoseconds) - Int64(other.nanoseconds))
  }
}

extension CELTimestamp: Comparable {
  public static func < (left: CELTimestamp, right: CELTimestamp) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }
}

/// Written as RFC 3339 has it: `2009-02-13T23:31:30.5Z`; described in UTC.
extension CELTimestamp: LosslessStringConvertible {
  /// The instant that a text in the form of RFC 3339 names; nil if it is not in that form, or outside
  /// the years 1 to 9999.
  ///
  /// Digits of a second past the ninth are cut off.
  public init?(_ text: String) {
    guard case .success(let value) = TemporalText.timestamp(text.utf8, cuttingFraction: true) else {
      return nil
    }
    self = value
  }

  public var description: String {
    let days = seconds.flooredDivision(by: 86_400)
    let rest = Int(seconds - days * 86_400)
    let date = CivilCalendar.components(ofDays: Int(days))
    return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))T"
      + "\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))"
      + fraction(ofNanoseconds: Int(nanoseconds)) + "Z"
  }
}

/// Nanoseconds as a decimal fraction with its point, without zeros at the end; empty for none.
func fraction(ofNanoseconds nanoseconds: Int) -> String {
  guard nanoseconds != 0 else { return "" }
  var digits = padded(nanoseconds, 9)
  while digits.hasSuffix("0") { digits.removeLast() }
  return "." + digits
}

extension Int64 {
  /// The quotient rounded down; the divisor is positive.
  func flooredDivision(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
