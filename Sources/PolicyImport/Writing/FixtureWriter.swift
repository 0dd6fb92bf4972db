import Diagnostics

/// Writes the fixtures: for each row of each table a case that it applies to, with what the file says comes of it.
struct FixtureWriter {
  let title: String
  let plans: [DefinitionPlan]
  let facts: FactTable
  let names: FactNames
  let types: [String: ForeignType]

  /// The text of `fixtures/rows.yaml`; nil where no case was found.
  func text(of findings: [CaseSearch.Finding]) -> String? {
    var cases = ""
    for finding in findings { cases += text(of: finding) ?? "" }
    guard !cases.isEmpty else { return nil }
    return """
      topic: \(YAMLText.scalar(title))
      today: 2026-01-05
      cases:

      """ + cases
  }

  private func text(of finding: CaseSearch.Finding) -> String? {
    let plan = plans[finding.definition]
    let result = TableResult(of: plan.definition, for: finding.given)
    var terms: [(String, ForeignValue)] = []
    if case .row(let row) = finding.goal {
      terms.append(("input.\(plan.rowTerms[row])", .bool(true)))
    }
    for output in plan.definition.outputs {
      guard let name = names.terms[output.term], let value = finding.given.values[output.term],
        value != .list([])
      else { continue }
      terms.append(("input.\(name)", value))
    }
    var lines = ""
    if let decision = plan.decision,
      let violated = plan.violated(by: result, values: finding.given.values)
    {
      lines += "      decisions: {\(decision): \(violated.isEmpty ? "pass" : "fail")}\n"
      if !violated.isEmpty { lines += "      violated: [\(violated.joined(separator: ", "))]\n" }
    }
    if !terms.isEmpty {
      lines += "      terms:\n"
      lines += terms.map { "        \($0): \(YAMLText.json($1).compact)\n" }.joined()
    }
    guard !lines.isEmpty else { return nil }
    return "  - case: \(YAMLText.scalar(name(of: finding, plan)))\n"
      + "    base: \(document(finding.given).compact)\n    expect:\n" + lines
  }

  private func name(of finding: CaseSearch.Finding, _ plan: DefinitionPlan) -> String {
    switch finding.goal {
    case .row(let row):
      guard case .table(let table) = plan.definition.content else { return "" }
      return "\(plan.definition.name), row \(table.rows[row].number)"
    case .together(let row, let other):
      guard case .table(let table) = plan.definition.content else { return "" }
      return
        "\(plan.definition.name), rows \(table.rows[row].number) and \(table.rows[other].number)"
    case .noRow: return "\(plan.definition.name), no row"
    case .value(let flag): return "\(plan.definition.name) is \(flag)"
    }
  }

  /// The document of a case.
  func document(_ given: ForeignCase) -> JSONValue {
    var root = Node()
    for (path, value) in given.facts { root.set(value, at: path[...]) }
    return json(root, at: [])
  }

  private func json(_ node: Node, at path: [String]) -> JSONValue {
    if let value = node.value { return json(value, at: path) }
    return .object(
      node.parts.sorted { $0.key < $1.key }.map { part, inner in
        (key: names.name(of: path + [part]), value: json(inner, at: path + [part]))
      })
  }

  private func json(_ value: ForeignValue, at path: [String]) -> JSONValue {
    guard case .list(let elements) = value else { return YAMLText.json(value) }
    return .array(
      elements.map { element in
        guard case .object(let members) = element else { return YAMLText.json(element) }
        return .object(
          members.sorted { $0.key < $1.key }.map { member in
            (
              key: names.name(of: path + ["[]", member.key]),
              value: json(member.value, at: path + ["[]", member.key])
            )
          })
      })
  }

  /// A part of a document that is being put together.
  private struct Node {
    var value: ForeignValue?
    var parts: [String: Node] = [:]

    mutating func set(_ value: ForeignValue, at path: ArraySlice<String>) {
      guard let first = path.first else {
        self.value = value
        return
      }
      parts[first, default: Node()].set(value, at: path.dropFirst())
    }
  }
}
