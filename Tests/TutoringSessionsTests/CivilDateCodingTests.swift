import CEL
import Foundation
import Testing

@testable import TutoringSessions

@Suite struct CivilDateCodingTests {
  @Test(arguments: [
    ("0001-01-01", -719_162), ("1600-02-29", -135_081), ("1969-12-31", -1), ("1970-01-01", 0),
    ("2000-02-29", 11_016), ("2000-03-01", 11_017), ("2026-10-14", 20_740),
    ("2100-02-28", 47_540), ("2100-03-01", 47_541), ("9999-12-31", 2_932_896),
  ])
  func `reads and writes a day`(text: String, daysSinceEpoch: Int32) throws {
    let json = Data("\"\(text)\"".utf8)
    let date = try JSONDecoder().decode(CivilDate.self, from: json)
    #expect(date.daysSinceEpoch == daysSinceEpoch)
    #expect(try JSONEncoder().encode(date) == json)
  }

  @Test(arguments: [
    "", "2026", "2026-10", "2026-10-1", "2026-1-14", "26-10-14", "2026-10-14 ", " 2026-10-14",
    "2026-10-14T00:00:00Z", "2026-13-01", "2026-00-01", "2026-10-00", "2026-10-32", "2026-09-31",
    "2026-02-29", "2100-02-29", "0000-01-01", "+2026-10-14", "-026-10-14", "2026/10/14",
    "10/14/2026",
    "２０２６-10-14",
  ])
  func `refuses what is no day`(text: String) throws {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(CivilDate.self, from: JSONEncoder().encode(text))
    }
  }

  @Test func `each day of four centuries follows the one before`() {
    var (year, month, day): (Int64, Int64, Int64) = (1_800, 1, 1)
    let first = GregorianCalendar.daysSinceEpoch(year: year, month: month, day: day)
    for days in first..<first + 146_097 {
      #expect(GregorianCalendar.daysSinceEpoch(year: year, month: month, day: day) == days)
      #expect(GregorianCalendar.date(daysSinceEpoch: days) == (year, month, day))
      day += 1
      if day > GregorianCalendar.days(in: month, of: year) { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
    #expect((year, month, day) == (2_200, 1, 1))
  }
}
