/// Finds whole numbers for terms so that sums of them are at most what they may be.
///
/// A sum of one term, or the difference of two, bounds how far they are apart: such bounds have a solution
/// unless some of them add up to less than nothing in a circle. Any other sum is taken for a number of its own.
struct NumberSolver {
  private struct Edge {
    let from: Int
    let to: Int
    let weight: Int128
  }

  /// What each node stands for; the first is 0.
  private var nodes: [LinearForm] = []
  private var edges: [Edge] = []

  init(_ bounds: [LinearForm: Int128]) {
    var numbers: [LinearForm: Int] = [:]
    nodes = [LinearForm(constant: 0)]
    func node(_ form: LinearForm) -> Int {
      if let known = numbers[form] { return known }
      numbers[form] = nodes.count
      nodes.append(form)
      return nodes.count - 1
    }
    // In one order, so that the same values are found each time.
    for (form, bound) in bounds.sorted(by: { $0.key.isBefore($1.key) }) {
      // x - y <= b: x is at most b more than y.
      switch form.parts.count {
      case 1 where form.parts[0].factor == 1:
        edges.append(Edge(from: 0, to: node(form), weight: bound))
      case 1 where form.parts[0].factor == -1:
        edges.append(Edge(from: node(LinearForm(form.parts[0].term)), to: 0, weight: bound))
      case 2 where form.parts[0].factor == 1 && form.parts[1].factor == -1:
        edges.append(
          Edge(
            from: node(LinearForm(form.parts[1].term)), to: node(LinearForm(form.parts[0].term)),
            weight: bound))
      case 2 where form.parts[0].factor == -1 && form.parts[1].factor == 1:
        edges.append(
          Edge(
            from: node(LinearForm(form.parts[0].term)), to: node(LinearForm(form.parts[1].term)),
            weight: bound))
      default:
        if form.parts[0].factor > 0 {
          edges.append(Edge(from: 0, to: node(form), weight: bound))
        } else if let turned = form.times(-1) {
          edges.append(Edge(from: node(turned), to: 0, weight: bound))
        }
      }
    }
  }

  /// Numbers for the terms, near those preferred; nil where there are none.
  func values(
    preferring preferred: (TermID) -> Int128?, isOnlyCheck: Bool = false
  ) -> [TermID: Int128]? {
    guard var upper = distances(from: edges) else { return nil }
    if isOnlyCheck { return [:] }
    var edges = edges
    var found: [TermID: Int128] = [:]
    for (index, form) in nodes.enumerated() where form.parts.count == 1 {
      let turned = edges.map { Edge(from: $0.to, to: $0.from, weight: $0.weight) }
      guard let lower = distances(from: turned) else { return nil }
      // The most and the least that it can be, with what the others are already.
      let (most, least) = (upper[index], lower[index].map { -$0 })
      var value = preferred(form.parts[0].term) ?? 0
      if let most { value = min(value, most) }
      if let least { value = max(value, least) }
      found[form.parts[0].term] = value
      edges.append(Edge(from: 0, to: index, weight: value))
      edges.append(Edge(from: index, to: 0, weight: -value))
      guard let next = distances(from: edges) else { return nil }
      upper = next
    }
    return found
  }

  /// How far each node is from 0 at most; nil inside for no bound, and nil where there is a contradiction.
  private func distances(from edges: [Edge]) -> [Int128?]? {
    // A contradiction need not be where 0 leads: every node starts with a bound beyond all.
    let far = Int128(1) << 110
    var distances = [Int128](repeating: far, count: nodes.count)
    distances[0] = 0
    for round in 0...nodes.count {
      var isChanged = false
      for edge in edges where distances[edge.from] + edge.weight < distances[edge.to] {
        distances[edge.to] = distances[edge.from] + edge.weight
        isChanged = true
      }
      if !isChanged { break }
      if round == nodes.count { return nil }
    }
    if distances[0] < 0 { return nil }
    return distances.map { $0 > far / 2 ? nil : $0 }
  }
}
