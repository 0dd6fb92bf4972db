import CEL
import Foundation
import Testing
import TutoringSessions

@Suite struct OffsetDateTimeTests {
  @Test(arguments: [
    ("2026-10-14T15:00:00-05:00", 1_792_008_000, 0, -300),
    ("2026-10-14T20:00:00Z", 1_792_008_000, 0, 0),
    ("2026-10-15T05:29:59.25+09:30", 1_792_007_999, 250_000_000, 570),
    ("1969-12-31T23:59:59.000000001Z", -1, 1, 0),
    ("0001-01-01T00:00:00Z", -62_135_596_800, 0, 0),
    ("9999-12-31T23:59:59.999999999Z", 253_402_300_799, 999_999_999, 0),
  ])
  func `reads and writes a time`(
    text: String, seconds: Int64, nanoseconds: Int32, offsetMinutes: Int
  ) throws {
    let time = try #require(OffsetDateTime(text))
    #expect(time.timestamp == CELTimestamp(seconds: seconds, nanoseconds: nanoseconds))
    #expect(time.offsetMinutes == offsetMinutes)
    #expect(time.description == text)
  }

  @Test(arguments: [
    ("2026-10-14T20:00:00+00:00", "2026-10-14T20:00:00Z"),
    ("2026-10-14t20:00:00z", "2026-10-14T20:00:00Z"),
    ("2026-10-14T20:00:00-00:00", "2026-10-14T20:00:00Z"),
    ("2026-10-14T20:00:00.500Z", "2026-10-14T20:00:00.5Z"),
  ])
  func `writes the shortest form of what it read`(text: String, shortest: String) throws {
    #expect(try #require(OffsetDateTime(text)).description == shortest)
  }

  @Test(arguments: [
    "", "2026-10-14", "15:00:00Z", "2026-10-14T15:00:00", "2026-10-14T15:00Z",
    "2026-10-14 15:00:00Z", "2026-10-14T24:00:00Z", "2026-10-14T15:60:00Z",
    "2026-10-14T15:00:60Z", "2026-02-30T15:00:00Z", "2026-10-14T15:00:00.Z",
    "2026-10-14T15:00:00-5:00", "2026-10-14T15:00:00-0500",
    "2026-10-14T15:00:00+24:00", "2026-10-14T15:00:00Z ", "0001-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-00:01",
  ])
  func `refuses what is no time`(text: String) {
    #expect(OffsetDateTime(text) == nil)
  }

  @Test func `the same instant in two offsets is written twice and happens once`() throws {
    let local = try #require(OffsetDateTime("2026-10-14T15:00:00-05:00"))
    let utc = try #require(OffsetDateTime("2026-10-14T20:00:00Z"))
    #expect(local.timestamp == utc.timestamp)
    #expect(local != utc)
  }

  @Test(arguments: [
    (1_792_008_000.9, "2026-10-14T15:00:00-05:00"), (1_795_460_400, "2026-11-23T13:00:00-06:00"),
    (-0.5, "1969-12-31T17:59:59-06:00"),
  ])
  func `takes a Date in the offset that its zone has then`(
    seconds: TimeInterval, text: String
  ) throws {
    let chicago = try #require(TimeZone(identifier: "America/Chicago"))
    let time = OffsetDateTime(Date(timeIntervalSince1970: seconds), in: chicago)
    #expect(time.description == text)
  }

  @Test(arguments: [
    (Double.infinity, "9999-12-31T23:59:59Z"), (-.infinity, "0001-01-01T00:00:00Z"),
    (.nan, "0001-01-01T00:00:00Z"), (1e300, "9999-12-31T23:59:59Z"),
  ])
  func `a Date that no document holds becomes the nearest`(
    seconds: TimeInterval, text: String
  ) throws {
    let gmt = try #require(TimeZone(secondsFromGMT: 0))
    let time = OffsetDateTime(Date(timeIntervalSince1970: seconds), in: gmt)
    #expect(time.description == text)
  }
}
