public import CEL

/// Two values that a comparison failed by little with.
public struct NearMiss: Sendable {
  /// What was compared, and what with.
  public let value: CELValue
  public let limit: CELValue
  /// How far they are apart, in words, such as `1 day`.
  public let distance: String

  /// The comparisons of order.
  static let orders: Set<String> = ["_<_", "_<=_", "_>_", "_>=_"]

  /// What failed by at most a week, an hour or a few; nil for more, and for what is the same.
  init?(_ value: CELValue, _ limit: CELValue) {
    let isLittle: Bool
    switch (value, limit) {
    case (.date(let first), .date(let last)):
      let days = abs(first.days(until: last))
      isLittle = (1...7).contains(days)
      distance = days == 1 ? "1 day" : "\(days) days"
    case (.timestamp(let first), .timestamp(let last)):
      let seconds = abs(first.seconds - last.seconds)
      isLittle = (1...3_600).contains(seconds)
      distance = ValueWords.text(of: CELDuration(seconds: seconds, nanoseconds: 0))
    case (.duration(let first), .duration(let last)):
      let seconds = abs(first.seconds - last.seconds)
      isLittle = (1...3_600).contains(seconds)
      distance = ValueWords.text(of: CELDuration(seconds: seconds, nanoseconds: 0))
    case (.int(let first), .int(let last)):
      let (difference, overflow) = first.subtractingReportingOverflow(last)
      isLittle = !overflow && (1...5).contains(difference.magnitude)
      distance = "\(difference.magnitude)"
    default: return nil
    }
    guard isLittle else { return nil }
    self.value = value
    self.limit = limit
  }

  /// Whether the value is the later or the greater one.
  private var isAbove: Bool {
    switch (value, limit) {
    case (.date(let first), .date(let last)): first.days(until: last) < 0
    case (.timestamp(let first), .timestamp(let last)): first.seconds > last.seconds
    case (.duration(let first), .duration(let last)): first.seconds > last.seconds
    case (.int(let first), .int(let last)): first > last
    default: false
    }
  }

  /// By how little it failed, as a sentence.
  package func words(timeZone: String) -> String {
    func text(_ value: CELValue) -> String {
      switch value {
      case .date(let date): ValueWords.text(of: date)
      case .timestamp(let instant): LocalTime(of: instant, inZone: timeZone).words
      case .duration(let duration): ValueWords.text(of: duration)
      default: ValueLiteral.text(of: value)
      }
    }
    let isTime =
      switch value {
      case .date, .timestamp: true
      default: false
      }
    let side = isTime ? (isAbove ? "after" : "before") : (isAbove ? "more than" : "less than")
    return "It fails by \(distance): \(text(value)) is \(side) \(text(limit))."
  }
}
