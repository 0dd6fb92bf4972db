#if Store
import CEL
import Foundation
import TutoringSessions

/// Days and times of the invented district, in its time zone.
struct DemoCalendar {
  private let zone: TimeZone
  /// The time at which the district is looked at.
  let now: OffsetDateTime
  /// The day of that time.
  let today: CivilDate

  init(now: OffsetDateTime, timeZone: String) {
    zone = TimeZone(identifier: timeZone) ?? .gmt
    let offset = zone.secondsFromGMT(
      for: Date(timeIntervalSince1970: Double(now.timestamp.seconds)))
    self.now = OffsetDateTime(timestamp: now.timestamp, offsetMinutes: offset / 60)
    today = Self.day(of: self.now)
  }

  /// The day of a time, as its offset has it.
  func day(of time: OffsetDateTime) -> CivilDate { Self.day(of: time) }

  private static func day(of time: OffsetDateTime) -> CivilDate {
    let local = time.timestamp.seconds + Int64(time.offsetMinutes) * 60
    return CivilDate(daysSinceEpoch: Int32((local - (local % 86_400 + 86_400) % 86_400) / 86_400))
  }

  /// The school days before today, the last one first.
  func schoolDays(_ count: Int) -> [CivilDate] {
    var days: [CivilDate] = []
    var day = today
    while days.count < count, let before = day.adding(days: -1) {
      day = before
      if (1...5).contains(day.dayOfWeek) { days.append(day) }
    }
    return days
  }

  /// The last school day that lies at least so many days before today.
  func schoolDay(daysAgo: Int) -> CivilDate {
    let latest = today.adding(days: -Int64(daysAgo)) ?? today
    return schoolDays(daysAgo + 3).first { $0 <= latest } ?? latest
  }

  /// A time of a day as the clocks of the district show it.
  func time(_ day: CivilDate, _ hour: Int, _ minute: Int) -> OffsetDateTime {
    let local = Int64(day.daysSinceEpoch) * 86_400 + Int64(hour * 3_600 + minute * 60)
    let guess = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(local)))
    let offset = zone.secondsFromGMT(
      for: Date(timeIntervalSince1970: Double(local - Int64(guess))))
    return OffsetDateTime(
      timestamp: CELTimestamp(seconds: local - Int64(offset)), offsetMinutes: offset / 60)
  }

  /// A time so many minutes after another.
  func after(_ time: OffsetDateTime, minutes: Int) -> OffsetDateTime {
    OffsetDateTime(
      timestamp: CELTimestamp(seconds: time.timestamp.seconds + Int64(minutes) * 60),
      offsetMinutes: time.offsetMinutes)
  }
}
#endif
