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

  /// An instant, written in UTC unless an offset of less than a day is given.
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
  /// The time in an RFC 3339 text such as `2026-10-14T15:00:00-05:00`; nil for any other text.
  ///
  /// A fraction of a second may have up to nine digits. The leap second 60 and instants outside the
  /// years 1 to 9999 (in UTC) are refused.
  public init?(_ text: String) {
    var reader = CalendarTextReader(text)
    guard let day = reader.day(), reader.take("T"),
      let seconds = reader.timeOfDay(), let nanoseconds = reader.fraction(),
      let offset = reader.offsetMinutes(), reader.isAtEnd
    else { return nil }
    let instant = day * 86_400 + seconds - Int64(offset) * 60
    guard OffsetDateTime.secondsOfDocumentedYears.contains(instant) else { return nil }
    self.init(
      timestamp: CELTimestamp(seconds: instant, nanoseconds: nanoseconds), offsetMinutes: offset)
  }

  /// The time in RFC 3339: a fraction without closing zeros, and only if there is one; UTC as `Z`.
  public var description: String {
    CalendarText.dateTime(timestamp, offsetMinutes: offsetMinutes)
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
        debugDescription: "'\(text)' is no time; expected one such as 2026-10-14T15:00:00-05:00")
    }
    self = value
  }

  /// Writes the text form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
