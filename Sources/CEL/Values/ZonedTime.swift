import Foundation

/// What calendar and clock show in a zone at an instant.
struct ZonedTime {
  /// The day, in days since 1970-01-01.
  let days: Int
  /// The seconds since midnight that the clock shows.
  let secondOfDay: Int
  /// The nanoseconds after that second.
  let nanoseconds: Int

  /// At a fixed offset from UTC, in seconds.
  init(_ timestamp: CELTimestamp, offset: Int) {
    let local = timestamp.seconds &+ Int64(offset)
    let days = local.flooredDivision(by: 86_400)
    self.days = Int(days)
    secondOfDay = Int(local - days * 86_400)
    nanoseconds = Int(timestamp.nanoseconds)
  }

  /// In a zone given by its IANA name or its offset from UTC.
  init(_ timestamp: CELTimestamp, zone: String) throws {
    self.init(timestamp, offset: try Self.offset(of: zone, at: timestamp))
  }

  /// The year, month and day.
  var date: CivilCalendar.Components { CivilCalendar.components(ofDays: days) }
  /// The day as a date; nil at the very ends of the years 1 to 9999.
  var civilDate: CivilDate? { CivilDate(days: days) }
  /// The time since midnight that the clock shows, on days of 23 and 25 hours too.
  var timeOfDay: CELDuration {
    CELDuration(seconds: Int64(secondOfDay), nanoseconds: Int32(nanoseconds))
  }

  static func offset(of zone: String, at timestamp: CELTimestamp) throws -> Int {
    if zone == "UTC" { return 0 }
    if let fixed = TemporalText.offset(zone) { return fixed }
    guard !zone.isEmpty, let timeZone = TimeZone(identifier: zone) else {
      throw EvaluationError("there is no such time zone")
    }
    return timeZone.secondsFromGMT(
      for: Date(timeIntervalSince1970: TimeInterval(timestamp.seconds)))
  }
}

extension CELTimestamp {
  /// The offset from UTC, in seconds, that a zone has at the instant; nil for a name that is not one of a zone.
  package func offset(in zone: String) -> Int? { try? ZonedTime.offset(of: zone, at: self) }
}
