package import Diagnostics

/// A column that a table may have.
package struct ColumnRule: Hashable, Sendable {
  /// The name in the first row.
  package let name: String
  /// Whether a table without it can't be used.
  package let isRequired: Bool

  /// A column that must be there, and have a value in every row.
  package static func required(_ name: String) -> ColumnRule {
    ColumnRule(name: name, isRequired: true)
  }

  /// A column that may be missing.
  package static func optional(_ name: String) -> ColumnRule {
    ColumnRule(name: name, isRequired: false)
  }
}

/// Where a column stands in a table: for tables of many rows, found once and not by name in each of them.
package struct CSVColumn: Hashable, Sendable {
  fileprivate let position: Int
}

/// A table whose first row names its columns; columns are found by name, in whatever order they stand.
package struct CSVTable: Sendable {
  /// A row, by the names of the columns.
  package struct Row: Sendable {
    fileprivate let row: CSVRow
    fileprivate let positions: [String: Int]

    fileprivate init(_ row: CSVRow, _ positions: [String: Int]) {
      self.row = row
      self.positions = positions
    }

    /// Where the row stands.
    package var range: SourceRange { row.range }

    /// Where a column stands; nil where the table has none of the name.
    package func column(_ name: String) -> CSVColumn? {
      positions[name].map { CSVColumn(position: $0) }
    }

    /// The cell of a column; nil where the column is missing or the cell is empty.
    package subscript(name: String) -> CSVCell? {
      positions[name].flatMap { self[CSVColumn(position: $0)] }
    }

    /// The cell of a column that the table has; nil where it is empty.
    package subscript(column: CSVColumn) -> CSVCell? {
      let cell = row[column.position]
      return cell.text.isEmpty ? nil : cell
    }

    /// Whether the row has a text in a column.
    package func hasText(_ column: CSVColumn) -> Bool { !row.isEmpty(column.position) }

    /// Whether the table has a column.
    package func has(_ name: String) -> Bool { positions[name] != nil }
  }

  /// The rows that can be used; those that can't are reported.
  package let rows: [Row]
  /// Where the names of the columns stand.
  package let header: SourceRange

  /// The table in a text; nil where it has no first row, or a column that it can't do without is missing.
  ///
  /// A name in other letters is taken for the column, with a warning. Columns that nothing is known of are passed over: with
  /// a warning, unless the rules say that they are of no interest, or their names begin with `metadata.`.
  package init?(
    _ source: Source, rules: [ColumnRule], ignored: Set<String> = [],
    into diagnostics: inout [Diagnostic]
  ) {
    let rows = CSVReader.rows(of: source, into: &diagnostics)
    guard let first = rows.first else {
      diagnostics.append(.emptyTable(source))
      return nil
    }
    var positions: [String: Int] = [:]
    var unknown: [CSVCell] = []
    for (position, cell) in first.cells.enumerated() {
      let exact = rules.first { $0.name == cell.text }
      let rule =
        exact ?? rules.first { Self.folded($0.name) == Self.folded(cell.text) }
      guard let rule else {
        unknown.append(cell)
        continue
      }
      if exact == nil {
        diagnostics.append(.otherLetters(cell.text, rule.name, at: cell.range))
      }
      if positions.updateValue(position, forKey: rule.name) != nil {
        diagnostics.append(.columnTwice(rule.name, at: cell.range))
        return nil
      }
    }
    let missing = rules.filter { $0.isRequired && positions[$0.name] == nil }.map(\.name)
    for name in missing {
      let near = Suggestion.nearest(to: name, among: unknown.map(\.text))
      diagnostics.append(
        .missingColumn(
          name, near: near, given: first.cells.map(\.text), at: first.range))
    }
    guard missing.isEmpty else { return nil }
    for cell in unknown
    where !cell.text.isEmpty && !ignored.contains(cell.text)
      && !cell.text.lowercased().hasPrefix("metadata.")
    {
      diagnostics.append(
        .unknownColumn(cell.text, known: rules.map(\.name), at: cell.range))
    }
    header = first.range
    let needed = rules.filter(\.isRequired).compactMap { rule in
      positions[rule.name].map { (rule.name, $0) }
    }
    var usable: [Row] = []
    usable.reserveCapacity(rows.count - 1)
    // A text with a NUL can't be kept; of nearly all files that can be told at once.
    let hasNUL = source.bytes.contains(0)
    for row in rows.dropFirst() {
      if hasNUL, source.bytes[row.range.bytes].contains(0) {
        diagnostics.append(.nulCharacter(at: row.range))
        continue
      }
      guard row.count == first.count else {
        diagnostics.append(.wrongCellCount(row.count, columns: first.count, at: row.range))
        continue
      }
      var isWhole = true
      for (name, position) in needed where row.isEmpty(position) {
        let range = row[position].range
        diagnostics.append(.emptyCell(name, at: range.bytes.isEmpty ? row.range : range))
        isWhole = false
      }
      if isWhole { usable.append(Row(row, positions)) }
    }
    self.rows = usable
  }

  /// A name without what people write in different ways.
  private static func folded(_ name: String) -> String {
    String(name.lowercased().filter { $0.isLetter || $0.isNumber })
  }
}
