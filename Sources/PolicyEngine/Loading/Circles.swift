/// The circles among things that depend on one another.
enum Circles {
  /// For each thing in a circle, through each that it depends on, one of the shortest circles; each once,
  /// beginning with the thing in it that comes first.
  static func find(count: Int, dependencies: (Int) -> [Int]) -> [[Int]] {
    var found: Set<Set<Int>> = []
    var circles: [[Int]] = []
    for start in 0..<count {
      for next in dependencies(start) {
        guard let way = way(from: next, to: start, dependencies) else { continue }
        let circle = [start] + way.dropLast()
        guard found.insert(Set(circle)).inserted else { continue }
        let first = circle.indices.min { circle[$0] < circle[$1] } ?? 0
        circles.append(Array(circle[first...] + circle[..<first]))
      }
    }
    return circles
  }

  /// The shortest way from one thing to another, both included; nil when there is none.
  private static func way(
    from start: Int, to end: Int, _ dependencies: (Int) -> [Int]
  ) -> [Int]? {
    var comesFrom: [Int: Int] = [start: start]
    var open = [start]
    var position = 0
    while position < open.count {
      let last = open[position]
      position += 1
      if last == end {
        var way = [end]
        while let before = comesFrom[way[0]], way[0] != start { way.insert(before, at: 0) }
        return way
      }
      for next in dependencies(last) where comesFrom[next] == nil {
        comesFrom[next] = last
        open.append(next)
      }
    }
    return nil
  }
}
