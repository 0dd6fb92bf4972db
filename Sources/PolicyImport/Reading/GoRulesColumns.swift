import Diagnostics
import PolicyEngine

/// The columns of a table of GoRules, and its rows read by them.
struct GoRulesColumns {
  struct Column {
    let id: String
    let name: String
    /// The expression that a column of inputs asks about, or the path that an output is given to; may be empty.
    let field: String
    let fieldText: MappedText?
    let range: SourceRange
  }

  let inputs: [Column]
  let outputs: [Column]

  init(_ content: JSONNode) {
    func columns(_ key: String) -> [Column] {
      (content[key]?.elements ?? []).map { node in
        Column(
          id: node["id"]?.text?.string ?? "", name: node["name"]?.text?.string ?? "",
          field: node["field"]?.text?.string.trimmingBlanks ?? "", fieldText: node["field"]?.text,
          range: node["field"]?.range ?? node.range)
      }
    }
    inputs = columns("inputs")
    outputs = columns("outputs")
  }

  /// A row; its cells go by the ids of the columns.
  func row(_ node: JSONNode, number: Int) throws(ImportProblem) -> ImportedRow {
    guard case .object(let members) = node.content else {
      throw ImportProblem("row \(number) is not an object", at: node.range)
    }
    let known = Set((inputs + outputs).map(\.id))
    for member in members where !known.contains(member.key) && !member.key.hasPrefix("_") {
      throw ImportProblem(
        "row \(number) has a cell for '\(member.key)', which is not a column",
        at: member.value.range)
    }
    var tests: [ForeignExpression] = []
    for column in inputs {
      guard let text = try cell(node, column) else { continue }
      if let test = try test(text, of: column) { tests.append(test) }
    }
    var results: [ForeignExpression?] = []
    for column in outputs {
      let text = try cell(node, column)
      let isEmpty = text?.string.trimmingBlanks.isEmpty ?? true
      guard let text, !isEmpty else {
        results.append(nil)
        continue
      }
      results.append(try ExpressionParser.expression(text, dialect: .goRules))
    }
    return ImportedRow(
      number: number, note: node["_description"]?.text?.string.singleLine ?? "", range: node.range,
      tests: tests, outputs: results)
  }

  private func cell(_ row: JSONNode, _ column: Column) throws(ImportProblem) -> MappedText? {
    guard let node = row[column.id] else { return nil }
    guard let text = node.text else {
      throw ImportProblem("a cell is a text with an expression", at: node.range)
    }
    return text
  }

  /// What a cell asks; without a field, the cell itself is the condition.
  private func test(
    _ text: MappedText, of column: Column
  ) throws(ImportProblem) -> ForeignExpression? {
    guard let field = column.fieldText, !column.field.isEmpty else {
      return text.string.trimmingBlanks.isEmpty
        ? nil : try ExpressionParser.expression(text, dialect: .goRules)
    }
    let subject = try ExpressionParser.expression(field, dialect: .goRules)
    return try ExpressionParser.test(text, of: subject, dialect: .goRules)
  }
}

/// The nodes of a decision of GoRules, in an order in which each comes after those that lead to it.
struct GoRulesGraph {
  private(set) var ordered: [(id: String, node: JSONNode)] = []
  /// A node that leads to itself.
  private(set) var circle: JSONNode?
  private var sources: [String: [String]] = [:]

  init(nodes: [JSONNode], edges: [JSONNode]) {
    for edge in edges {
      guard let source = edge["sourceId"]?.text?.string, let target = edge["targetId"]?.text?.string
      else { continue }
      sources[target, default: []].append(source)
    }
    let all = nodes.enumerated().map { index, node in
      (id: node["id"]?.text?.string ?? "node \(index)", node: node)
    }
    let byID = Dictionary(all) { first, _ in first }
    var states: [String: Bool] = [:]
    func visit(_ id: String) {
      guard let node = byID[id] else { return }
      if let isDone = states[id] {
        if !isDone { circle = node }
        return
      }
      states[id] = false
      for source in sources[id] ?? [] { visit(source) }
      states[id] = true
      ordered.append((id, node))
    }
    for (id, _) in all { visit(id) }
  }

  /// The nodes that lead to one.
  func predecessors(of id: String) -> [String] { sources[id] ?? [] }
}
