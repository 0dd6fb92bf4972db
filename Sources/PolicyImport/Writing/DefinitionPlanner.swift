import Diagnostics

/// Finds which decisions and rules are made of what was read.
struct DefinitionPlanner {
  private let types: [String: ForeignType]
  private let passing: [PassingValue]
  private var used: Set<Int> = []
  private var ids = RuleNames()
  private var terms = TermNames()

  init(types: [String: ForeignType], passing: [PassingValue]) {
    self.types = types
    self.passing = passing
  }

  /// The decision of a definition, with its rules.
  mutating func plan(for definition: ImportedDefinition, review: TableReview?) -> DefinitionPlan {
    let id = ids.name(for: definition.name)
    var rules: [DefinitionPlan.Rule] = []
    var rowTerms: [String] = []
    if case .table(let table) = definition.content {
      let name = TermNames.identifier(for: definition.name)
      let base = name.prefix(1).lowercased() + name.dropFirst()
      rowTerms = table.rows.map { terms.name(for: "\(base)Row\($0.number)") }
      rules = rowRules(of: definition, table, review, id: id)
    }
    let rowRules = rules
    for index in definition.outputs.indices {
      if let value = passingValue(of: definition, output: index) {
        rules.append(.init(id: "\(id)-value", kind: .isValue(output: index, value)))
      } else if types[definition.outputs[index].term] == .bool, definition.outputs.count == 1 {
        rules.append(.init(id: "\(id)-holds", kind: .isTrue(output: index)))
      }
    }
    // A row always applies: that alone is nothing to decide by where there is something else.
    if rules.count > rowRules.count, review?.isComplete == true {
      rules.removeAll { $0.kind == .someRow }
    }
    return DefinitionPlan(
      definition: definition, rowTerms: rowTerms, decision: rules.isEmpty ? nil : id, rules: rules)
  }

  private func rowRules(
    of definition: ImportedDefinition, _ table: ImportedTable, _ review: TableReview?, id: String
  ) -> [DefinitionPlan.Rule] {
    var rules: [DefinitionPlan.Rule] = []
    let hasDefault = definition.outputs.allSatisfy { $0.defaultValue != nil }
    let isOpen = !table.rows.contains { $0.tests.isEmpty }
    if !hasDefault, isOpen {
      rules.append(.init(id: "\(id)-row", kind: .someRow))
    }
    if table.policy == .unique, table.rows.count > 1, review?.hasNoOverlap != true {
      rules.append(.init(id: "\(id)-one-row", kind: .oneRow))
    }
    if table.policy == .any, review?.agrees != true {
      let pairs = table.rows.indices.flatMap { index in
        (0..<index).filter { !table.rows[index].givesTheSame(as: table.rows[$0]) }
          .map { [$0, index] }
      }
      if !pairs.isEmpty { rules.append(.init(id: "\(id)-rows-agree", kind: .agreeing(pairs))) }
    }
    return rules
  }

  // MARK: Values that pass

  private mutating func passingValue(
    of definition: ImportedDefinition, output index: Int
  ) -> ForeignValue? {
    let output = definition.outputs[index]
    let isOnly = definition.outputs.count == 1
    for (position, wanted) in passing.enumerated() {
      let names = [output.label, output.term] + (isOnly ? [definition.name] : [])
      guard wanted.output.map({ names.contains($0) }) ?? isOnly, let type = types[output.term],
        let value = Self.value(wanted.value, of: type),
        wanted.output != nil || gives(value, definition, index)
      else { continue }
      used.insert(position)
      return value
    }
    return nil
  }

  /// Whether some row is written to give a value.
  private func gives(_ value: ForeignValue, _ definition: ImportedDefinition, _ index: Int) -> Bool
  {
    guard case .table(let table) = definition.content else { return true }
    let given = table.rows.map { $0.outputs[index]?.literal }
    return given.contains(value) || definition.outputs[index].defaultValue?.literal == value
  }

  private static func value(_ text: String, of type: ForeignType) -> ForeignValue? {
    switch type {
    case .text: .text(text)
    case .number: ExactNumber.value(of: text).map { .number($0) }
    case .bool: ["true": true, "false": false][text].map { .bool($0) }
    default: nil
    }
  }

  /// What is said of values that were to pass and that no output has.
  func unused(of definitions: [ImportedDefinition], in source: Source) -> [Diagnostic] {
    passing.enumerated().filter { !used.contains($0.offset) }.map { _, wanted in
      let labels = definitions.flatMap { $0.outputs.map(\.label) }
      let what = wanted.output.map { "'\($0)' does not give '\(wanted.value)'" }
      return Diagnostic(
        code: .unknownValue, what ?? "nothing gives '\(wanted.value)'", at: nil,
        help: Suggestion.helpOrList(
          for: wanted.output ?? wanted.value, among: labels, listing: "the file gives"))
    }
  }
}

/// Ids for decisions and rules, no two the same.
private struct RuleNames {
  private var taken: Set<String> = []

  mutating func name(for words: String) -> String {
    let base = TermNames.hyphenated(words)
    var name = base
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(base)-\(number)"
      number += 1
    }
    return name
  }
}
