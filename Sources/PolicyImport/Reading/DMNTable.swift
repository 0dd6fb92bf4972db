import Diagnostics

/// What a decision table of DMN says of itself.
enum DMNTable {
  /// What several rows that apply mean (DMN 1.5, 8.2.10 and 8.2.11).
  static func policy(of table: XMLElement) throws(ImportProblem) -> HitPolicy {
    let written = table.attribute("hitPolicy") ?? "UNIQUE"
    let aggregation = table.attribute("aggregation")
    let whole = written == "COLLECT" ? aggregation.map { "COLLECT \($0)" } ?? written : written
    guard let policy = HitPolicy(rawValue: whole) else {
      throw ImportProblem("the hit policy '\(whole)' is not known", at: table.range)
    }
    return policy
  }

  /// What keeps a table from having a meaning here.
  static func check(
    _ policy: HitPolicy, outputs: [ImportedOutput], rows: [ImportedRow], at range: SourceRange
  ) throws(ImportProblem) {
    switch policy {
    case .priority, .outputOrder:
      guard outputs.contains(where: { !$0.priorities.isEmpty }) else {
        throw ImportProblem(
          "no output lists its values, so that none has a priority", at: range,
          help: "list them under 'outputValues', the first with the highest priority")
      }
      for row in rows {
        for (cell, output) in zip(row.outputs, outputs) where !output.priorities.isEmpty {
          guard let value = cell?.literal, output.priorities.contains(value) else {
            throw ImportProblem(
              "row \(row.number) gives what '\(output.label)' does not list, so that its priority is not known",
              at: cell?.range ?? row.range)
          }
        }
      }
    case .sum, .least, .greatest, .count:
      guard outputs.count == 1 else {
        throw ImportProblem("several outputs can't be added up or compared", at: range)
      }
    default: break
    }
    guard !policy.givesOneRow else { return }
    for row in rows {
      for cell in row.outputs where cell == nil {
        throw ImportProblem(
          "row \(row.number) has an empty cell where all rows are collected", at: row.range)
      }
    }
  }
}

/// Decisions in an order in which each comes after those that it needs.
enum DMNOrder {
  static func ordered(
    _ decisions: [XMLElement], into diagnostics: inout [Diagnostic]
  ) -> [XMLElement] {
    var byID: [String: Int] = [:]
    for (index, decision) in decisions.enumerated() {
      if let id = decision.attribute("id") { byID[id] = index }
    }
    var states = Array(repeating: State.new, count: decisions.count)
    var order: [Int] = []
    func visit(_ index: Int) {
      guard states[index] == .new else {
        if states[index] == .open {
          diagnostics.append(
            Diagnostic(
              code: .circular,
              "'\(decisions[index].attribute("name") ?? "")' needs itself, by way of others",
              at: decisions[index].range))
        }
        return
      }
      states[index] = .open
      for requirement in decisions[index].all("informationRequirement") {
        let href = requirement.first("requiredDecision")?.attribute("href")
        let id = href?.split(separator: "#").last.map(String.init)
        if let needed = id.flatMap({ byID[$0] }) { visit(needed) }
      }
      states[index] = .done
      order.append(index)
    }
    for index in decisions.indices { visit(index) }
    return order.map { decisions[$0] }
  }

  private enum State { case new, open, done }
}
