package import CEL

/// What entries add up to: by group and month, and as the rows of the file.
package struct Report: Sendable {
  /// A month of a year.
  package struct Month: Hashable, Sendable, Comparable {
    /// The calendar year.
    package let year: Int
    /// The month, from 1 on.
    package let month: Int

    /// The month of a day.
    package init(of day: CivilDate) {
      year = day.year
      month = day.month
    }

    /// A month of a calendar year; nil for one that there is not.
    package init?(year: Int, month: Int) {
      guard (1...12).contains(month), (1...9_999).contains(year) else { return nil }
      self.year = year
      self.month = month
    }

    package static func < (left: Month, right: Month) -> Bool {
      (left.year, left.month) < (right.year, right.month)
    }
  }

  private struct Row {
    var cells: [String]
    var sums: [Int64?]
    var isTooLarge = false
  }

  /// The minutes of each group in each month, by the position of the grouping.
  package private(set) var groups: [[String: [Month: Int]]]
  /// The minutes of each month.
  package private(set) var months: [Month: Int] = [:]
  /// The minutes of those in no group, by the position of the grouping.
  package private(set) var ungrouped: [[Month: Int]]
  /// How many entries there are.
  package private(set) var entries = 0

  private let format: ReportFormat
  private var rows: [String: Row] = [:]

  /// A report of nothing.
  package init(_ format: ReportFormat) {
    self.format = format
    groups = Array(repeating: [:], count: format.groupings.count)
    ungrouped = Array(repeating: [:], count: format.groupings.count)
  }

  /// All minutes.
  package var minutes: Int { months.values.reduce(0, +) }

  /// Adds what a subject counts.
  package mutating func add(_ entry: ReportEntry) {
    entries += 1
    let month = Month(of: entry.day)
    months[month, default: 0] += entry.minutes
    for (index, values) in entry.groups.enumerated() {
      if values.isEmpty { ungrouped[index][month, default: 0] += entry.minutes }
      for value in values { groups[index][value, default: [:]][month, default: 0] += entry.minutes }
    }
    guard var row = rows[entry.row] else {
      rows[entry.row] = Row(cells: entry.cells, sums: entry.sums)
      return
    }
    for (index, number) in entry.sums.enumerated() {
      guard let number, let sum = row.sums[index] else { continue }
      let (total, isTooLarge) = sum.addingReportingOverflow(number)
      row.sums[index] = isTooLarge ? sum : total
      if isTooLarge { row.isTooLarge = true }
    }
    // A student who has moved stands where the last session says.
    row.cells = entry.cells
    rows[entry.row] = row
  }

  /// The file, with a row for each key in alphabetical order.
  package var file: String {
    let header = format.columns.map { CSV.cell($0.header) }.joined(separator: ",")
    let lines = rows.sorted { $0.key < $1.key }.map { _, row in
      zip(format.columns, zip(row.cells, row.sums)).map { column, value in
        guard let sum = value.1 else { return CSV.cell(value.0) }
        return row.isTooLarge ? "" : column.format.text(of: sum)
      }.joined(separator: ",")
    }
    return CSV.file([header] + lines)
  }

  /// How many rows the file has.
  package var rowCount: Int { rows.count }
}

extension CellFormat {
  /// A sum as the format writes it; empty where it is too large.
  fileprivate func text(of sum: Int64) -> String {
    guard case .decimal(let per, let decimals, let rounding) = self else { return String(sum) }
    let scale = (0..<decimals).reduce(Int64(1)) { scale, _ in scale * 10 }
    let (scaled, isTooLarge) = sum.multipliedReportingOverflow(by: scale)
    guard !isTooLarge, let units = rounding.quotient(scaled, by: per) else { return "" }
    return FixedDecimal(units: units, decimals: decimals).text
  }
}
