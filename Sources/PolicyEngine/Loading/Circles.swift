/// The circles among things that depend on one another.
enum Circles {
  /// How many circles are looked for: each search goes through all that hang together in circles.
  private static let limit = 200

  /// For each thing in a circle, through each that it depends on, one of the shortest circles; each once,
  /// beginning with the thing in it that comes first.
  ///
  /// Where very many things hang together, only the first circles are looked for, and at least one is found.
  /// `work` grows by how many things and dependencies were gone through.
  static func find(
    count: Int, work: inout Int, dependencies: (Int) -> [Int]
  ) -> [[Int]] {
    let dependencies = (0..<count).map(dependencies)
    work += 2 * dependencies.reduce(count) { $0 + $1.count }
    let components = components(of: dependencies)
    // A thing in no circle has nothing in its component but itself, which it does not depend on.
    let inside = dependencies.indices.map { thing in
      dependencies[thing].filter { components[$0] == components[thing] }
    }
    var found: Set<Set<Int>> = []
    var circles: [[Int]] = []
    var searches = 0
    for start in inside.indices {
      for next in inside[start] where searches < limit {
        searches += 1
        guard let way = way(from: next, to: start, inside, &work) else { continue }
        let circle = [start] + way.dropLast()
        guard found.insert(Set(circle)).inserted else { continue }
        let first = circle.indices.min { circle[$0] < circle[$1] } ?? 0
        circles.append(Array(circle[first...] + circle[..<first]))
      }
    }
    return circles
  }

  /// A number for each thing, the same for those that depend on each other, directly or not (Kosaraju's way:
  /// what is reached against the direction, beginning with what was left last in the direction).
  private static func components(of dependencies: [[Int]]) -> [Int] {
    var left: [Int] = []
    var met = Set<Int>()
    for start in dependencies.indices {
      var open = [(thing: start, isReady: false)]
      while let (thing, isReady) = open.popLast() {
        if isReady {
          left.append(thing)
        } else if met.insert(thing).inserted {
          open.append((thing, true))
          open += dependencies[thing].map { ($0, false) }
        }
      }
    }
    var dependents = [[Int]](repeating: [], count: dependencies.count)
    for (thing, all) in dependencies.enumerated() {
      for other in all { dependents[other].append(thing) }
    }
    var components = [Int](repeating: -1, count: dependencies.count)
    for (number, start) in left.reversed().enumerated() {
      var open = [start]
      while let thing = open.popLast() {
        guard components[thing] < 0 else { continue }
        components[thing] = number
        open += dependents[thing]
      }
    }
    return components
  }

  /// The shortest way from one thing to another, both included; nil when there is none.
  private static func way(
    from start: Int, to end: Int, _ dependencies: [[Int]], _ work: inout Int
  ) -> [Int]? {
    var comesFrom: [Int: Int] = [start: start]
    var open = [start]
    var position = 0
    while position < open.count {
      let last = open[position]
      position += 1
      if last == end {
        var way = [end]
        while let thing = way.last, let before = comesFrom[thing], thing != start {
          way.append(before)
        }
        return way.reversed()
      }
      work += 1 + dependencies[last].count
      for next in dependencies[last] where comesFrom[next] == nil {
        comesFrom[next] = last
        open.append(next)
      }
    }
    return nil
  }
}
