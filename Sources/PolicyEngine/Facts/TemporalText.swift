import CEL

/// The dates, timestamps and durations that documents write as strings.
enum TemporalText {
  /// Why a text is no date, timestamp or duration.
  enum Problem: Error, Hashable {
    /// It isn't written like one.
    case form
    /// The calendar has no such day.
    case noSuchDay
    /// A day has no such time.
    case noSuchTime
    /// Second 60, which has no instant of its own.
    case leapSecond
    /// A time without an offset from UTC.
    case noOffset
    /// A blank between date and time.
    case blankBeforeTime
    /// More than nine digits of a second.
    case tooPrecise
    /// Outside of the years 1 to 9999, or a duration past 10,000 years.
    case outOfRange
  }

  /// The date `YYYY-MM-DD` (RFC 3339, full-date), as days since 1970-01-01.
  static func date(_ text: some Sequence<UInt8>) -> Result<CivilDate, Problem> {
    var cursor = Cursor(text)
    return Result { () throws(Problem) in
      let day = try cursor.date()
      guard cursor.isAtEnd else { throw .form }
      return CivilDate(daysSinceEpoch: Int32(truncatingIfNeeded: day))
    }
  }

  /// The timestamp of RFC 3339, date-time: an offset is required, and `T` and `Z` may be lower case.
  static func timestamp(_ text: some Sequence<UInt8>) -> Result<CELTimestamp, Problem> {
    var cursor = Cursor(text)
    return Result { () throws(Problem) in
      let day = try cursor.date()
      if cursor.skip(" ") { throw .blankBeforeTime }
      guard cursor.skip("T") || cursor.skip("t") else { throw .form }
      let timeOfDay = try cursor.timeOfDay()
      let nanoseconds = try cursor.fraction()
      let offset = try cursor.offset()
      guard cursor.isAtEnd else { throw .form }
      let seconds = Int64(day) * 86_400 + Int64(timeOfDay - offset)
      guard instants.contains(seconds) else { throw .outOfRange }
      return CELTimestamp(seconds: seconds, nanoseconds: nanoseconds)
    }
  }

  /// The instants of the years 1 to 9999, in seconds since 1970-01-01T00:00:00Z.
  static let instants: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// The duration: numbers with units `h`, `m`, `s`, `ms`, `us`, `ns`, each perhaps with a fraction,
  /// such as `1h30m` or `-1.5s`; as CEL's `duration` reads it.
  static func duration(_ text: some Sequence<UInt8>) -> Result<CELDuration, Problem> {
    var cursor = Cursor(text)
    return Result { () throws(Problem) in
      let isNegative = cursor.skip("-")
      if !isNegative { _ = cursor.skip("+") }
      if cursor.skip("0"), cursor.isAtEnd { return CELDuration(seconds: 0) }
      cursor.rewind(isNegative: isNegative)
      guard !cursor.isAtEnd else { throw .form }
      var nanoseconds: Int128 = 0
      while !cursor.isAtEnd {
        nanoseconds += try cursor.durationPart()
        guard nanoseconds <= 315_576_000_000 * 1_000_000_000 else { throw .outOfRange }
      }
      if isNegative { nanoseconds.negate() }
      let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
      return CELDuration(
        seconds: Int64(truncatingIfNeeded: seconds), nanoseconds: Int32(truncatingIfNeeded: rest))
    }
  }
}

/// A place in the text of a date or time.
private struct Cursor {
  private let bytes: [UInt8]
  private var index = 0

  init(_ text: some Sequence<UInt8>) { bytes = Array(text) }

  var isAtEnd: Bool { index == bytes.count }

  private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
    guard byte == UInt8(ascii: scalar) else { return false }
    index += 1
    return true
  }

  /// Goes back to where the digits of a duration start.
  mutating func rewind(isNegative: Bool) {
    index = isNegative || bytes.first == UInt8(ascii: "+") ? 1 : 0
  }

  private mutating func digit() -> Int? {
    guard let byte, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
    index += 1
    return Int(byte - UInt8(ascii: "0"))
  }

  private mutating func number(ofDigits count: Int) throws(TemporalText.Problem) -> Int {
    var value = 0
    for _ in 0..<count {
      guard let digit = digit() else { throw .form }
      value = value * 10 + digit
    }
    return value
  }

  mutating func date() throws(TemporalText.Problem) -> Int {
    let year = try number(ofDigits: 4)
    guard skip("-") else { throw .form }
    let month = try number(ofDigits: 2)
    guard skip("-") else { throw .form }
    let day = try number(ofDigits: 2)
    guard let number = CalendarArithmetic.dayNumber(year: year, month: month, day: day) else {
      throw .noSuchDay
    }
    return number
  }

  mutating func timeOfDay() throws(TemporalText.Problem) -> Int {
    let hour = try number(ofDigits: 2)
    guard skip(":") else { throw .form }
    let minute = try number(ofDigits: 2)
    guard skip(":") else { throw .form }
    let second = try number(ofDigits: 2)
    guard hour < 24, minute < 60, second <= 60 else { throw .noSuchTime }
    guard second < 60 else { throw .leapSecond }
    return hour * 3600 + minute * 60 + second
  }

  mutating func fraction() throws(TemporalText.Problem) -> Int32 {
    guard skip(".") else { return 0 }
    var value: Int32 = 0
    var count = 0
    while let digit = digit() {
      count += 1
      guard count <= 9 else { throw .tooPrecise }
      value = value * 10 + Int32(digit)
    }
    guard count > 0 else { throw .form }
    for _ in count..<9 { value *= 10 }
    return value
  }

  mutating func offset() throws(TemporalText.Problem) -> Int {
    if skip("Z") || skip("z") { return 0 }
    guard !isAtEnd else { throw .noOffset }
    let isWest = skip("-")
    guard isWest || skip("+") else { throw .form }
    let hour = try number(ofDigits: 2)
    guard skip(":") else { throw .form }
    let minute = try number(ofDigits: 2)
    guard hour < 24, minute < 60 else { throw .noSuchTime }
    return (isWest ? -1 : 1) * (hour * 3600 + minute * 60)
  }

  mutating func durationPart() throws(TemporalText.Problem) -> Int128 {
    var value: Int128 = 0
    var digitCount = 0
    var fractionDigits: Int?
    while let byte {
      if byte == UInt8(ascii: "."), fractionDigits == nil {
        fractionDigits = 0
        index += 1
      } else if let digit = digit() {
        digitCount += 1
        guard digitCount <= 24 else { throw .outOfRange }
        value = value * 10 + Int128(digit)
        if let count = fractionDigits { fractionDigits = count + 1 }
      } else {
        break
      }
    }
    guard digitCount > 0 else { throw .form }
    var divisor: Int128 = 1
    for _ in 0..<(fractionDigits ?? 0) { divisor *= 10 }
    return value * Int128(try unit()) / divisor
  }

  private mutating func skipMicroSign() -> Bool {
    guard bytes[index...].starts(with: "\u{B5}".utf8) else { return false }
    index += 2
    return true
  }

  /// The nanoseconds of a unit.
  private mutating func unit() throws(TemporalText.Problem) -> Int64 {
    if skip("h") { return 3_600_000_000_000 }
    if skip("m") { return skip("s") ? 1_000_000 : 60_000_000_000 }
    if skip("s") { return 1_000_000_000 }
    if skip("u") || skipMicroSign(), skip("s") { return 1_000 }
    if skip("n"), skip("s") { return 1 }
    throw .form
  }
}
