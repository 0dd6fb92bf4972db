import CEL

/// Writes dates and times as `CalendarTextReader` reads them.
enum CalendarText {
  /// A day such as `2026-10-14`, from its days since 1970-01-01.
  static func day(_ daysSinceEpoch: Int64) -> String {
    let (year, month, day) = GregorianCalendar.date(daysSinceEpoch: daysSinceEpoch)
    return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }

  /// An instant such as `2026-10-14T15:00:00-05:00`.
  static func dateTime(_ timestamp: CELTimestamp, offsetMinutes: Int) -> String {
    // Wrapping, so that an instant which no document can hold is written wrongly and does not trap.
    let local = timestamp.seconds &+ Int64(offsetMinutes) &* 60
    let seconds = local.modulo(86_400)
    let date = day(local.dividedDown(by: 86_400))
    let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, to: 2) }
    return "\(date)T\(time.joined(separator: ":"))\(fraction(timestamp.nanoseconds))"
      + offset(offsetMinutes)
  }

  private static func fraction(_ nanoseconds: Int32) -> String {
    guard nanoseconds != 0 else { return "" }
    var digits = padded(Int64(nanoseconds), to: 9)
    while digits.last == "0" { digits.removeLast() }
    return "." + digits
  }

  private static func offset(_ minutes: Int) -> String {
    guard minutes != 0 else { return "Z" }
    let magnitude = Int64(clamping: minutes.magnitude)
    return (minutes < 0 ? "-" : "+") + padded(magnitude / 60, to: 2) + ":"
      + padded(magnitude % 60, to: 2)
  }

  private static func padded(_ number: Int64, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
