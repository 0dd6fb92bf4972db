import CEL
import PolicyEngine

extension CELValue {
  /// The bounds of a range of instants to the minute, inside of what they are, where a minute is left.
  ///
  /// People enter times to the minute; seconds only matter where a whole minute does not fit.
  static func wholeMinutes(
    from first: CELValue?, until last: CELValue?
  ) -> (from: CELValue?, until: CELValue?) {
    let from = first.map { $0.movedToMinute(isLater: true) }
    let until = last.map { $0.movedToMinute(isLater: false) }
    if let from, let until, let steps = from.steps(until: until), steps < 0 {
      return (first, last)
    }
    return (from, until)
  }

  /// An instant moved to a whole minute; other values as they are.
  private func movedToMinute(isLater: Bool) -> CELValue {
    guard case .timestamp(let instant) = self else { return self }
    let second = ((instant.seconds % 60) + 60) % 60
    guard second != 0 || instant.nanoseconds != 0 else { return self }
    let start = instant.seconds - second
    return .timestamp(CELTimestamp(seconds: isLater ? start + 60 : start, nanoseconds: 0))
  }

  /// How many days, seconds or ones it is from one date, instant or number to another; nil for other values.
  func steps(until other: CELValue) -> Int64? {
    switch (self, other) {
    case (.date(let first), .date(let last)):
      Int64(last.daysSinceEpoch) - Int64(first.daysSinceEpoch)
    case (.timestamp(let first), .timestamp(let last)): last.seconds - first.seconds
    case (.int(let first), .int(let last)): last.subtractingReportingOverflow(first).partialValue
    default: nil
    }
  }
}

extension ValueWords {
  /// How long so many days or seconds are, such as `15 minutes`; nil for what is neither a date nor an instant.
  static func length(ofSteps steps: Int64, of value: CELValue) -> String? {
    func counted(_ count: Int64, _ unit: String) -> String {
      count == 1 ? "1 \(unit)" : "\(count) \(unit)s"
    }
    switch value {
    case .date: return counted(steps, "day")
    case .int: return String(steps)
    case .timestamp:
      if steps < 60 { return counted(steps, "second") }
      // Up to a second more or less is the bound's own.
      let minutes = (steps + 30) / 60
      let (hours, rest) = minutes.quotientAndRemainder(dividingBy: 60)
      if hours == 0 { return counted(minutes, "minute") }
      if hours >= 48 { return counted(hours / 24, "day") }
      return counted(hours, "hour") + (rest == 0 ? "" : " " + counted(rest, "minute"))
    default: return nil
    }
  }
}
