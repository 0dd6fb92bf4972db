import CEL
import Diagnostics
import PolicyEngine

/// Rules that take each other's place over time.
///
/// They are about the same type, share a decision, and have the same title or ids that differ in their
/// ends only, in a number, a year or a version: `window-2025` and `window-2026`, `window` and
/// `window-v2`. At least one of them must be in force on some dates only: otherwise they are meant side
/// by side.
struct Succession {
  /// The rules, by their first day.
  let rules: [Rule]

  static func all(in policies: PolicySet) -> [Succession] {
    var families: [[Rule]] = []
    var positions: [String: Int] = [:]
    for rule in policies.rules where rule.isDeclared {
      let names = [
        "\(rule.subjectType) id \(stem(of: rule.id))", "\(rule.subjectType) title \(rule.title)",
      ]
      let family = names.compactMap { positions[$0] }.first ?? families.count
      if family == families.count { families.append([]) }
      families[family].append(rule)
      for name in names { positions[name] = family }
    }
    return families.filter { family in
      family.count > 1 && family.contains { $0.effective != nil }
        && family.allSatisfy { !Set($0.decides).isDisjoint(with: family[0].decides) }
    }.map { Succession(rules: $0.sorted(by: isEarlier)) }
  }

  /// Each rule with the one before it.
  var steps: [(earlier: Rule, later: Rule)] {
    zip(rules, rules.dropFirst()).map { ($0, $1) }
  }

  private static func isEarlier(_ left: Rule, _ right: Rule) -> Bool {
    guard let second = right.effective?.from else { return false }
    return left.effective?.from.map { $0 < second } ?? true
  }

  /// An id without the numbers, years and versions at its end.
  private static func stem(of id: String) -> String {
    var parts = id.split(separator: "-")
    while parts.count > 1, let last = parts.last {
      let number = last.hasPrefix("v") ? last.dropFirst() : last
      guard !number.isEmpty, number.allSatisfy(\.isNumber) else { break }
      parts.removeLast()
    }
    return parts.joined(separator: "-")
  }
}
