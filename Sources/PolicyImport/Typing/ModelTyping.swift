import Diagnostics

/// Finds the types of facts and values, and what of a model can be said.
struct ModelTyping {
  /// How many rows a table may have: each pair of them is compared, and each is a term to read.
  static let maximumRows = 1_000

  private let model: ImportedModel
  private(set) var writer: ExpressionWriter
  /// What can't be said, and what depends on that.
  private(set) var diagnostics: [Diagnostic] = []

  init(model: ImportedModel) {
    self.model = model
    writer = ExpressionWriter(facts: FactTable(declarations: model.declarations))
  }

  /// The definitions that can be said, after which `writer` knows all types.
  mutating func sayable() -> [ImportedDefinition] {
    var definitions = model.definitions
    while true {
      writer = ExpressionWriter(facts: FactTable(declarations: model.declarations))
      // What one expression tells of a fact, another may need that stands before it.
      for _ in 0..<4 { for definition in definitions { _ = pass(over: definition) } }
      var problems: [(Int, [Diagnostic])] = []
      for (index, definition) in definitions.enumerated() {
        let found = pass(over: definition)
        if !found.isEmpty { problems.append((index, found)) }
      }
      if problems.isEmpty { problems = untyped(definitions) }
      guard !problems.isEmpty else { return definitions }
      diagnostics += problems.flatMap(\.1)
      var lost = Set(problems.flatMap { definitions[$0.0].outputs.map(\.term) })
      let broken = Set(problems.map(\.0))
      var kept: [ImportedDefinition] = []
      for (index, definition) in definitions.enumerated() where !broken.contains(index) {
        let needed = definition.termsRead.filter { lost.contains($0.term) }
        guard let first = needed.first else {
          kept.append(definition)
          continue
        }
        lost.formUnion(definition.outputs.map(\.term))
        diagnostics.append(
          Diagnostic(
            code: .cannotBeImported,
            "'\(definition.name)' needs '\(first.words)', which can't be imported",
            at: first.range))
      }
      definitions = kept
    }
  }

  /// Goes over a definition; gives what can't be said.
  private mutating func pass(over definition: ImportedDefinition) -> [Diagnostic] {
    writer.scope = definition.scope
    var problems: [Diagnostic] = []
    func attempt(_ body: () throws(ImportProblem) -> Void) {
      do throws(ImportProblem) { try body() } catch { problems.append(error.diagnostic) }
    }
    switch definition.content {
    case .expression(let expression):
      attempt { () throws(ImportProblem) in
        let output = definition.outputs[0]
        let type = try writer.write(expression, as: output.type).type
        learn(type, for: output)
      }
    case .table(let table):
      guard table.rows.count <= Self.maximumRows else {
        let words =
          "'\(definition.name)' has \(table.rows.count) rows, more than \(Self.maximumRows)"
        return [ImportProblem(words, at: definition.range).diagnostic]
      }
      for row in table.rows {
        for test in row.tests {
          attempt { () throws(ImportProblem) in _ = try writer.write(test, as: .bool) }
        }
      }
      for index in definition.outputs.indices {
        problems += pass(overOutput: index, of: definition, table)
      }
    }
    return problems
  }

  private mutating func pass(
    overOutput index: Int, of definition: ImportedDefinition, _ table: ImportedTable
  ) -> [Diagnostic] {
    let output = definition.outputs[index]
    var problems: [Diagnostic] = []
    var type = output.type ?? .unknown
    if case .list(let element) = writer.termTypes[output.term] ?? .unknown, type == .unknown {
      type = element
    }
    let cells = table.rows.map { $0.outputs[index] } + [output.defaultValue]
    for case let cell? in cells {
      do throws(ImportProblem) {
        let written = try writer.write(cell, as: type == .unknown ? nil : type)
        if type == .unknown { type = written.type }
      } catch {
        problems.append(error.diagnostic)
      }
    }
    switch table.policy {
    case .unique, .any, .first, .priority: learn(type, for: output)
    case .collect, .ruleOrder, .outputOrder: learn(.list(type), for: output)
    case .sum, .least, .greatest, .count:
      if table.policy != .count, type != .number, type != .unknown {
        problems.append(
          ImportProblem("only numbers are added up or compared here", at: output.range).diagnostic)
      }
      learn(.number, for: output)
    }
    return problems
  }

  private mutating func learn(_ type: ForeignType, for output: ImportedOutput) {
    if type != .unknown, type != .list(.unknown) { writer.termTypes[output.term] = type }
  }

  /// The definitions that read facts, or give values, of which nothing tells the type.
  private func untyped(_ definitions: [ImportedDefinition]) -> [(Int, [Diagnostic])] {
    var found: [(Int, [Diagnostic])] = []
    for (index, definition) in definitions.enumerated() {
      var problems: [Diagnostic] = []
      for output in definition.outputs where writer.termTypes[output.term] == nil {
        problems.append(
          Diagnostic(
            code: .cannotBeImported,
            "nothing tells whether '\(output.label)' is a number, a text or something else",
            at: output.range))
      }
      var seen: Set<[String]> = []
      for expression in definition.expressions {
        expression.visit { part in
          guard case .path(let parts) = part.kind, case .fact = definition.scope.meaning(of: parts),
            seen.insert(parts).inserted, isUntyped(parts)
          else { return }
          problems.append(
            Diagnostic(
              code: .cannotBeImported,
              "nothing tells whether '\(parts.joined(separator: "."))' is a number, a text or something else",
              at: part.range))
        }
      }
      if !problems.isEmpty { found.append((index, problems)) }
    }
    return found
  }

  private func isUntyped(_ path: [String]) -> Bool {
    guard let fact = writer.facts.facts[path], writer.facts.order.contains(path) else {
      return false
    }
    let hasElements = writer.facts.order.contains {
      $0.count > path.count && $0.starts(with: path) && $0[path.count] == "[]"
    }
    switch fact.type {
    case .unknown: return !hasElements
    case .list(.unknown): return !hasElements
    default: return false
    }
  }
}

extension ImportedDefinition {
  /// The values made of facts that it reads, with the words and the place where it does.
  var termsRead: [(term: String, words: String, range: SourceRange)] {
    var found: [(term: String, words: String, range: SourceRange)] = []
    for expression in expressions {
      expression.visit { part in
        if case .path(let parts) = part.kind, case .value(let term) = scope.meaning(of: parts) {
          found.append((term, parts.joined(separator: "."), part.range))
        }
      }
    }
    return found
  }
}
