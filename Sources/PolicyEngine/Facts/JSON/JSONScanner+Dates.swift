import CEL

extension JSONScanner {
  /// The day of a date in its one usual form, `"2026-05-01"`, from its quote; nil, and nowhere, for all else.
  ///
  /// All else is read by `TemporalText`, whose results these functions share: they exist for speed.
  @inline(__always)
  mutating func usualDate(_ days: inout KnownDays) -> Int64? {
    let rest = word(at: 9)
    guard rest & 0xFF_0000 == 0x22_0000, let day = days.day(word(at: 1), rest) else { return nil }
    advance(by: 12)
    return day
  }

  /// The instant of a timestamp in its usual forms: `"2026-05-01T15:30:00-05:00"`, and with `Z` for the
  /// offset or up to nine digits of a second; nil, and nowhere, for all else.
  @inline(__always)
  mutating func usualTimestamp(_ days: inout KnownDays) -> (seconds: Int64, nanoseconds: Int32)? {
    let middle = word(at: 9)
    guard let day = days.day(word(at: 1), middle),
      let time = Self.digitPairs(middle, like: "00T00:00"),
      let second = Self.digitPairs(word(at: 17) & 0xFF_FFFF, like: ":00")
    else { return nil }
    let (hours, minutes) = (time &>> 24 & 0xFF, time &>> 48 & 0xFF)
    let seconds = second &>> 8 & 0xFF
    guard hours < 24, minutes < 60, seconds < 60 else { return nil }
    var instant = day &* 86_400
    instant &+= Int64(truncatingIfNeeded: hours &* 3600 &+ minutes &* 60 &+ seconds)
    var nanoseconds: Int32 = 0
    var distance = 20
    if byte(at: distance) == UInt8(ascii: ".") {
      guard let fraction = fraction(at: distance &+ 1) else { return nil }
      nanoseconds = fraction.nanoseconds
      distance &+= 1 &+ fraction.digitCount
    }
    let zone = word(at: distance)
    if zone & 0xFFFF == 0x225A {
      advance(by: distance &+ 2)
      return (instant, nanoseconds)
    }
    let isEast = zone & 0xFF == 0x2B
    guard isEast || zone & 0xFF == 0x2D, zone &>> 48 & 0xFF == 0x22,
      let offset = Self.digitPairs(zone &>> 8 & 0xFF_FFFF_FFFF, like: "00:00")
    else { return nil }
    let (offsetHours, offsetMinutes) = (offset & 0xFF, offset &>> 24 & 0xFF)
    guard offsetHours < 24, offsetMinutes < 60 else { return nil }
    let shift = Int64(truncatingIfNeeded: offsetHours &* 3600 &+ offsetMinutes &* 60)
    instant &+= isEast ? 0 &- shift : shift
    guard TemporalText.instants.contains(instant) else { return nil }
    advance(by: distance &+ 7)
    return (instant, nanoseconds)
  }

  /// The one to nine digits of a second after its point.
  @inline(never)
  private func fraction(at distance: Int) -> (nanoseconds: Int32, digitCount: Int)? {
    var value: Int32 = 0
    var count = 0
    while count < 9, case let digit = byte(at: distance + count) &- 0x30, digit <= 9 {
      value = value * 10 + Int32(digit)
      count += 1
    }
    guard count > 0 else { return nil }
    for _ in count..<9 { value *= 10 }
    return (value, count)
  }

  /// For each byte of a word the number that its digit and the next one make; nil unless the word has
  /// digits where the form has zeros, the same bytes as the form elsewhere, and zeros after its end.
  @inline(__always)
  fileprivate static func digitPairs(_ word: UInt64, like form: StaticString) -> UInt64? {
    var pattern: UInt64 = 0
    var slack: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    for index in 0..<form.utf8CodeUnitCount {
      let byte = unsafe UInt64(form.utf8Start[index])
      pattern |= byte &<< UInt64(index &* 8)
      // What a byte can grow by before its high bit is set: 9 is the largest digit, 0 the only
      // difference to another byte.
      if byte == 0x30 { slack &-= 9 &<< UInt64(index &* 8) }
    }
    let digits = word ^ pattern
    guard (digits &+ slack | digits) & 0x8080_8080_8080_8080 == 0 else { return nil }
    return digits &* 10 &+ digits &>> 8
  }
}

/// The days read before, by their digits: most dates of a stream are of some hundred days, and within a
/// session nearly all of one.
struct KnownDays: ~Copyable {
  struct Day {
    // Before the first date it is 1970-01-01: no other text may pass for a day.
    var yearAndMonth = "1970-01-".utf8.headWord
    var dayOfMonth = "01".utf8.headWord
    var number: Int64 = 0
  }

  private var days = FixedTable<Day>(Array(repeating: Day(), count: 256))

  /// The day that `YYYY-MM-` and, in its first two bytes, `DD` are, as days since 1970-01-01.
  @inline(__always)
  mutating func day(_ yearAndMonth: UInt64, _ rest: UInt64) -> Int64? {
    let dayOfMonth = rest & 0xFFFF
    // The six bits that tell the days of a month apart, and two that tell a month from the next ones.
    let place = (dayOfMonth &>> 4 & 0xF0) | (dayOfMonth & 3) &<< 2 | (yearAndMonth &>> 48 & 3)
    let known = days[Int(truncatingIfNeeded: place)]
    if known.yearAndMonth == yearAndMonth, known.dayOfMonth == dayOfMonth { return known.number }
    return otherDay(yearAndMonth, dayOfMonth, at: Int(truncatingIfNeeded: place))
  }

  @inline(never)
  private mutating func otherDay(
    _ yearAndMonth: UInt64, _ dayOfMonth: UInt64, at place: Int
  ) -> Int64? {
    guard let number = Self.dayNumber(yearAndMonth, dayOfMonth) else { return nil }
    days[place] = Day(yearAndMonth: yearAndMonth, dayOfMonth: dayOfMonth, number: number)
    return number
  }

  private static func dayNumber(_ yearAndMonth: UInt64, _ dayOfMonth: UInt64) -> Int64? {
    guard let yearAndMonth = JSONScanner.digitPairs(yearAndMonth, like: "0000-00-"),
      let day = JSONScanner.digitPairs(dayOfMonth, like: "00")
    else { return nil }
    let year = (yearAndMonth & 0xFF) &* 100 &+ (yearAndMonth &>> 16 & 0xFF)
    return CivilDate(
      year: Int(truncatingIfNeeded: year),
      month: Int(truncatingIfNeeded: yearAndMonth &>> 40 & 0xFF),
      day: Int(truncatingIfNeeded: day & 0xFF)
    ).map { Int64($0.daysSinceEpoch) }
  }
}
