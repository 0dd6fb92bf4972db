/// The dates, timestamps and durations that people write as texts.
///
/// Expressions, policy files and documents are read by it, so that all take the same texts, and say the
/// same of others.
package enum TemporalText {
  /// Why a text is not a date, timestamp or duration.
  package enum Problem: Error, Hashable {
    /// It isn't written like one.
    case form
    /// The calendar has no such day.
    case noSuchDay
    /// A day has no such time.
    case noSuchTime
    /// No place on earth is that far from UTC.
    case noSuchOffset
    /// Second 60, which has no instant of its own.
    case leapSecond
    /// A time without an offset from UTC.
    case noOffset
    /// A blank between date and time.
    case blankBeforeTime
    /// More than nine digits of a second.
    case tooPrecise
    /// Outside of the years 1 to 9999, or a duration too long.
    case outOfRange

    /// The problem in words; nil when it isn't even written like a date, timestamp or duration.
    package func reason(for noun: String) -> String? {
      switch self {
      case .form: nil
      case .noSuchDay: "the calendar has no such day"
      case .noSuchTime: "the day has no such time, expected 00:00:00 to 23:59:59"
      case .noSuchOffset: "there is no such offset from UTC, expected -23:59 to +23:59"
      case .leapSecond: "leap seconds can't be kept"
      case .noOffset: "it needs its offset from UTC"
      case .blankBeforeTime: "a 'T' must stand between date and time"
      case .tooPrecise: "expected at most nine digits of a second"
      case .outOfRange:
        noun == "duration"
          ? "it is out of range, expected at most 292 years"
          : "it is out of range, expected the years 1 to 9999"
      }
    }
  }

  /// The date `YYYY-MM-DD` (RFC 3339, full-date), as days since 1970-01-01.
  package static func date(_ text: some Sequence<UInt8>) -> Result<CivilDate, Problem> {
    var cursor = Cursor(text)
    return Result { () throws(Problem) in
      let date = try cursor.date()
      guard cursor.isAtEnd else { throw .form }
      return date
    }
  }

  /// The timestamp of RFC 3339, date-time: an offset is required, and `T` and `Z` may be lower case.
  ///
  /// More than nine digits of a second are a problem, unless they are to be cut off.
  package static func timestamp(
    _ text: some Sequence<UInt8>, cuttingFraction: Bool = false
  ) -> Result<CELTimestamp, Problem> {
    var cursor = Cursor(text)
    return Result { () throws(Problem) in
      let date = try cursor.date()
      if cursor.skip(" ") { throw .blankBeforeTime }
      guard cursor.skip("T") || cursor.skip("t") else { throw .form }
      let timeOfDay = try cursor.timeOfDay()
      let nanoseconds = try cursor.fraction(isCut: cuttingFraction)
      let offset = try cursor.offset()
      guard cursor.isAtEnd else { throw .form }
      let seconds = Int64(date.daysSinceEpoch) * 86_400 + Int64(timeOfDay - offset)
      guard instants.contains(seconds) else { throw .outOfRange }
      return CELTimestamp(seconds: seconds, nanoseconds: nanoseconds)
    }
  }

  /// The instants of the years 1 to 9999, in seconds since 1970-01-01T00:00:00Z.
  package static let instants = CELTimestamp.secondsRange

  /// The duration: numbers with units `h`, `m`, `s`, `ms`, `us`, `ns`, each perhaps with a fraction,
  /// such as `1h30m` or `-1.5s`; as CEL's `duration` reads it.
  package static func duration(_ text: some Sequence<UInt8>) -> Result<CELDuration, Problem> {
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
        guard nanoseconds < limit else { throw .outOfRange }
      }
      if isNegative { nanoseconds.negate() }
      let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
      return CELDuration(
        seconds: Int64(truncatingIfNeeded: seconds), nanoseconds: Int32(truncatingIfNeeded: rest))
    }
  }

  /// The offset from UTC that a text such as `+01:00`, `-02:30` or `05:45` names, in seconds.
  static func offset(_ text: String) -> Int? {
    var cursor = Cursor(text.utf8)
    return try? cursor.offset(isSigned: false)
  }

  /// As many nanoseconds as durations don't reach.
  private static let limit = Int128(CELDuration.secondsLimit) * 1_000_000_000
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

  mutating func date() throws(TemporalText.Problem) -> CivilDate {
    let year = try number(ofDigits: 4)
    // A year of five digits is a year, but none that a date can have.
    var isLate = false
    while digit() != nil { isLate = true }
    guard skip("-") else { throw .form }
    let month = try number(ofDigits: 2)
    guard skip("-") else { throw .form }
    let day = try number(ofDigits: 2)
    guard !isLate, year > 0 else { throw .outOfRange }
    guard let date = CivilDate(year: year, month: month, day: day) else { throw .noSuchDay }
    return date
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

  mutating func fraction(isCut: Bool) throws(TemporalText.Problem) -> Int32 {
    guard skip(".") else { return 0 }
    var value: Int32 = 0
    var count = 0
    while let digit = digit() {
      count += 1
      guard count <= 9 || isCut else { throw .tooPrecise }
      if count <= 9 { value = value * 10 + Int32(digit) }
    }
    guard count > 0 else { throw .form }
    for _ in min(count, 9)..<9 { value *= 10 }
    return value
  }

  mutating func offset() throws(TemporalText.Problem) -> Int {
    if skip("Z") || skip("z") { return 0 }
    guard !isAtEnd else { throw .noOffset }
    return try offset(isSigned: true)
  }

  /// An offset in hours and minutes, up to the end of the text; without a sign, where it may go without
  /// one, it is east.
  mutating func offset(isSigned: Bool) throws(TemporalText.Problem) -> Int {
    let isWest = skip("-")
    guard isWest || skip("+") || !isSigned else { throw .form }
    let hour = try number(ofDigits: 2)
    guard skip(":") else { throw .form }
    let minute = try number(ofDigits: 2)
    guard isAtEnd else { throw .form }
    guard hour < 24, minute < 60 else { throw .noSuchOffset }
    return (isWest ? -1 : 1) * (hour * 3600 + minute * 60)
  }

  /// The nanoseconds of one number with its unit.
  mutating func durationPart() throws(TemporalText.Problem) -> Int128 {
    var whole: Int128 = 0
    var isEmpty = true
    while let digit = digit() {
      isEmpty = false
      whole = whole * 10 + Int128(digit)
      // More than any duration has, and little enough to be multiplied by any unit.
      guard whole < 1_000_000_000_000_000_000_000 else { throw .outOfRange }
    }
    var fraction: Int128 = 0
    var divisor: Int128 = 1
    if skip(".") {
      while let digit = digit() {
        isEmpty = false
        // Further digits are less than a nanosecond even of an hour.
        guard divisor < 1_000_000_000_000_000 else { continue }
        fraction = fraction * 10 + Int128(digit)
        divisor *= 10
      }
    }
    guard !isEmpty else { throw .form }
    let unit = Int128(try unit())
    return whole * unit + fraction * unit / divisor
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
