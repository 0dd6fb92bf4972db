#if Server
import CEL
import Foundation
import Testing
import TutoringSessions

@testable import TutoringServer

/// Times as people type them, and what they mean.
@Suite struct TimeTests {
  private static let zone = TimeZone(identifier: "America/Chicago") ?? .gmt

  private static func time(_ text: String) throws -> OffsetDateTime {
    try #require(OffsetDateTime(text))
  }

  /// A session in the afternoon of Wednesday 18 November 2026.
  private static func afternoon() throws -> TimeReading {
    TimeReading(
      zone: zone, day: try #require(CivilDate("2026-11-18")),
      earliest: try time("2026-11-18T15:04:20-06:00"),
      latest: try time("2026-11-18T16:40:00-06:00"),
      near: try time("2026-11-18T16:40:00-06:00"))
  }

  @Test(arguments: [
    "330", "3:30", "3.30", "3:30p", "3:30 pm", "3.30 PM", "03:30pm", "3:30 p.m.", "15:30", "1530",
    "15.30", "15h30", " 330 p ", "3:30:00 pm",
  ])
  func `half past three is understood however it is typed`(text: String) throws {
    #expect(try Self.afternoon().instant(text) == Self.time("2026-11-18T15:30:00-06:00"))
  }

  @Test(arguments: [
    ("4", "2026-11-18T16:00:00-06:00"), ("16", "2026-11-18T16:00:00-06:00"),
    ("304", "2026-11-18T15:04:00-06:00"), ("3:30a", "2026-11-18T03:30:00-06:00"),
    ("03:30", "2026-11-18T03:30:00-06:00"), ("noon", "2026-11-18T12:00:00-06:00"),
    ("12:10 am", "2026-11-18T00:10:00-06:00"), ("12:15", "2026-11-18T12:15:00-06:00"),
    ("5:15", "2026-11-18T17:15:00-06:00"), ("0:05", "2026-11-18T00:05:00-06:00"),
  ])
  func `a time is the one at which something may have happened`(
    text: String, expected: String
  ) throws {
    #expect(try Self.afternoon().instant(text) == Self.time(expected))
  }

  @Test(arguments: [
    "", "x", "25:00", "3:60", "360", "3:3", "13pm", "0am", "3-30", "-3", "99999", "3:30:5", "１５:30",
    "3:30 zm", "24:01",
  ])
  func `what is not a time is said not to be one`(text: String) throws {
    let reading = try Self.afternoon()
    #expect(throws: TimeReading.Mistake.notATime) { try reading.instant(text) }
    let sentence = TimeReading.Mistake.notATime.sentence(for: "abc", label: "Arrival")
    #expect(sentence == "Arrival: “abc” is not a time. Write it like 3:30 pm, 330 or 15:30.")
  }

  @Test func `a session that goes on after midnight has times of the next day`() throws {
    let reading = TimeReading(
      zone: Self.zone, day: try #require(CivilDate("2026-11-18")),
      earliest: try Self.time("2026-11-18T22:30:00-06:00"),
      latest: try Self.time("2026-11-19T00:40:00-06:00"),
      near: try Self.time("2026-11-19T00:40:00-06:00"))
    #expect(try reading.instant("1215") == Self.time("2026-11-19T00:15:00-06:00"))
    #expect(try reading.instant("11:50") == Self.time("2026-11-18T23:50:00-06:00"))
  }

  @Test func `a time that clocks left out is refused with what they did`() throws {
    let day = try #require(CivilDate("2027-03-14"))
    let reading = TimeReading(
      zone: Self.zone, day: day, near: try Self.time("2027-03-14T03:30:00-05:00"))
    #expect(throws: TimeReading.Mistake.skipped(from: 120, to: 180, on: day)) {
      try reading.instant("2:30 am")
    }
    let mistake = TimeReading.Mistake.skipped(from: 120, to: 180, on: day)
    #expect(
      mistake.sentence(for: "2:30 am", label: "Arrival")
        == "Arrival: clocks never showed 2:30 am on Sun 14 Mar: they went from 2:00 am to 3:00 am.")
    #expect(try reading.instant("2:30") == Self.time("2027-03-14T14:30:00-05:00"))
  }

  @Test func `of a time that clocks show twice, the likely one is taken, or the one that is said`()
    throws
  {
    let day = try #require(CivilDate("2026-11-01"))
    let reading = TimeReading(
      zone: Self.zone, day: day, earliest: try Self.time("2026-11-01T01:40:00-05:00"),
      latest: try Self.time("2026-11-01T01:50:00-06:00"),
      near: try Self.time("2026-11-01T01:45:00-06:00"))
    #expect(try reading.instant("1:30 am") == Self.time("2026-11-01T01:30:00-06:00"))
    #expect(try reading.instant("1:45 am CDT") == Self.time("2026-11-01T01:45:00-05:00"))
    #expect(try reading.instant("1:45 am CST") == Self.time("2026-11-01T01:45:00-06:00"))
    let words = Words(today: day, zone: Self.zone)
    #expect(
      words.time(try Self.time("2026-11-01T01:30:00-05:00")) == "1:30 am daylight time")
    #expect(
      words.time(try Self.time("2026-11-01T01:30:00-06:00")) == "1:30 am standard time")
    #expect(try reading.instant("1:30 am daylight time") == Self.time("2026-11-01T01:30:00-05:00"))
  }

  @Test func `what is written is read back as the same time`() throws {
    let reading = try Self.afternoon()
    let words = Words(today: reading.day, zone: Self.zone)
    for minute in stride(from: 0, to: 1_440, by: 7) {
      let text = Words.clock(minuteOfDay: minute)
      #expect(words.time(try reading.instant(text)) == text)
    }
  }

  @Test func `days are written as people write them`() throws {
    let words = Words(today: try #require(CivilDate("2026-11-23")), zone: Self.zone)
    let wednesday = try #require(CivilDate("2026-11-25"))
    #expect(words.day(wednesday) == "Wed 25 Nov")
    #expect(words.daysLeft(until: wednesday) == "2 days left")
    #expect(words.daysLeft(until: words.today) == "today is the last day")
    #expect(words.day(try #require(CivilDate("2027-01-04"))) == "Mon 4 Jan 2027")
    let start = try Self.time("2026-11-18T15:04:00-06:00")
    #expect(words.moment(start) == "Wed 18 Nov, 3:04 pm")
    let end = try Self.time("2026-11-18T16:16:00-06:00")
    #expect(Words.length(from: start, to: end) == "1 h 12 min")
    #expect(words.span(from: start, to: end) == "3:04 pm to 4:16 pm")
    #expect(
      words.start(of: wednesday) == (try Self.time("2026-11-25T00:00:00-06:00")))
  }

  @Test(arguments: [
    ("2026-11-25", "2026-11-25"), ("11/25/2026", "2026-11-25"), ("11/25/26", "2026-11-25"),
    ("11/25", "2026-11-25"), ("1/4", "2027-01-04"), ("2/29/2027", nil), ("25.11.2026", nil),
    ("x", nil), ("", nil), ("11/25/2026/1", nil),
  ])
  func `days are read as people type them`(text: String, expected: String?) throws {
    let day = TypedDay.day(text, near: try #require(CivilDate("2026-11-23")))
    #expect(day == expected.flatMap { CivilDate($0) })
  }
}
#endif
