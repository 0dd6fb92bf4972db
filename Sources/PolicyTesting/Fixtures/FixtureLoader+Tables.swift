import CEL
import Diagnostics
import PolicyEngine
import YAML

/// Reads tables: a case a row.
extension FixtureLoader {
  /// What a column holds.
  private enum Column {
    case today
    case change(FactPath)
    /// A column of expectations, read by its name.
    case expect(String, SourceRange)
  }

  mutating func tableDrafts(of node: YAMLNode, _ defaults: Defaults) -> [Draft] {
    guard
      let reader = MappingReader(
        node, what: "a table", keys: FixtureKeys.table, into: &diagnostics),
      let name = reader.requiredText("table", into: &diagnostics),
      let place = node["table"]?.range
    else { return [] }
    let common = common(of: reader, defaults, at: place)
    guard let columns = columns(of: reader) else { return [] }
    var shared = Expectation()
    if let expected = reader.optionalNode("expect", into: &diagnostics) {
      guard let read = expectation(in: expected, isWhole: false) else { return [] }
      shared = read
    }
    guard let rowsNode = reader.requiredNode("rows", into: &diagnostics),
      let rows = MappingReader.pairs(of: rowsNode, what: "'rows'", into: &diagnostics)
    else { return [] }
    if rows.isEmpty { diagnostics.append(.noCases(at: rowsNode.range)) }
    reportUnvaried(columns, rows: rows.map(\.entry.value))
    guard let common else { return [] }
    return rows.compactMap { rowName, entry in
      guard let cells = entry.value.elements, cells.count == columns.count else {
        diagnostics.append(.wrongRow(entry.value, columns: columns.count))
        return nil
      }
      return draft(
        name: "\(name): \(rowName)", at: entry.key.range, columns: columns, cells: cells,
        common, shared: shared, defaults)
    }
  }

  private mutating func draft(
    name: String, at range: SourceRange, columns: [Column], cells: [YAMLNode], _ common: Common,
    shared: Expectation, _ defaults: Defaults
  ) -> Draft? {
    let count = diagnostics.count
    var changes = common.changes
    var today = common.today
    var expectation = shared
    for (column, cell) in zip(columns, cells) {
      switch column {
      case .today: today = date(in: cell)
      case .change(let path): changes.append(.set(path, cell))
      case .expect(let name, let place): read(cell, of: name, at: place, into: &expectation)
      }
    }
    guard diagnostics.count == count else { return nil }
    guard let today else {
      reportNoToday(at: range, defaults)
      return nil
    }
    checkWhole(expectation, at: range)
    guard diagnostics.count == count else { return nil }
    return Draft(
      name: name, range: range, base: common.base, today: today, changes: changes, mayRepeat: true,
      expectation: expectation)
  }

  private mutating func columns(of reader: MappingReader) -> [Column]? {
    guard let node = reader.requiredNode("columns", into: &diagnostics),
      let lists = MappingReader(
        node, what: "'columns'", keys: FixtureKeys.columns, into: &diagnostics)
    else { return nil }
    let count = diagnostics.count
    var columns: [Column] = []
    for (text, range) in lists.texts("change", into: &diagnostics) {
      if text == "today" {
        columns.append(.today)
      } else if let path = path(text, at: range) {
        columns.append(.change(path))
      }
    }
    let expected = lists.texts("expect", into: &diagnostics)
    columns += expected.map { .expect($0.text, $0.range) }
    guard diagnostics.count == count else { return nil }
    guard !columns.isEmpty else {
      diagnostics.append(.noColumns(at: node.range))
      return nil
    }
    return columns
  }

  /// Reports columns of changes that have one value in all rows: such a column tries nothing.
  private mutating func reportUnvaried(_ columns: [Column], rows: [YAMLNode]) {
    guard rows.count > 1 else { return }
    for (index, column) in columns.enumerated() {
      guard case .change(let path) = column else { continue }
      let cells = rows.compactMap { row in
        row.elements.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      }
      guard let first = cells.first, cells.count == rows.count,
        cells.dropFirst().allSatisfy({ $0.hasSameContent(as: first) })
      else { continue }
      diagnostics.append(.unvariedColumn(path))
    }
  }
}
