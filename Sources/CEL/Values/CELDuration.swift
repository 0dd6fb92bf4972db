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
  package static let secondsLimit: Int64 = 9_223_372_036

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
  /// The span that a text names; nil if it is not in the form, or too long.
  public init?(_ text: String) {
    guard case .success(let value) = TemporalText.duration(text.utf8) else { return nil }
    self = value
  }

  public var description: String {
    let sign = seconds < 0 || nanoseconds < 0 ? "-" : ""
    let fraction = fraction(ofNanoseconds: Int(nanoseconds.magnitude))
    return "\(sign)\(seconds.magnitude)\(fraction)s"
  }
}
