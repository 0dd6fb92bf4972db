import Diagnostics
import PolicyEngine

/// Reads a decision of GoRules: a graph whose nodes are tables and expressions (JDM, as zen-engine 2 reads it).
///
/// What a node can name is what its predecessors give. Switches, functions in other languages, custom nodes, nested
/// decisions and loops are reported, and so is what comes after them.
struct GoRulesReader {
  /// What can be named behind a node.
  private struct Reach {
    var values: [[String]: String] = [:]
    var knowsFacts = false
    /// The node before which can't be imported, so that nothing is known here; nil for none.
    var lost: String?
  }

  private var model = ImportedModel(title: "Decision")
  private var diagnostics: [Diagnostic] = []
  private var names = TermNames()

  /// What a file says; nil where nothing of it can be said.
  static func read(_ root: JSONNode, into diagnostics: inout [Diagnostic]) -> ImportedModel? {
    var reader = GoRulesReader()
    reader.read(root)
    diagnostics += reader.diagnostics
    return reader.model.definitions.isEmpty ? nil : reader.model
  }

  private mutating func report(_ problem: ImportProblem) { diagnostics.append(problem.diagnostic) }

  private mutating func read(_ root: JSONNode) {
    let nodes = root["nodes"]?.elements ?? []
    let graph = GoRulesGraph(nodes: nodes, edges: root["edges"]?.elements ?? [])
    if let circle = graph.circle {
      report(ImportProblem("the nodes lead in a circle", code: .circular, at: circle.range))
      return
    }
    if let name = root["name"]?.text?.string, !name.isEmpty { model.title = name }
    var reached: [String: Reach] = [:]
    for (id, node) in graph.ordered {
      let before = merged(graph.predecessors(of: id).compactMap { reached[$0] }, at: node)
      reached[id] = read(node, before)
    }
    if model.definitions.isEmpty, diagnostics.isEmpty {
      report(ImportProblem("the file has neither a table nor an expression", at: root.range))
    }
  }

  /// What several nodes give together.
  private mutating func merged(_ parts: [Reach], at node: JSONNode) -> Reach {
    var whole = Reach()
    for part in parts {
      whole.lost = whole.lost ?? part.lost
      whole.knowsFacts = whole.knowsFacts || part.knowsFacts
      for (path, term) in part.values {
        if let other = whole.values[path], other != term {
          report(
            ImportProblem(
              "two nodes give '\(path.joined(separator: "."))', and which of them counts is not clear",
              at: node["name"]?.range ?? node.range))
          whole.lost = node["name"]?.text?.string ?? "a node"
        }
        whole.values[path] = term
      }
    }
    return whole
  }

  private mutating func read(_ node: JSONNode, _ before: Reach) -> Reach {
    let type = node["type"]?.text?.string ?? ""
    let name = node["name"]?.text?.string ?? type
    if let lost = before.lost {
      if type != "outputNode" {
        report(
          ImportProblem(
            "'\(name)' comes after '\(lost)', which can't be imported",
            at: node["name"]?.range ?? node.range))
      }
      return before
    }
    switch type {
    case "inputNode": return Reach(knowsFacts: true)
    case "outputNode": return before
    case "decisionTableNode", "expressionNode": break
    default:
      report(
        ImportProblem(
          "'\(name)' can't be imported: a \(type.isEmpty ? "node without a type" : type) has no counterpart in policies",
          at: node["type"]?.range ?? node.range))
      return Reach(lost: name)
    }
    do throws(ImportProblem) {
      let content = try content(of: node)
      var after = content["passThrough"].map(Self.isTrue) ?? false ? before : Reach()
      let prefix = Self.path(content["outputPath"]?.text?.string ?? "")
      let given =
        type == "expressionNode"
        ? try expressions(content, of: node, before)
        : try table(content, of: node, before)
      for (path, term) in given { after.values[prefix + path] = term }
      return after
    } catch {
      report(error)
      return Reach(lost: name)
    }
  }

