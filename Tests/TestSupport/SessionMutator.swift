import Foundation

/// Changes session documents at random, the same way for the same seed.
public struct SessionMutator {
  private var random: SeededNumbers

  /// A mutator that makes the same changes for the same seed.
  public init(seed: UInt64) { random = SeededNumbers(seed: seed) }

  /// A document with some of its facts dropped, changed, repeated or taken out of lists.
  public mutating func mutated(_ document: Any) -> Any {
    var result = document
    for _ in 0..<random.below(5) { result = changed(result) }
    return result
  }

  private mutating func changed(_ value: Any) -> Any {
    switch value {
    case var object as [String: Any]:
      guard let key = object.keys.sorted().randomElement(using: &random) else { return value }
      if random.below(6) == 0 {
        object[key] = random.below(2) == 0 ? nil : NSNull()
      } else if let fact = object[key] {
        object[key] = changed(fact)
      }
      return object
    case var list as [Any]:
      guard !list.isEmpty else { return list }
      let index = random.below(list.count)
      switch random.below(4) {
      case 0: list.remove(at: index)
      case 1: list.append(list[index])
      default: list[index] = changed(list[index])
      }
      return list
    case let text as String: return changed(text)
    case let number as NSNumber: return !number.boolValue
    default: return value
    }
  }

  /// Another string of what looks like the same kind.
  private mutating func changed(_ text: String) -> Any {
    for kind in Self.alternatives where kind.contains(text) {
      return kind.randomElement(using: &random) ?? text
    }
    if text.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil {
      return ["2014-01-01", "2026-06-30", "2026-07-01", "2026-10-05", "2026-12-01"]
        .randomElement(using: &random) ?? text
    }
    if text.wholeMatch(of: /\d{4}-\d\d-\d\dT.*/) != nil {
      return [
        "2026-10-05T15:00:00-05:00", "2026-10-05T20:00:00Z", "2026-10-05T20:00:00.5Z",
        "2026-10-05T16:00:00-05:00",
      ].randomElement(using: &random) ?? text
    }
    return ["", "  ", "\u{a0}\u{2003}", "é\"\\\n", "T-0001", text + "x"]
      .randomElement(using: &random) ?? text
  }

  private static let alternatives = [
    ["career-ladder", "tutoring", "homebound", "detention", "credit-recovery"],
    [
      "grade-d-or-f", "reading-improvement-plan", "below-basic-state",
      "below-grade-level-district",
    ],
    ["A", "B", "C", "D", "F"], ["EOC", "MAP"], ["family-involvement"],
    ["below-basic", "basic", "proficient", "advanced"], ["STAR"],
    ["Reading", "Mathematics", "Science"],
  ]
}
