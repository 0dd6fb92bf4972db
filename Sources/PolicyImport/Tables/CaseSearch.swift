/// Looks for cases that show each row of a table, and each side of a condition.
///
/// Where rows compare facts with constants alone, a case for each is found by looking at the table. For the rest,
/// cases are drawn from what facts are compared with, in a fixed order, so that the same file always has the same
/// fixtures.
struct CaseSearch {
  /// What a case is to show of a definition.
  enum Goal: Hashable {
    /// A row that applies, and that counts.
    case row(Int)
    /// No row applies.
    case noRow
    /// Two rows apply that must not apply together.
    case together(Int, Int)
    /// A condition has a value.
    case value(Bool)
  }

  /// A case that shows something.
  struct Finding {
    let definition: Int
    let goal: Goal
    let given: ForeignCase
  }

  /// How many cases are drawn.
  private static let drawn = 3_000

  let definitions: [ImportedDefinition]
  let facts: FactTable
  let domains: FactDomains
  /// For each definition its space; nil for an expression.
  let spaces: [TableSpace?]
  /// For each definition two rows that meet where they must not, and where; nil for none.
  let meetings: [(rows: [Int], place: [Int])?]

  /// A case for each goal that one was found for, in the order of the definitions and their rows.
  func findings() -> [Finding] {
    var found: [Int: [Goal: ForeignCase]] = [:]
    for (index, definition) in definitions.enumerated() {
      guard let space = spaces[index] else { continue }
      for (goal, given) in looked(at: definition, space) {
        found[index, default: [:]][goal] = given
      }
      if let meeting = meetings[index] {
        found[index, default: [:]][.together(meeting.rows[0], meeting.rows[1])] =
          self.case(at: meeting.place, in: space, definition)
      }
    }
    var open = Set(
      definitions.indices.flatMap { index in
        goals(of: definitions[index]).filter { found[index]?[$0] == nil }.map {
          Open(definition: index, goal: $0)
        }
      })
    var random: UInt64 = 0x9E37_79B9_7F4A_7C15
    for _ in 0..<Self.drawn where !open.isEmpty {
      let given = completed(draw(&random))
      for (index, definition) in definitions.enumerated() {
        for goal in Self.goals(shownBy: given, of: definition)
        where open.remove(Open(definition: index, goal: goal)) != nil {
          found[index, default: [:]][goal] = given
        }
      }
    }
    return definitions.indices.flatMap { index in
      let meeting = meetings[index].map { [Goal.together($0.rows[0], $0.rows[1])] } ?? []
      return (goals(of: definitions[index]) + meeting).compactMap { goal in
        found[index]?[goal].map { Finding(definition: index, goal: goal, given: $0) }
      }
    }
  }

  private struct Open: Hashable {
    let definition: Int
    let goal: Goal
  }

  /// What there is to show of a definition.
  func goals(of definition: ImportedDefinition) -> [Goal] {
    switch definition.content {
    case .expression: [.value(true), .value(false)]
    case .table(let table): table.rows.indices.map { .row($0) } + [.noRow]
    }
  }

  /// The cases that a table's space has, where it consists of facts alone.
  private func looked(
    at definition: ImportedDefinition, _ space: TableSpace
  ) -> [(Goal, ForeignCase)] {
    guard case .table(let table) = definition.content, space.unlike.isEmpty else { return [] }
    var found: [(Goal, ForeignCase)] = []
    for goal in goals(of: definition) {
      let finding: TableSpace.Finding
      switch goal {
      case .row(let row):
        let alone = space.search(in: row, outside: definition.rivals(of: row))
        let isEnough = ![.first, .priority].contains(table.policy)
        finding = alone == .none && isEnough ? space.search(in: row, outside: []) : alone
      default: finding = space.search(in: nil, outside: Array(table.rows.indices))
      }
      guard case .found(let chosen) = finding else { continue }
      let whole = self.case(at: chosen, in: space, definition)
      if Self.goals(shownBy: whole, of: definition).contains(goal) { found.append((goal, whole)) }
    }
    return found
  }

  /// The case at a place of a table's space.
  private func `case`(
    at chosen: [Int], in space: TableSpace, _ definition: ImportedDefinition
  ) -> ForeignCase {
    var given = ForeignCase(facts: base)
    for (dimension, index) in zip(space.dimensions, chosen) {
      given.give(dimension.values[index], to: dimension.path, in: definition.scope)
    }
    return completed(given)
  }

  // MARK: Cases

  /// The paths that documents have: what is inside lists stands in them.
  private var paths: [[String]] { facts.order.filter { !$0.contains("[]") } + lists }

  /// Lists that only their elements are read of.
  private var lists: [[String]] {
    var found: [[String]] = []
    for path in facts.order {
      guard let end = path.firstIndex(of: "[]") else { continue }
      let list = Array(path[..<end])
      if !found.contains(list), !facts.order.contains(list) { found.append(list) }
    }
    return found
  }

  private var base: [[String]: ForeignValue] {
    var base: [[String]: ForeignValue] = [:]
    for path in paths { base[path] = domains.values(of: path).first }
    return base
  }

  private func draw(_ random: inout UInt64) -> ForeignCase {
    var drawn: [[String]: ForeignValue] = [:]
    for path in paths {
      var values: [ForeignValue?] = domains.values(of: path)
      if facts.facts[path]?.isOptional == true { values.append(nil) }
      // Xorshift (G. Marsaglia, 2003): the same cases everywhere.
      random ^= random << 13
      random ^= random >> 7
      random ^= random << 17
      if !values.isEmpty { drawn[path] = values[Int(random >> 16) % values.count] }
    }
    return ForeignCase(facts: drawn)
  }

  /// A case with all values that are made of its facts.
  func completed(_ given: ForeignCase) -> ForeignCase {
    var whole = ForeignCase(facts: given.facts)
    for definition in definitions {
      switch definition.content {
      case .expression(let expression):
        whole.values[definition.outputs[0].term] = whole.value(of: expression, in: definition.scope)
      case .table:
        let result = TableResult(of: definition, for: whole)
        for (index, output) in definition.outputs.enumerated() {
          whole.values[output.term] = result?.outputs[index]
        }
      }
    }
    return whole
  }

  private static func goals(
    shownBy given: ForeignCase, of definition: ImportedDefinition
  ) -> [Goal] {
    switch definition.content {
    case .expression:
      guard case .bool(let flag)? = given.values[definition.outputs[0].term] else { return [] }
      return [.value(flag)]
    case .table:
      guard let result = TableResult(of: definition, for: given) else { return [] }
      let rows = result.rows
      if rows.isEmpty { return [.noRow] }
      guard case .table(let table) = definition.content else { return [] }
      let isOrdered = table.policy == .first || table.policy == .priority
      let counted = isOrdered ? definition.rowOrder.filter { result.hits[$0] }.prefix(1) : rows[...]
      return counted.map { .row($0) }
    }
  }
}