  private static func isTrue(_ node: JSONNode) -> Bool {
    if case .bool(true) = node.content { true } else { false }
  }

  private static func path(_ text: String) -> [String] {
    text.split(separator: ".").map(String.init)
  }

  private func content(of node: JSONNode) throws(ImportProblem) -> JSONNode {
    guard let content = node["content"] else {
      throw ImportProblem("the node has no content", at: node.range)
    }
    if let mode = content["executionMode"], mode.text?.string != "single" {
      throw ImportProblem(
        "a node that is run for each element of a list can't be said in a policy", at: mode.range)
    }
    if let field = content["inputField"], field.text?.string.isEmpty == false {
      throw ImportProblem(
        "a node that looks at a part of its input can't be said in a policy", at: field.range)
    }
    return content
  }

  private func scope(_ before: Reach) -> ImportedScope {
    ImportedScope(values: before.values, knowsFacts: before.knowsFacts)
  }

  // MARK: Expressions

  private mutating func expressions(
    _ content: JSONNode, of node: JSONNode, _ before: Reach
  ) throws(ImportProblem) -> [([String], String)] {
    var scope = scope(before)
    var given: [([String], String)] = []
    for entry in content["expressions"]?.elements ?? [] {
      guard let key = entry["key"]?.text?.string, let text = entry["value"]?.text else {
        throw ImportProblem("an expression has no key or no value", at: entry.range)
      }
      var parser = try ExpressionParser(text, dialect: .goRules)
      // What the expressions before have given goes by `$`.
      parser.subject = ForeignExpression(.path(["$"]), at: text.range(of: 0..<text.bytes.count))
      let expression = try parser.expression()
      try parser.finish()
      let output = ImportedOutput(
        term: names.name(for: key), label: key, range: entry["key"]?.range ?? entry.range)
      model.definitions.append(
        ImportedDefinition(
          name: key, range: output.range, content: .expression(expression),
          outputs: [output], scope: scope))
      given.append((Self.path(key), output.term))
      scope.values[["$"] + Self.path(key)] = output.term
    }
    return given
  }

  // MARK: Tables

  private mutating func table(
    _ content: JSONNode, of node: JSONNode, _ before: Reach
  ) throws(ImportProblem) -> [([String], String)] {
    let written = content["hitPolicy"]?.text?.string ?? "first"
    guard let policy = ["first": HitPolicy.first, "collect": .collect][written] else {
      throw ImportProblem(
        "the hit policy '\(written)' is not known", at: content["hitPolicy"]?.range)
    }
    let columns = GoRulesColumns(content)
    let name = node["name"]?.text?.string ?? "table"
    let range = node["name"]?.range ?? node.range
    let outputs = columns.outputs.map { column in
      ImportedOutput(
        term: names.name(for: column.field.isEmpty ? column.name : column.field),
        label: column.field.isEmpty ? column.name : column.field, range: column.range)
    }
    guard !outputs.isEmpty else { throw ImportProblem("'\(name)' has no output", at: range) }
    var rows: [ImportedRow] = []
    var problems: [ImportProblem] = []
    for (index, row) in (content["rules"]?.elements ?? []).enumerated() {
      do throws(ImportProblem) {
        rows.append(try columns.row(row, number: index + 1))
      } catch {
        problems.append(error)
      }
    }
    if let last = problems.popLast() {
      for problem in problems { report(problem) }
      throw last
    }
    guard !rows.isEmpty else { throw ImportProblem("'\(name)' has no rows", at: range) }
    if policy == .collect { try DMNTable.check(policy, outputs: outputs, rows: rows, at: range) }
    model.definitions.append(
      ImportedDefinition(
        name: name, range: range, content: .table(ImportedTable(policy: policy, rows: rows)),
        outputs: outputs, scope: scope(before)))
    // What is collected is a list of objects, which have no names that could be read.
    guard policy == .first else { return [] }
    return outputs.map { (Self.path($0.label), $0.term) }
  }
}
