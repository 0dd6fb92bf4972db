import CEL
import PolicyEngine

/// The changes of groups, to be asked which of them concern the same facts as another.
struct ChangeIndex {
  private typealias Entry = (change: FactChange, group: Int)

  /// The changes at a path, and those at paths further down.
  private var at: [AttributePath: [Entry]] = [:]
  private var below: [AttributePath: [Entry]] = [:]

  mutating func add(_ change: FactChange, of group: Int) {
    at[change.path, default: []].append((change, group))
    for length in change.path.steps.indices {
      below[change.path.prefix(length), default: []].append((change, group))
    }
  }

  /// The first group with a change that overlaps another; nil when there is none.
  func firstGroup(overlapping change: FactChange) -> Int? {
    var first: Int?
    func look(at entries: [Entry]?) {
      for entry in entries ?? [] where entry.group < first ?? .max {
        if entry.change.overlaps(change) { first = entry.group }
      }
    }
    for length in 0...change.path.count { look(at: at[change.path.prefix(length)]) }
    look(at: below[change.path])
    return first
  }
}

/// Numbers in sets that are joined, as by what their members share.
struct DisjointSets {
  /// For each number one of its set that stands nearer to what the set is known by.
  private var parents: [Int]

  /// Each number by itself.
  init(count: Int) { parents = Array(0..<count) }

  private mutating func root(of number: Int) -> Int {
    var number = number
    while parents[number] != number {
      parents[number] = parents[parents[number]]
      number = parents[number]
    }
    return number
  }

  /// Makes one set of those of two numbers.
  mutating func join(_ first: Int, _ second: Int) {
    let (first, second) = (root(of: first), root(of: second))
    // The smallest number stands for its set.
    parents[max(first, second)] = min(first, second)
  }

  /// The sets, by their smallest numbers, each ascending.
  var sets: [[Int]] {
    var copy = self
    var members: [Int: [Int]] = [:]
    var roots: [Int] = []
    for number in parents.indices {
      let root = copy.root(of: number)
      if root == number { roots.append(root) }
      members[root, default: []].append(number)
    }
    return roots.map { members[$0] ?? [] }
  }
}
