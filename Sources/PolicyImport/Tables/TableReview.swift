import Diagnostics

/// What a table's rows leave open, and where they meet.
struct TableReview {
  /// How many pairs of rows are named; more are counted.
  private static let maximumNamed = 20

  /// Whether it is known that no case is in two rows.
  private(set) var hasNoOverlap = true
  /// Whether it is known that rows which apply together give the same.
  private(set) var agrees = true
  /// Whether it is known that every case is in some row.
  private(set) var isComplete = false
  /// Two rows that apply together and must not, with a case; nil where there are none.
  private(set) var meeting: (rows: [Int], place: [Int])?
  private(set) var diagnostics: [Diagnostic] = []

  init(of definition: ImportedDefinition, table: ImportedTable, space: TableSpace) {
    guard space.unlike.isEmpty else {
      let numbers = space.unlike.map { String(table.rows[$0].number) }.joined(separator: ", ")
      diagnostics.append(
        Diagnostic(
          .warning, code: .rowsNotCompared,
          "whether rows of '\(definition.name)' overlap or leave gaps is not known",
          at: table.rows[space.unlike[0]].range,
          help:
            "only comparisons of one fact with constants are followed; look at row \(numbers) yourself"
        ))
      hasNoOverlap = false
      agrees = false
      return
    }
    if table.policy == .unique || table.policy == .any { compare(table, in: space) }
    if table.policy == .first || table.policy == .priority {
      findHidden(definition, table, in: space)
    }
    findGap(definition, table, in: space)
  }

  private mutating func compare(_ table: ImportedTable, in space: TableSpace) {
    var count = 0
    for (index, row) in table.rows.enumerated() {
      for (other, earlier) in table.rows.enumerated().prefix(index) {
        guard let meeting = space.meeting(of: other, and: index) else { continue }
        hasNoOverlap = false
        let isSame = row.givesTheSame(as: earlier)
        if !isSame { agrees = false }
        if table.policy == .any, isSame { continue }
        if self.meeting == nil { self.meeting = ([other, index], meeting) }
        count += 1
        guard count <= Self.maximumNamed else { continue }
        let what =
          table.policy == .any
          ? "apply together and give different things" : "apply together, and one at most may"
        diagnostics.append(
          Diagnostic(
            .warning, code: .rowsOverlap,
            "rows \(earlier.number) and \(row.number) \(what): \(space.words(for: meeting))",
            at: row.range, notes: [.init("row \(earlier.number)", at: earlier.range)],
            help: "the decision fails for such a case, as the table has no answer"))
      }
    }
    if count > Self.maximumNamed {
      diagnostics.append(
        Diagnostic(
          .warning, code: .rowsOverlap,
          "\(count - Self.maximumNamed) more pairs of rows apply together",
          at: table.rows.first?.range))
    }
  }

  /// Rows that never count, since others that go before take all their cases.
  private mutating func findHidden(
    _ definition: ImportedDefinition, _ table: ImportedTable, in space: TableSpace
  ) {
    for (index, row) in table.rows.enumerated()
    where space.search(in: index, outside: definition.rivals(of: index)) == .none {
      diagnostics.append(
        Diagnostic(
          .warning, code: .rowNeverCounts,
          "row \(row.number) never counts: rows that go before it take all its cases",
          at: row.range))
    }
  }

  private mutating func findGap(
    _ definition: ImportedDefinition, _ table: ImportedTable, in space: TableSpace
  ) {
    switch space.search(in: nil, outside: Array(table.rows.indices)) {
    case .none: isComplete = true
    case .found(let found):
      guard definition.outputs.contains(where: { $0.defaultValue == nil }),
        ![.collect, .ruleOrder, .outputOrder].contains(table.policy)
      else { return }
      diagnostics.append(
        Diagnostic(
          .warning, code: .rowsLeaveGap,
          "no row of '\(definition.name)' applies \(space.words(for: found))",
          at: definition.range,
          help: "the decision fails for such a case, as the table has no answer"))
    case .gaveUp:
      diagnostics.append(
        Diagnostic(
          .warning, code: .rowsNotCompared,
          "'\(definition.name)' has too many rows to say whether it leaves a gap",
          at: definition.range))
    }
  }
}

extension ImportedRow {
  /// Whether it is written that another row gives the same.
  func givesTheSame(as other: ImportedRow) -> Bool {
    zip(outputs, other.outputs).allSatisfy { one, other in
      guard let one = one?.literal, let other = other?.literal else { return false }
      return one == other
    }
  }
}
