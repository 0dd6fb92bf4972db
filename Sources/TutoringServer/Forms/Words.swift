#if Server
import CEL
import Foundation
import TutoringSessions

/// Days and times as people of the district write them.
struct Words: Sendable {
  /// The day on which they are read.
  let today: CivilDate
  /// The zone of the district.
  let zone: TimeZone

  /// Words for whoever reads on a day.
  init(today: CivilDate, zone: TimeZone) {
    self.today = today
    self.zone = zone
  }

  private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// A day such as `Wed 25 Nov`, with the year where it is another one.
  func day(_ day: CivilDate) -> String {
    let words = "\(Self.days[day.dayOfWeek]) \(day.day) \(Self.months[day.month - 1])"
    return day.year == today.year ? words : "\(words) \(day.year)"
  }

  /// A day as one speaks of near ones: `today`, `yesterday`, else as above.
  func nearDay(_ day: CivilDate) -> String {
    switch today.days(until: day) {
    case 0: "today"
    case -1: "yesterday"
    case 1: "tomorrow"
    default: self.day(day)
    }
  }

  /// A time such as `3:04 pm`; where clocks went back, with which of two it is.
  func time(_ instant: OffsetDateTime) -> String {
    let local = localSeconds(of: instant)
    let words = Self.clock(minuteOfDay: Int(remainder(of: local, 86_400) / 60))
    guard isShownTwice(instant) else { return words }
    let isFirst = zone.isDaylightSavingTime(for: date(of: instant))
    return words + (isFirst ? " daylight time" : " standard time")
  }

  /// A day and a time such as `Wed 25 Nov, 3:04 pm`.
  func moment(_ instant: OffsetDateTime) -> String {
    "\(day(dayOf(instant))), \(time(instant))"
  }

  /// From when until when, naming the day of the end only where it is another.
  func span(from start: OffsetDateTime, to end: OffsetDateTime?) -> String {
    guard let end else { return "from \(time(start))" }
    let isSameDay = dayOf(start) == dayOf(end)
    return "\(time(start)) to \(isSameDay ? time(end) : moment(end))"
  }

  /// The day of an instant in the district.
  func dayOf(_ instant: OffsetDateTime) -> CivilDate {
    let local = localSeconds(of: instant)
    return CivilDate(
      daysSinceEpoch: Int32(clamping: (local - remainder(of: local, 86_400)) / 86_400))
  }

  /// The first instant of a day in the district: midnight, or the end of the hour that clocks left out.
  func start(of day: CivilDate) -> OffsetDateTime {
    let reading = TimeReading(
      zone: zone, day: day, near: OffsetDateTime(Date(timeIntervalSince1970: 0), in: zone))
    for minute in [0, 30, 60, 90, 120] {
      if let instant = try? reading.instant(Self.clock(minuteOfDay: minute)) { return instant }
    }
    let seconds = TimeInterval(day.daysSinceEpoch) * 86_400
    return OffsetDateTime(Date(timeIntervalSince1970: seconds), in: zone)
  }

  /// How long it is from one instant to another, such as `1 h 12 min`.
  static func length(from start: OffsetDateTime, to end: OffsetDateTime) -> String {
    let minutes = max(0, end.timestamp.seconds - start.timestamp.seconds) / 60
    return minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
  }

  /// How many days are left to a last day, such as `2 days left`.
  func daysLeft(until day: CivilDate) -> String {
    switch today.days(until: day) {
    case ..<0: "the last day was \(self.day(day))"
    case 0: "today is the last day"
    case 1: "1 day left"
    case let count: "\(count) days left"
    }
  }

  /// A time of day such as `3:04 pm`.
  static func clock(minuteOfDay minute: Int) -> String {
    let minute = minute % 1_440
    let hour = minute / 60 % 12 == 0 ? 12 : minute / 60 % 12
    let rest = minute % 60
    return "\(hour):\(rest < 10 ? "0" : "")\(rest) \(minute < 720 ? "am" : "pm")"
  }

  private func isShownTwice(_ instant: OffsetDateTime) -> Bool {
    let offset = zone.secondsFromGMT(for: date(of: instant))
    return [-1, 1].contains { direction in
      let other = zone.secondsFromGMT(
        for: date(of: instant).addingTimeInterval(TimeInterval(direction * 86_400)))
      let twin = date(of: instant).addingTimeInterval(TimeInterval(offset - other))
      return other != offset && zone.secondsFromGMT(for: twin) == other
    }
  }

  private func date(of instant: OffsetDateTime) -> Date {
    Date(timeIntervalSince1970: TimeInterval(instant.timestamp.seconds))
  }

  private func localSeconds(of instant: OffsetDateTime) -> Int64 {
    instant.timestamp.seconds + Int64(zone.secondsFromGMT(for: date(of: instant)))
  }

  private func remainder(of number: Int64, _ divisor: Int64) -> Int64 {
    (number % divisor + divisor) % divisor
  }
}

extension Words {
  /// Numbers of things, such as `1 student` and `3 students`.
  static func count(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(count) \(count == 1 ? one : many ?? one + "s")"
  }
}
#endif
