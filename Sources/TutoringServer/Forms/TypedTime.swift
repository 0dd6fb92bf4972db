#if Server
/// A time of day as somebody typed it: `330`, `3:30p`, `15:30`, `3.30 pm`.
struct TypedTime: Hashable, Sendable {
  /// Which of two times of day is meant by an hour from 1 to 12 without more.
  enum Half: Hashable, Sendable {
    /// Before noon.
    case morning
    /// From noon on.
    case afternoon
    /// It is not said.
    case either
  }

  /// Which of two instants is meant where clocks went back, and show a time twice.
  enum Clock: Hashable, Sendable {
    /// The one in summer, which comes first.
    case daylight
    /// The one after it.
    case standard
  }

  /// The minute of the day as it is typed: of `3:30`, that of half past three in the night.
  private let minuteOfDay: Int
  private let half: Half
  /// Which clock is meant; nil where it is not said.
  let clock: Clock?

  /// The time in a text; nil where it is none.
  init?(_ text: String) {
    var rest = text.lowercased().filter { !$0.isWhitespace }[...]
    clock = Self.clock(atEndOf: &rest)
    let named = Self.half(atEndOf: &rest)
    if ["noon", "midnight"].contains(rest), named == nil {
      minuteOfDay = rest == "noon" ? 720 : 0
      half = rest == "noon" ? .afternoon : .morning
      return
    }
    guard let (hour, minute, isSpelledOut) = Self.numbers(in: rest) else { return nil }
    minuteOfDay = hour % 24 * 60 + minute
    switch named {
    case .some(let named):
      guard (1...12).contains(hour) else { return nil }
      half = named
    case nil:
      // `03:30` is how clocks with 24 hours write the night; 0 and 13 are hours of theirs alone.
      half =
        hour == 0 || hour > 12
        ? (hour < 12 ? .morning : .afternoon) : isSpelledOut ? .morning : .either
    }
  }

  /// The minutes of the day that may be meant, the earlier first.
  var minutes: [Int] {
    let inMorning = minuteOfDay % 720
    return switch half {
    case .morning: [inMorning]
    case .afternoon: [inMorning + 720]
    case .either: [inMorning, inMorning + 720]
    }
  }

  /// Takes `CST`, `CDT`, `standard` and the like away.
  private static func clock(atEndOf text: inout Substring) -> Clock? {
    let endings: [(String, Clock)] = [
      ("daylighttime", .daylight), ("standardtime", .standard), ("daylight", .daylight),
      ("standard", .standard), ("cdt", .daylight), ("cst", .standard),
      ("dst", .daylight), ("dt", .daylight), ("st", .standard),
    ]
    for (ending, clock) in endings where text.hasSuffix(ending) {
      text.removeLast(ending.count)
      return clock
    }
    return nil
  }

  /// Takes `a`, `pm`, `p.m.` and the like away.
  private static func half(atEndOf text: inout Substring) -> Half? {
    for ending in ["a.m.", "p.m.", "am", "pm", "a", "p"] where text.hasSuffix(ending) {
      text.removeLast(ending.count)
      return ending.hasPrefix("a") ? .morning : .afternoon
    }
    return nil
  }

  private static func numbers(
    in text: Substring
  ) -> (hour: Int, minute: Int, isSpelledOut: Bool)? {
    let parts = text.split(omittingEmptySubsequences: false) { ":.h".contains($0) }
    guard parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
      return nil
    }
    let hour: Substring
    let minute: Substring
    switch (parts.count, parts.first?.count ?? 0) {
    // A closing `h`, and seconds, which nobody is asked for, are taken as they come.
    case (2...3, 1...2) where parts.count == 2 || parts[2].count == 2:
      hour = parts[0]
      minute = parts[1].isEmpty && text.hasSuffix("h") ? "0" : parts[1]
      guard minute.count == 2 || minute == "0" && parts[1].isEmpty else { return nil }
    case (1, 1...2):
      hour = parts[0]
      minute = "0"
    case (1, 3...4):
      hour = parts[0].dropLast(2)
      minute = parts[0].suffix(2)
    default: return nil
    }
    guard let hours = Int(hour), let minutes = Int(minute), minutes < 60,
      hours < 24 || hours == 24 && minutes == 0
    else { return nil }
    let isSpelledOut = hour.count == 2 && hour.hasPrefix("0")
    return (hours, minutes, isSpelledOut)
  }
}
#endif
