/// What rows add up to, by what a format takes totals by.
package struct ExportTotals: Hashable, Sendable {
  /// What some rows add up to.
  package struct Sum: Hashable, Sendable {
    /// How many rows there are.
    package var rows = 0
    /// Their minutes, exactly.
    package var minutes = 0
    /// What stands in each column that is added up; nil for the others, and where it is too large.
    package var columns: [FixedDecimal?]
  }

  /// The names of what the totals are taken by.
  package let by: [String]
  /// All rows together.
  package private(set) var all: Sum
  /// The rows that agree in all that totals are taken by, by that.
  package private(set) var groups: [[String]: Sum] = [:]

  private let empty: Sum

  /// The totals of no row.
  package init(_ format: ExportFormat) {
    by = format.totals.map(\.by)
    empty = Sum(
      columns: format.columns.map { column in
        guard column.isTotalled else { return nil }
        if case .decimal(_, let decimals, _) = column.format {
          return FixedDecimal(units: 0, decimals: decimals)
        }
        return FixedDecimal(units: 0, decimals: 0)
      })
    all = empty
  }

  /// Adds a row.
  package mutating func add(_ row: ExportRow) {
    all.add(row)
    groups[row.totals, default: empty].add(row)
  }

  /// The sums of the rows that agree in one of the things that totals are taken by, in alphabetical order.
  package func sums(by index: Int) -> [(value: String, sum: Sum)] {
    var sums: [String: Sum] = [:]
    for (values, sum) in groups { sums[values[index], default: empty].add(sum) }
    return sums.sorted { $0.key < $1.key }.map { (value: $0.key, sum: $0.value) }
  }
}

extension ExportTotals.Sum {
  /// Adds what a document would count that has no row, as far as it is known.
  package mutating func add(_ worth: RowMaker.Worth) {
    rows += 1
    minutes += worth.minutes ?? 0
    for (index, number) in worth.numbers.enumerated() {
      if let number { add(number.units, toColumn: index) }
    }
  }

  fileprivate mutating func add(_ row: ExportRow) {
    rows += 1
    minutes += row.minutes
    for (index, cell) in row.cells.enumerated() {
      guard let number = cell.number else { continue }
      add(number.units, toColumn: index)
    }
  }

  fileprivate mutating func add(_ other: Self) {
    rows += other.rows
    minutes += other.minutes
    for (index, number) in other.columns.enumerated() {
      guard let number else { continue }
      add(number.units, toColumn: index)
    }
  }

  private mutating func add(_ units: Int64, toColumn index: Int) {
    guard let column = columns[index] else { return }
    let (sum, isTooLarge) = column.units.addingReportingOverflow(units)
    columns[index] = isTooLarge ? nil : FixedDecimal(units: sum, decimals: column.decimals)
  }
}
