/// Measurements with their ratios to the first of them.
struct Table {
  private let title: String
  private let unit: String
  private var rows: [(name: String, value: Double)] = []

  init(_ title: String, unit: String) {
    self.title = title
    self.unit = unit
  }

  mutating func add(_ name: String, _ value: Double) { rows.append((name, value)) }

  func print() {
    Swift.print("\n\(title)")
    let width = rows.map(\.name.count).max() ?? 0
    for row in rows {
      let gap = String(repeating: " ", count: width - row.name.count)
      let ratio = (row.value / max(rows[0].value, .leastNonzeroMagnitude)).rounded(toPlaces: 2)
      Swift.print("  \(row.name)\(gap)  \(row.value.rounded(toPlaces: 1)) \(unit)  x\(ratio)")
    }
  }
}

extension Double {
  fileprivate func rounded(toPlaces places: Int) -> Double {
    let scale = (0..<places).reduce(1.0) { product, _ in product * 10 }
    return (self * scale).rounded() / scale
  }
}
