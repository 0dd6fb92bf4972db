import Diagnostics

/// A day of the week, by its English name with small letters.
public struct Weekday: Hashable, Sendable {
  /// From 0 (Sunday) to 6, as ``CivilDate/dayOfWeek`` counts.
  public let number: Int

  /// The names, from Sunday on.
  public static let names = [
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
  ]

  /// The day of a number, which is taken round the week.
  init(number: Int) { self.number = (number % 7 + 7) % 7 }

  /// The day of a name; nil when no day has it.
  public init?(_ name: String) {
    guard let number = Self.names.firstIndex(of: name) else { return nil }
    self.number = number
  }

  /// The name.
  public var name: String { Self.names[number] }

  /// The name as a sentence has it, with a capital.
  public var nameInWords: String { name.prefix(1).uppercased() + name.dropFirst() }

  /// What to write instead of a name that no day has.
  package static func help(for name: String) -> String? {
    let monday = names.dropFirst() + names.prefix(1)
    // Three letters, as many people write them, are too far from the whole name to be found near it.
    let short = name.lowercased()
    if short.count >= 3, let whole = monday.first(where: { $0.hasPrefix(short) }) {
      return "did you mean '\(whole)'?"
    }
    return Suggestion.helpOrList(for: name, among: Array(monday), listing: "the days are")
  }
}
