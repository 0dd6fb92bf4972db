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

  /// The date and time such as `Wed 14 Oct 2026 15:04`; seconds only where they are not zero.
  package var words: String {
    var parts = [seconds / 3_600, seconds / 60 % 60]
    if seconds % 60 != 0 { parts.append(seconds % 60) }
    let clock = parts.map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: ":")
    return "\(ValueWords.text(of: date)) \(clock)"
  }
}
