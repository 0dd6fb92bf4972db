import CEL
import Foundation

/// Values in the words and forms of people, for sentences: dates with their weekday, labels of cases.
struct ValueWords {
  let vocabulary: Vocabulary

  /// A value of a static type as it stands in a sentence.
  func text(of value: CELValue, type: CELType) -> String {
    switch (value, type) {
    case (.string(let text), .enumeration(let name)):
      return vocabulary.enumeration(named: name)?.label(of: text) ?? text
    case (.string(let text), _): return text
    case (.bool(let flag), _): return flag ? "yes" : "no"
    case (.date(let date), _): return Self.text(of: date)
    case (.timestamp(let instant), _): return text(of: instant)
    case (.list(let elements), .list(let element)):
      return elements.map { text(of: $0, type: element) }.joined(separator: ", ")
    case (.list(let elements), _):
      return elements.map { text(of: $0, type: .dyn) }.joined(separator: ", ")
    default: return ValueLiteral.text(of: value)
    }
  }

  /// A date such as `Wed 14 Oct 2026`.
  static func text(of date: CivilDate) -> String {
    "\(weekdays[date.dayOfWeek]) \(shortText(of: date))"
  }

  /// A date such as `14 Oct 2026`.
  static func shortText(of date: CivilDate) -> String {
    "\(date.day) \(months[date.month - 1]) \(date.year)"
  }

  private func text(of instant: CELTimestamp) -> String {
    let zone = TimeZone(identifier: vocabulary.timeZone) ?? .gmt
    let offset = zone.secondsFromGMT(
      for: Date(timeIntervalSince1970: TimeInterval(instant.seconds)))
    let local = instant.seconds + Int64(offset)
    let days = local.dividedRoundingDown(by: 86_400)
    let minutes = (local - days * 86_400) / 60
    let date = CivilDate(daysSinceEpoch: Int32(clamping: days))
    let clock = [minutes / 60, minutes % 60].map { ($0 < 10 ? "0" : "") + String($0) }
    return "\(Self.text(of: date)) \(clock.joined(separator: ":"))"
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

extension Int64 {
  fileprivate func dividedRoundingDown(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
