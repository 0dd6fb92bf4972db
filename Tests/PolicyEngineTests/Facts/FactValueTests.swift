import CEL
import Diagnostics
import Testing

@testable import PolicyEngine

/// Values of single types, each read as the only fact of a document.
struct FactValueTests {
  /// What a document `{"x": VALUE}` has for a fact of a type: the value or the message.
  private func read(_ value: String, as type: FactSchema.ValueType) -> String {
    let schema = FactSchema(
      objectTypes: [
        FactSchema.ObjectType(
          name: "Thing", facts: [FactSchema.Fact(name: "x", type: type, isOptional: true)])
      ],
      enumerations: [
        EnumerationType(
          name: "Long",
          cases: [
            "a-very-long-case-number-1-of-two", "a-very-long-case-number-2-of-two", "", "ab",
          ])
      ], documentType: 0, documentName: "thing")
    let reading = FactReading(json: #"{"x": \#(value)}"#, schema: schema)
    guard let root = reading.document?.root else {
      return reading.diagnostics.map(\.message).joined(separator: "; ")
    }
    return switch root.value(ofField: 0) {
    case .present(.int(let value)): "int \(value)"
    case .present(.double(let value)): "double \(value)"
    case .present(.duration(let value)): "\(value.seconds)s \(value.nanoseconds)ns"
    case .present(.timestamp(let value)): "\(value.seconds)s \(value.nanoseconds)ns"
    case .present(.date(let value)): "day \(value.daysSinceEpoch)"
    case .present(.string(let value)): "'\(value)'"
    case .present(.list(let values)): "\(values.count) elements"
    case .present(let value): "\(value)"
    case .absent: "absent"
    case .missing: "missing"
    }
  }

  @Test(arguments: [
    ("0", "int 0"), ("-0", "int 0"), ("42", "int 42"), ("1.0", "int 1"), ("1e2", "int 100"),
    ("1200e-2", "int 12"), ("0e999999999999999999999", "int 0"), ("0.000", "int 0"),
    ("9223372036854775807", "int 9223372036854775807"),
    ("-9223372036854775808", "int -9223372036854775808"),
    ("9223372036854775807.000", "int 9223372036854775807"),
    ("1.5", "x: '1.5' has a fraction, expected a whole number"),
    ("1e-999999999999", "x: '1e-999999999999' has a fraction, expected a whole number"),
    ("true", "x: 'true' is a truth value, expected a whole number"),
    ("\"5\"", "x: '5' is a string, expected a whole number"),
  ])
  func `reads whole numbers however they are written`(value: String, result: String) {
    #expect(read(value, as: .int) == result)
  }

  @Test(arguments: [
    "9223372036854775808", "-9223372036854775809", "1e19", "1e999999999999999999999",
    "123456789012345678901234567890", "18446744073709551616",
  ])
  func `refuses whole numbers past 64 bits`(value: String) {
    let bounds = "\(Int64.min) to \(Int64.max)"
    #expect(read(value, as: .int) == "x: '\(value)' is out of range, expected \(bounds)")
  }

  @Test(arguments: [
    "0", "-0.0", "1", "0.1", "1e22", "1e23", "9007199254740993", "5e-324", "2.4703e-324",
    "1.7976931348623157e308", "-2.5E+1", "0.30000000000000004", "123456789012345678901234567890",
    "8.41e21", "9.999999999999999e22", "4.35", "1e-7", "179769313486231570000e285",
  ])
  func `reads numbers to the nearest double`(value: String) throws {
    #expect(read(value, as: .double) == "double \(try #require(Double(value)))")
  }

  @Test func `refuses numbers past the largest double`() {
    #expect(read("1e309", as: .double).hasPrefix("x: '1e309' is out of range"))
  }

  @Test(arguments: [
    ("1h30m", "5400s 0ns"), ("-1.5s", "-1s -500000000ns"), ("0", "0s 0ns"), ("+0", "0s 0ns"),
    ("100ms", "0s 100000000ns"), ("1us", "0s 1000ns"), ("1µs", "0s 1000ns"), ("3ns", "0s 3ns"),
    ("0s", "0s 0ns"), ("0h0m1s", "1s 0ns"), ("+1m", "60s 0ns"), (".5s", "0s 500000000ns"),
    ("1.s", "1s 0ns"), ("01h", "3600s 0ns"),
  ])
  func `reads durations`(value: String, result: String) {
    #expect(read("\"\(value)\"", as: .duration) == result)
  }

  @Test(arguments: ["", "1", "h", "1x", "1h 30m", "-", "1.5", ".s", "1..5s", "--1s", "PT1H", "1s-"])
  func `refuses what is not a duration`(value: String) {
    #expect(
      read("\"\(value)\"", as: .duration)
        == "x: '\(value)' is not a duration: expected a duration such as '1h30m'")
  }

