/// Reads the parts of an RFC 3339 date and time from the front of a text.
///
/// Each method returns nil, and leaves the reader anywhere, where its part does not stand.
struct CalendarTextReader {
  private var rest: Substring.UTF8View

  init(_ text: String) {
    rest = text[...].utf8
  }

  /// Whether everything has been read.
  var isAtEnd: Bool { rest.isEmpty }

  /// Passes over a character if it stands next.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  /// Days since 1970-01-01 of a day such as `2026-10-14`, which the Gregorian calendar must have.
  mutating func day() -> Int64? {
    guard let year = number(digits: 4, in: 1...9999), take("-"),
      let month = number(digits: 2, in: 1...12), take("-"),
      let day = number(digits: 2, in: 1...GregorianCalendar.days(in: month, of: year))
    else { return nil }
    return GregorianCalendar.daysSinceEpoch(year: year, month: month, day: day)
  }

  /// Seconds since midnight of a time such as `15:00:00`.
  mutating func timeOfDay() -> Int64? {
    guard let hour = number(digits: 2, in: 0...23), take(":"),
      let minute = number(digits: 2, in: 0...59), take(":"),
      let second = number(digits: 2, in: 0...59)
    else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  /// Nanoseconds of a fraction such as `.5`, and 0 where there is none.
  mutating func fraction() -> Int32? {
    guard take(".") else { return 0 }
    var nanoseconds: Int32 = 0
    var unit: Int32 = 100_000_000
    while let digit = digit() {
      guard unit > 0 else { return nil }
      nanoseconds += Int32(digit) * unit
      unit /= 10
    }
    return unit == 100_000_000 ? nil : nanoseconds
  }

  /// Minutes ahead of UTC of an offset such as `-05:00` or `Z`.
  mutating func offsetMinutes() -> Int? {
    if take("Z") { return 0 }
    let sign: Int
    if take("-") { sign = -1 } else if take("+") { sign = 1 } else { return nil }
    guard let hours = number(digits: 2, in: 0...23), take(":"),
      let minutes = number(digits: 2, in: 0...59)
    else { return nil }
    return sign * Int(hours * 60 + minutes)
  }

  private mutating func number(digits: Int, in range: ClosedRange<Int64>) -> Int64? {
    var value: Int64 = 0
    for _ in 0..<digits {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return range.contains(value) ? value : nil
  }

  private mutating func digit() -> Int64? {
    guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
      return nil
    }
    rest.removeFirst()
    return Int64(byte - UInt8(ascii: "0"))
  }
}
