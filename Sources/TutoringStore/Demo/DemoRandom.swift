#if Store
/// Numbers that look random and are the same for the same seed (SplitMix64).
struct DemoRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    return Int(mixed % UInt64(max(1, bound)))
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    precondition(!elements.isEmpty, "the lists of the demo are not empty")
    return elements[below(elements.count)]
  }

  /// Whether a thing that happens in so many of a hundred cases happens.
  mutating func happens(_ percent: Int) -> Bool { below(100) < percent }

  /// Some of the elements, in their order.
  mutating func some<Element>(_ count: Int, of elements: [Element]) -> [Element] {
    var indexes = Array(elements.indices)
    while indexes.count > count { indexes.remove(at: below(indexes.count)) }
    return indexes.map { elements[$0] }
  }
}
#endif
