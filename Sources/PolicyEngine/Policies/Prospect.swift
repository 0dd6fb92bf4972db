public import CEL

/// Whether what is violated can still be fixed.
public enum Prospect: Hashable, Sendable {
  /// At any time, as far as the rules say.
  case open
  /// Until the end of a day.
  case until(CivilDate)
  /// No longer: the last day was this one.
  case closed(CivilDate)
  /// The rules name no way out.
  case unknown

  /// One of both is enough: what can be done longer counts.
  func alternative(_ other: Prospect) -> Prospect {
    switch (self, other) {
    case (.open, _), (_, .open): .open
    case (.until(let a), .until(let b)): .until(max(a, b))
    case (.until, _): self
    case (_, .until): other
    case (.unknown, _), (_, .unknown): .unknown
    case (.closed(let a), .closed(let b)): .closed(max(a, b))
    }
  }

  /// Both must be fixed: what is closed stays closed, and the earlier deadline counts.
  func combined(with other: Prospect) -> Prospect {
    switch (self, other) {
    case (.closed(let a), .closed(let b)): .closed(min(a, b))
    case (.closed, _): self
    case (_, .closed): other
    case (.unknown, _), (_, .unknown): .unknown
    case (.until(let a), .until(let b)): .until(min(a, b))
    case (.until, .open): self
    case (.open, _): other
    }
  }
}
