package import CEL
import Foundation

/// An instant as a clock on the wall showed it.
package struct LocalTime {
  private let date: CivilDate
  /// Whole seconds since midnight.
  private let seconds: Int64

  /// The instant in a zone named by its IANA identifier.
  package init(of instant: CELTimestamp, inZone name: String) {
    let zone = TimeZone(identifier: name) ?? .gmt
    let offset = zone.secondsFromGMT(
      for: Date(timeIntervalSince1970: TimeInterval(instant.seconds)))
    let local = instant.seconds + Int64(offset)
    let (days, rest) = local.quotientAndRemainder(dividingBy: 86_400)
    date = CivilDate(daysSinceEpoch: Int32(clamping: rest < 0 ? days - 1 : days))
    seconds = rest < 0 ? rest + 86_400 : rest
  }

  /// The date and time such as `Wed 14 Oct 2026 3:04 pm`; seconds only where they are not zero.
  package var words: String {
    "\(ValueWords.text(of: date)) \(ClockWords.text(secondsOfDay: Int(seconds)))"
  }
}

/// A time of day as people of the district say it.
package enum ClockWords {
  /// A time such as `3:04 pm`; seconds only where they are not zero.
  package static func text(secondsOfDay seconds: Int) -> String {
    let (minute, second) = (seconds / 60 % 1_440, seconds % 60)
    let hour = minute / 60 % 12 == 0 ? 12 : minute / 60 % 12
    let parts = [minute % 60] + (second == 0 ? [] : [second])
    let rest = parts.map { ($0 < 10 ? ":0" : ":") + String($0) }.joined()
    return "\(hour)\(rest) \(minute < 720 ? "am" : "pm")"
  }
}
