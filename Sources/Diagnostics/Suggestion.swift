/// The nearest right thing to what was written, for "did you mean".
public enum Suggestion {
  /// The candidate nearest to a name; nil when none is near enough to be what was meant.
  ///
  /// Near is an optimal string alignment distance (insertions, deletions, substitutions, swaps of
  /// neighbours; letter case counts as nothing) of at most a third of the name's length, or one for a
  /// name of two. Of several as near, the first one in order wins.
  public static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased().unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= 100 else { return nil }
    // Any letter is one step from any other, which says nothing about what was meant.
    let limit = wanted.count == 1 ? 0 : max(1, wanted.count / 3)
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      // Most are too long or too short, which is seen of plain ones before their letters are looked at.
      let isPlain = candidate.utf8.allSatisfy { $0 < 0x80 }
      guard !isPlain || abs(candidate.utf8.count - wanted.count) <= limit else { continue }
      let other = Array(candidate.lowercased().unicodeScalars)
      guard abs(other.count - wanted.count) <= limit else { continue }
      let distance = distance(wanted, other)
      if distance <= limit, distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// The help line for a name that is unknown: "did you mean 'x'?", or nil when nothing is near.
  public static func help(for name: String, among candidates: some Sequence<String>) -> String? {
    nearest(to: name, among: candidates).map { "did you mean '\($0)'?" }
  }

  /// The help line for a name that is unknown, listing the known ones when nothing is near.
  public static func helpOrList(
    for name: String, among candidates: some Collection<String>, listing words: String
  ) -> String? {
    if let near = help(for: name, among: candidates) { return near }
    guard !candidates.isEmpty else { return nil }
    let shown = candidates.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
    return "\(words) \(shown)" + (candidates.count > 12 ? ", ..." : "")
  }

  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for i in 1...left.count {
      var current = [i]
      current.reserveCapacity(right.count + 1)
      for j in 1...right.count {
        let cost = left[i - 1] == right[j - 1] ? 0 : 1
        var value = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost)
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          value = min(value, beforePrevious[j - 2] + 1)
        }
        current.append(value)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[right.count]
  }
}