  @Test(arguments: ["2562048h", "99999999999h", "1" + String(repeating: "0", count: 40) + "s"])
  func `refuses durations past 292 years`(value: String) {
    #expect(read("\"\(value)\"", as: .duration).hasSuffix("expected at most 292 years"))
  }

  @Test(arguments: [
    ("2026-10-13T16:15:00-05:00", "1791926100s 0ns"), ("2026-10-13T21:15:00Z", "1791926100s 0ns"),
    ("2026-10-13t21:15:00z", "1791926100s 0ns"), ("2026-10-13T21:15:00+00:00", "1791926100s 0ns"),
    ("2026-10-14T02:45:00+05:30", "1791926100s 0ns"),
    ("1969-12-31T23:59:59.5Z", "-1s 500000000ns"),
    ("2026-10-13T21:15:00.000000001Z", "1791926100s 1ns"),
    ("2026-10-13T16:15:00.250-05:00", "1791926100s 250000000ns"),
    ("0001-01-01T00:00:00Z", "-62135596800s 0ns"),
    ("9999-12-31T23:59:59.999999999Z", "253402300799s 999999999ns"),
    ("2024-02-29T00:00:00Z", "1709164800s 0ns"), ("1900-03-01T00:00:00Z", "-2203891200s 0ns"),
  ])
  func `reads timestamps`(value: String, result: String) {
    #expect(read("\"\(value)\"", as: .timestamp) == result)
    let escaped = value.replacing("T", with: #"\u0054"#)
    #expect(read("\"\(escaped)\"", as: .timestamp) == result)
  }

  @Test func `reads the two usual forms of dates like all others`() {
    for day in stride(from: -719_162, through: 2_932_896, by: 1009) {
      let date = Self.text(ofDay: day)
      #expect(read("\"\(date)\"", as: .date) == "day \(day)")
      #expect(
        TemporalText.date(Array(date.utf8)) == .success(CivilDate(daysSinceEpoch: Int32(day))))
    }
  }

  /// The date of a day number, by adding up years and months.
  private static func text(ofDay day: Int) -> String {
    var (rest, year, month) = (day + 719_162, 1, 1)
    let isLeap = { (year: Int) in year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
    while rest >= (isLeap(year) ? 366 : 365) {
      rest -= isLeap(year) ? 366 : 365
      year += 1
    }
    let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    while rest >= lengths[month - 1] {
      rest -= lengths[month - 1]
      month += 1
    }
    let digits = { (number: Int, count: Int) in
      String(repeating: "0", count: count - String(number).count) + String(number)
    }
    return "\(digits(year, 4))-\(digits(month, 2))-\(digits(rest + 1, 2))"
  }

  @Test(arguments: [
    "a-very-long-case-number-1-of-two", "a-very-long-case-number-2-of-two", "", "ab",
  ])
  func `tells cases apart by all their bytes`(name: String) {
    #expect(read("\"\(name)\"", as: .enumeration(0)) == "'\(name)'")
    for other in [name + "x", "x" + name, name + "\\u0000"] {
      #expect(read("\"\(other)\"", as: .enumeration(0)).contains("is not a Long"))
    }
    #expect(
      read(#""a-very-long-case-number-3-of-two""#, as: .enumeration(0)).contains("is not a Long"))
  }

  @Test(arguments: [0, 1, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 64, 1000])
  func `reads strings of any length`(length: Int) {
    let plain = String(repeating: "ab", count: length).prefix(length)
    #expect(read("\"\(plain)\"", as: .string) == "'\(plain)'")
    #expect(read("\"\(plain)\\n\"", as: .string) == "'\(plain)\n'")
    #expect(read("\"\(plain)é\(plain)\"", as: .string) == "'\(plain)é\(plain)'")
    #expect(read("\"\\u0041\(plain)\"", as: .string) == "'A\(plain)'")
  }

  @Test(arguments: [
    ("[]", "0 elements"), ("[[]]", "1 elements"), ("[[1], [], [2, 3]]", "3 elements"),
    ("[[1], [\"a\"]]", "x[1][0]: 'a' is a string, expected a whole number"),
    ("[[1], null]", "x[1]: null is nothing, expected a list"),
  ])
  func `reads lists of lists`(value: String, result: String) {
    #expect(read(value, as: .list(.list(.int))) == result)
  }
}
