package import CEL

/// Facts as they are shown: of many that are alike, such as one of each element of a list, the first few, and
/// how many more there are.
package struct FoldedFacts {
  /// Those that are shown, in their order.
  package private(set) var told: [Citations.Fact] = []
  /// How many more there are of each kind, with the last of them.
  private var more: [(last: Citations.Fact, count: Int)] = []

  /// Of how many alike each is shown.
  static let limit = 12
  /// How many more there are than these.
  private static let shownCount = 3

  /// Some facts, of which all are shown where they are few.
  package init(_ facts: [Citations.Fact]) {
    guard facts.count > Self.limit else {
      told = facts
      return
    }
    let kinds = facts.map { Kind(path: $0.path.withoutPositions, isPresence: $0.isPresenceOnly) }
    let counts = Dictionary(kinds.map { ($0, 1) }, uniquingKeysWith: +)
    var seen: [Kind: Int] = [:]
    for (fact, kind) in zip(facts, kinds) {
      let count = counts[kind] ?? 0
      seen[kind, default: 0] += 1
      if count <= Self.limit || seen[kind] ?? 0 <= Self.shownCount {
        told.append(fact)
      } else if seen[kind] == count {
        more.append((fact, count - Self.shownCount))
      }
    }
  }

  private struct Kind: Hashable {
    let path: AttributePath
    let isPresence: Bool
  }

  /// How many more there are, by what the kinds are called; nil where all are shown.
  package func moreInWords(_ name: (Citations.Fact) -> String) -> String? {
    guard !more.isEmpty else { return nil }
    return "and " + more.map { "\($0.count) more of \(name($0.last))" }.joined(separator: ", ")
  }
}

extension AttributePath {
  /// The path to what is alike in all elements of lists.
  package var withoutPositions: AttributePath {
    AttributePath(
      root: root, steps: steps.filter { if case .index = $0 { false } else { true } })
  }
}
