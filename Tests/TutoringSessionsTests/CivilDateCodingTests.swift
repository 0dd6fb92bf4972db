import CEL
import Foundation
import Testing
import TutoringSessions

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
}
