public import CEL
import PolicyEngine

/// Dates from one to another, both included; nil is open.
public struct DateRange: Hashable, Sendable {
  /// The first date.
  public let from: CivilDate?
  /// The last date.
  public let until: CivilDate?

  /// The dates from one to another, both included.
  public init(from: CivilDate?, until: CivilDate?) {
    self.from = from
    self.until = until
  }

  /// The range in words, such as `from 1 Oct 2026 on`.
  public var words: String {
    switch (from, until) {
    case (nil, nil): "on every date"
    case (let from?, nil): "from \(ValueWords.shortText(of: from)) on"
    case (nil, let until?): "until \(ValueWords.shortText(of: until))"
    case (let from?, let until?) where from == until: "on \(ValueWords.shortText(of: from))"
    case (let from?, let until?):
      "from \(ValueWords.shortText(of: from)) to \(ValueWords.shortText(of: until))"
    }
  }
}

extension DateRange {
  /// A date as sessions have it, 2026-10-15: nothing reads a clock.
  static let presentDate = CivilDate(daysSinceEpoch: 20_741)

  /// A date of the range at which sessions are likely to be: one of today's years where it has one.
  var usualDate: CivilDate {
    let wanted = Self.presentDate
    if let from, wanted < from { return from }
    if let until, until < wanted { return until }
    return wanted
  }

  /// A date of the range.
  var someDate: CivilDate {
    from ?? until ?? Self.presentDate
  }
}
