/// What a table gives for a case.
struct TableResult {
  /// Whether each row applies.
  let hits: [Bool]
  /// What each output is; nil where there is nothing, or several rows that must not apply together.
  let outputs: [ForeignValue?]

  /// The rows that apply, by their positions.
  var rows: [Int] { hits.indices.filter { hits[$0] } }

  /// Nil where it is not known which rows apply.
  init?(of definition: ImportedDefinition, for given: ForeignCase) {
    guard case .table(let table) = definition.content else { return nil }
    var hits: [Bool] = []
    for row in table.rows {
      guard let hit = row.applies(to: given, in: definition.scope) else { return nil }
      hits.append(hit)
    }
    self.hits = hits
    let rows = table.rows.indices.filter { hits[$0] }
    outputs = definition.outputs.indices.map { index in
      guard
        !rows.isEmpty || table.policy == .collect || table.policy == .ruleOrder
          || table.policy == .outputOrder || definition.outputs[index].defaultValue != nil
      else { return nil }
      if rows.isEmpty, let value = definition.outputs[index].defaultValue {
        return given.value(of: value, in: definition.scope)
      }
      let order = definition.rowOrder.filter { hits[$0] }
      let values = order.map { row in
        table.rows[row].outputs[index].flatMap { given.value(of: $0, in: definition.scope) }
      }
      return Self.combined(values, by: table.policy)
    }
  }

  private static func combined(_ values: [ForeignValue?], by policy: HitPolicy) -> ForeignValue? {
    switch policy {
    case .unique: return values.count == 1 ? values[0] : nil
    case .any: return Set(values).count == 1 ? values[0] : nil
    case .first, .priority: return values.first ?? nil
    case .count: return .number(Double(values.count))
    case .collect, .ruleOrder, .outputOrder:
      return values.contains { $0 == nil } ? nil : .list(values.compactMap(\.self))
    case .sum, .least, .greatest:
      let numbers = values.compactMap { value -> Double? in
        guard case .number(let number)? = value else { return nil }
        return number
      }
      guard numbers.count == values.count else { return nil }
      switch policy {
      case .sum: return .number(numbers.reduce(0, +))
      case .least: return numbers.min().map { .number($0) }
      default: return numbers.max().map { .number($0) }
      }
    }
  }
}

extension ImportedRow {
  /// Whether the row applies to a case; nil where that is not known.
  func applies(to given: ForeignCase, in scope: ImportedScope) -> Bool? {
    var isKnown = true
    for test in tests {
      switch given.truth(of: test, in: scope) {
      case false?: return false
      case nil: isKnown = false
      case true?: continue
      }
    }
    return isKnown ? true : nil
  }
}

extension ImportedDefinition {
  /// The positions of the rows in the order in which they count.
  ///
  /// For a priority that is the order of the output values that the file lists (DMN 1.5, 8.2.10): rows are
  /// compared by their first output, then by the next.
  var rowOrder: [Int] {
    guard case .table(let table) = content else { return [] }
    guard table.policy == .priority || table.policy == .outputOrder else {
      return Array(table.rows.indices)
    }
    let ranks = table.rows.map { row in
      outputs.indices.map { index in
        row.outputs[index]?.literal.flatMap { outputs[index].priorities.firstIndex(of: $0) }
          ?? (outputs[index].priorities.isEmpty ? 0 : Int.max)
      }
    }
    return table.rows.indices.sorted {
      ranks[$0] == ranks[$1] ? $0 < $1 : ranks[$0].lexicographicallyPrecedes(ranks[$1])
    }
  }

  /// The rows that must not apply for a row to be the one that counts.
  func rivals(of row: Int) -> [Int] {
    guard case .table(let table) = content else { return [] }
    switch table.policy {
    case .first, .priority: return Array(rowOrder.prefix { $0 != row })
    default: return table.rows.indices.filter { $0 != row }
    }
  }
}
