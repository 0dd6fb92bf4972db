public import CEL
public import Foundation

/// A point in time together with the offset from UTC that it was written in.
///
/// Decisions look at the instant alone; the offset is kept so that a document is written as it was
/// read. Two values are equal when both are the same, so compare `timestamp` to ask which came first.
public struct OffsetDateTime: Hashable, Sendable {
  /// The instant.
  public let timestamp: CELTimestamp
  /// How many minutes local time is ahead of UTC: -300 for Central Daylight Time.
  public let offsetMinutes: Int

  /// An instant of the years 1 to 9999, written in UTC unless an offset of less than a day is given.
  public init(timestamp: CELTimestamp, offsetMinutes: Int = 0) {
    self.timestamp = timestamp
    self.offsetMinutes = offsetMinutes
  }

  /// A date to the second below, written in the offset that the time zone has then.
  ///
  /// A date outside the years that documents have becomes the first or last of them.
  public init(_ date: Date, in timeZone: TimeZone) {
    let years = OffsetDateTime.secondsOfDocumentedYears
    // The limits come first so that these also hold for what is not a number.
    let seconds = min(
      Double(years.upperBound), max(Double(years.lowerBound), date.timeIntervalSince1970))
    let offsetSeconds = timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds))
    self.init(
      timestamp: CELTimestamp(seconds: Int64(seconds.rounded(.down))),
      offsetMinutes: offsetSeconds / 60)
  }

  /// From the first second of the year 1 to the last of 9999.
  private static let secondsOfDocumentedYears: ClosedRange<Int64> =
    -62_135_596_800...253_402_300_799
}

extension OffsetDateTime: LosslessStringConvertible {
  /// The time in an RFC 3339 text such as `2026-10-14T15:00:00-05:00`; nil for any other text, and for
  /// instants outside the years 1 to 9999.
  public init?(_ text: String) {
    guard let timestamp = CELTimestamp(text) else { return nil }
    self.init(timestamp: timestamp, offsetMinutes: OffsetDateTime.offsetMinutes(atEndOf: text))
  }

  /// The time in RFC 3339: a fraction without closing zeros, and only if there is one; UTC as `Z`.
  public var description: String {
    guard offsetMinutes != 0 else { return timestamp.description }
    let local = CELTimestamp(
      seconds: timestamp.seconds + Int64(offsetMinutes) * 60, nanoseconds: timestamp.nanoseconds)
    let magnitude = abs(offsetMinutes)
    let digits = String(10_000 + magnitude / 60 * 100 + magnitude % 60).dropFirst()
    let sign = offsetMinutes < 0 ? "-" : "+"
    return "\(local.description.dropLast())\(sign)\(digits.prefix(2)):\(digits.suffix(2))"
  }

  /// The offset that closes a text known to be RFC 3339: a sign, hours, a colon and minutes, or `Z`.
  private static func offsetMinutes(atEndOf text: String) -> Int {
    let offset = text.suffix(6)
    guard let sign = offset.first, "+-".contains(sign), let minutes = Int(offset.suffix(2)),
      let hours = Int(offset.dropFirst().prefix(2))
    else { return 0 }
    return (hours * 60 + minutes) * (sign == "-" ? -1 : 1)
  }
}

extension OffsetDateTime: Codable {
  /// Reads the text form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = OffsetDateTime(text) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "'\(text)' is not a time; expected one such as 2026-10-14T15:00:00-05:00")
    }
    self = value
  }

  /// Writes the text form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
