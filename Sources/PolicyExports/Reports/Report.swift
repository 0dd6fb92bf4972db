package import CEL

/// What entries add up to: by group and month, and as the rows of the file.
package struct Report: Sendable {
  /// A month of a year.
  package struct Month: Hashable, Sendable, Comparable {
    /// The months since the beginning of the year 0: one number, since months are looked up all the time.
    private let count: Int

    /// The calendar year.
    package var year: Int { count / 12 }
    /// The month, from 1 on.
    package var month: Int { count % 12 + 1 }

    /// The month of a day.
    package init(of day: CivilDate) {
      count = day.year * 12 + day.month - 1
    }

    /// A month of a calendar year; nil for one that there is not.
    package init?(year: Int, month: Int) {
      guard (1...12).contains(month), (1...9_999).contains(year) else { return nil }
      count = year * 12 + month - 1
    }

    package static func < (left: Month, right: Month) -> Bool { left.count < right.count }
  }

  /// What a group adds up to.
  private struct Group {
    let number: Int
    var months: [Month: Int] = [:]
  }

  private struct Row {
    var cells: [String]
    var sums: [Int64?]
    var isTooLarge = false

    /// Adds what stands in a later row of the same key.
    mutating func add(_ added: [Int64?], _ cells: [String]) {
      for (index, number) in added.enumerated() {
        guard let number, let sum = sums[index] else { continue }
        let (total, overflows) = sum.addingReportingOverflow(number)
        sums[index] = overflows ? sum : total
        if overflows { isTooLarge = true }
      }
      // A student who has moved stands where the last session says.
      self.cells = cells
    }
  }

  /// The minutes of each group in each month, by the position of the grouping.
  package var groups: [[String: [Month: Int]]] { sums.map { $0.mapValues(\.months) } }
  private var sums: [[String: Group]]
  /// How many groups there are in all groupings.
  private var groupCount = 0
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
    sums = Array(repeating: [:], count: format.groupings.count)
    ungrouped = Array(repeating: [:], count: format.groupings.count)
  }

  /// All minutes.
  package var minutes: Int { months.values.reduce(0, +) }

  /// The number that a group has among those of all groupings; nil for one in which nothing counts.
  package func number(of group: String, by grouping: Int) -> Int? { sums[grouping][group]?.number }

  /// Adds what a subject counts; the numbers of the groups that it is in are returned.
  @discardableResult
  package mutating func add(_ entry: ReportEntry) -> [Int] {
    entries += 1
    let month = Month(of: entry.day)
    months[month, default: 0] += entry.minutes
    var numbers: [Int] = []
    for (index, values) in entry.groups.enumerated() {
      if values.isEmpty { ungrouped[index][month, default: 0] += entry.minutes }
      for value in values {
        numbers.append(change(value, by: index) { $0[month, default: 0] += entry.minutes })
      }
    }
    if rows[entry.row]?.add(entry.sums, entry.cells) == nil {
      rows[entry.row] = Row(cells: entry.cells, sums: entry.sums)
    }
    return numbers
  }

  /// Adds what another report of the same format counts, whose entries come after those of this one; the new numbers of its
  /// groups are returned, by their old ones.
  package mutating func add(_ other: Report) -> [Int] {
    entries += other.entries
    months.merge(other.months, uniquingKeysWith: +)
    var numbers = Array(repeating: 0, count: other.groupCount)
    for (index, groups) in other.sums.enumerated() {
      ungrouped[index].merge(other.ungrouped[index], uniquingKeysWith: +)
      for (name, group) in groups {
        numbers[group.number] = change(name, by: index) {
          $0.merge(group.months, uniquingKeysWith: +)
        }
      }
    }
    for (key, row) in other.rows {
      let isKnown: Void? = rows[key]?.add(row.sums, row.cells)
      if isKnown == nil { rows[key] = row } else if row.isTooLarge { rows[key]?.isTooLarge = true }
    }
    return numbers
  }

  /// Changes the minutes of a group, which is a new one where nothing counted in it yet; its number is returned.
  private mutating func change(
    _ group: String, by grouping: Int, _ body: (inout [Month: Int]) -> Void
  ) -> Int {
    func change(_ group: inout Group) -> Int {
      body(&group.months)
      return group.number
    }
    let number = change(&sums[grouping][group, default: Group(number: groupCount)])
    if number == groupCount { groupCount += 1 }
    return number
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
    guard !isTooLarge, let units = rounding.units(scaled, by: per) else { return "" }
    return FixedDecimal(units: units, decimals: decimals).text
  }
}
