import CEL

/// Statements assumed to be true or false together, and whether they can be.
///
/// INVARIANT: what is found inconsistent can't be so in any document; the reverse is not claimed.
struct Facts {
  /// The key about which nothing can be true or false in the period: a governing date that is not known.
  let unknownKey: String?
  private var truths: [String: Bool] = [:]
  private var givens: [String: Bool] = [:]
  private var ranges: [String: ValueRange] = [:]
  private var standings: [Pair: Set<Atom.Standing>] = [:]
  /// The keys of values that are known, since something about them is true or false.
  private var known: Set<String> = []
  /// What is not true (or not false), which does not make it false (or true).
  private var denials: [(atom: Atom, isTrue: Bool)] = []
  private(set) var isConsistent = true

  private struct Pair: Hashable {
    let first: String
    let second: String
  }

  init(unknownKey: String?) { self.unknownKey = unknownKey }

  /// Takes in that an atom is true, or that it is false.
  mutating func assume(_ atom: Atom, isTrue: Bool) {
    guard !atom.keys.contains(where: { $0 == unknownKey }) else {
      isConsistent = false
      return
    }
    switch atom.statement {
    case .isTrue:
      record(atom.key, isTrue, in: \.truths)
    case .isGiven(let isOptional):
      if !isTrue, !isOptional { isConsistent = false }
      record(atom.key, isTrue, in: \.givens)
      // What is inside something absent may count as absent too, but never as given.
      if isTrue { for key in atom.reads { record(key, true, in: \.givens) } }
      return
    case .isOneOf, .isLess, .isAtMost:
      ranges[atom.key, default: ValueRange(atom.domain)].assume(atom.statement, isTrue: isTrue)
      if ranges[atom.key]?.isEmpty ?? false { isConsistent = false }
    case .stands(let other, let ways):
      let left = isTrue ? ways : Set(Atom.Standing.allCases).subtracting(ways)
      let pair = Pair(first: atom.key, second: other)
      let rest = (standings[pair] ?? (atom.key == other ? [.equal] : Set(Atom.Standing.allCases)))
        .intersection(left)
      standings[pair] = rest
      if rest.isEmpty { isConsistent = false }
    }
    known.formUnion(atom.keys)
    for key in atom.reads { record(key, true, in: \.givens) }
  }

  /// Takes in that an atom is not true, or that it is not false.
  mutating func deny(_ atom: Atom, isTrue: Bool) { denials.append((atom, isTrue)) }

  /// Draws what follows from denials: what is not true of a value that is known is false.
  mutating func conclude() {
    var isGrowing = true
    while isGrowing, isConsistent {
      isGrowing = false
      for (index, denial) in denials.enumerated().reversed() where isSettled(denial.atom) {
        denials.remove(at: index)
        assume(denial.atom, isTrue: !denial.isTrue)
        isGrowing = true
      }
    }
  }

  private func isSettled(_ atom: Atom) -> Bool {
    switch atom.statement {
    case .isGiven: givens[atom.key] != nil
    case .isTrue: truths[atom.key] != nil
    case .isOneOf, .isLess, .isAtMost, .stands: atom.keys.allSatisfy { known.contains($0) }
    }
  }

  private mutating func record(
    _ key: String, _ value: Bool, in path: WritableKeyPath<Facts, [String: Bool]>
  ) {
    if let old = self[keyPath: path].updateValue(value, forKey: key), old != value {
      isConsistent = false
    }
  }
}
