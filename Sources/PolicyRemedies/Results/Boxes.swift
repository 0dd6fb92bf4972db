/// Sets of combinations in which each member may be chosen for itself.
///
/// Of combinations of values some do and some don't. A box has for each place the values that go with all those
/// of the other places: so what is said of a box can be said place by place.
enum Boxes {
  /// The boxes that some combinations are made of, the one with the first combination first.
  ///
  /// A combination has a number for each place. Which place tells boxes apart is the one with the fewest values.
  static func boxes(of combinations: [[Int]]) -> [[[Int]]] {
    guard let first = combinations.first else { return [] }
    let places = first.indices
    let values = places.map { place in combinations.map { $0[place] }.withoutRepeats() }
    if values.reduce(1, { $0 * $1.count }) == combinations.count { return [values.map { $0 }] }
    guard
      let pivot = places.filter({ values[$0].count > 1 })
        .min(by: { values[$0].count < values[$1].count })
    else { return [] }
    var groups: [(values: [Int], rest: [[Int]])] = []
    for value in values[pivot] {
      let rest = combinations.filter { $0[pivot] == value }.map { combination in
        var rest = combination
        rest.remove(at: pivot)
        return rest
      }
      if let index = groups.firstIndex(where: { Set($0.rest) == Set(rest) }) {
        groups[index].values.append(value)
      } else {
        groups.append(([value], rest))
      }
    }
    return groups.flatMap { group in
      boxes(of: group.rest).map { box in
        var box = box
        box.insert(group.values, at: pivot)
        return box
      }
    }
  }
}

extension Boxes {
  /// A large box around one of some combinations: what may be chosen at each place, what that one has first.
  static func box(around first: [Int], in combinations: Set<[Int]>) -> [[Int]] {
    // From which place a box grows first can matter: each is tried.
    let grown = first.indices.map { grow(first, in: combinations, from: $0) }
    let largest = grown.max { $0.reduce(1) { $0 * $1.count } < $1.reduce(1) { $0 * $1.count } }
    return largest ?? first.map { [$0] }
  }

  private static func grow(
    _ first: [Int], in combinations: Set<[Int]>, from start: Int
  ) -> [[Int]] {
    var box = first.map { [$0] }
    for place in [start] + first.indices.filter({ $0 != start }) {
      for value in Set(combinations.map { $0[place] }).sorted() where value != first[place] {
        var slice = box
        slice[place] = [value]
        if members(of: slice).allSatisfy(combinations.contains) { box[place].append(value) }
      }
    }
    return box
  }

  private static func members(of box: [[Int]]) -> [[Int]] {
    box.reduce([[]]) { rows, values in rows.flatMap { row in values.map { row + [$0] } } }
  }
}

extension [Int] {
  /// Each number once, in the order met.
  fileprivate func withoutRepeats() -> [Int] {
    var seen: Set<Int> = []
    return filter { seen.insert($0).inserted }
  }
}
