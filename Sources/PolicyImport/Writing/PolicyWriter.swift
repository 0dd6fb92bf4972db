import Diagnostics

/// Writes the files of a policy set: the vocabulary, the decisions and the rules.
struct PolicyWriter {
  let title: String
  let sourceName: String
  let plans: [DefinitionPlan]
  var writer: ExpressionWriter
  let names: FactNames
  /// The values that nothing in the file reads: those that it is there for.
  let results: Set<String>
  /// The values that rules ask for.
  let decided: Set<String>

  // MARK: The vocabulary

  /// The text of `vocabulary.yaml`.
  mutating func vocabulary() throws(ImportProblem) -> String {
    let fileName = sourceName.split(separator: "/").last.map { String($0).singleLine } ?? "a file"
    var text = """
      # Imported from \(fileName). What is in this file may be edited; importing anew writes it anew.
      document: {input: Input}
      governedBy: today
      sourceTitle: \(YAMLText.scalar(title))

      types:
        Input:
          label: \(YAMLText.scalar(title))

      """
    let tree = FactTree(facts: writer.facts, names: names)
    text += tree.facts(of: [])
    let terms = try terms()
    if !terms.isEmpty { text += "    terms:\n" + terms }
    return text + tree.types()
  }

  private mutating func terms() throws(ImportProblem) -> String {
    var text = ""
    for plan in plans {
      writer.scope = plan.definition.scope
      switch plan.definition.content {
      case .expression(let expression):
        let output = plan.definition.outputs[0]
        let written = try writer.write(expression, as: writer.termTypes[output.term])
        text += term(names.terms[output.term] ?? "", output.label, [written.text], output: output)
      case .table(let table):
        for (row, name) in zip(table.rows, plan.rowTerms) {
          let lines = try condition(of: row)
          text += term(name, label(of: row, in: plan.definition), lines)
        }
        for index in plan.definition.outputs.indices {
          text += try terms(ofOutput: index, of: plan, table)
        }
      }
    }
    return text
  }

  private func term(
    _ name: String, _ label: String, _ lines: [String], output: ImportedOutput? = nil
  ) -> String {
    var text = "      \(name):\n        label: \(YAMLText.scalar(label))\n"
    text += "        is: " + YAMLText.block(lines, indent: 10)
    if let output, results.contains(output.term), !decided.contains(output.term) {
      text += "        lint: {unused-term: \"What the file gives; nothing in it reads that.\"}\n"
    }
    return text
  }

  private func label(of row: ImportedRow, in definition: ImportedDefinition) -> String {
    "\(definition.name), row \(row.number)" + (row.note.isEmpty ? "" : ": \(row.note)")
  }

  private mutating func condition(of row: ImportedRow) throws(ImportProblem) -> [String] {
    guard !row.tests.isEmpty else { return ["true"] }
    var lines: [String] = []
    for (index, test) in row.tests.enumerated() {
      let level = row.tests.count > 1 ? 3 : 0
      lines.append(
        (index > 0 ? "&& " : "") + (try writer.write(test, as: .bool).text(within: level)))
    }
    return lines
  }

  private mutating func terms(
    ofOutput index: Int, of plan: DefinitionPlan, _ table: ImportedTable
  ) throws(ImportProblem) -> String {
    let output = plan.definition.outputs[index]
    let type = writer.termTypes[output.term] ?? .unknown
    let name = names.terms[output.term] ?? ""
    var values: [OutputText.Row] = []
    for row in plan.definition.rowOrder {
      let element: ForeignType
      if case .list(let inner) = type { element = inner } else { element = type }
      let value = try table.rows[row].outputs[index].map { expression throws(ImportProblem) in
        try writer.write(expression, as: table.policy == .count ? nil : element).text(within: 1)
      }
      values.append(
        .init(
          term: "input.\(plan.rowTerms[row])", value: value,
          isAlways: table.rows[row].tests.isEmpty))
    }
    let fallback = try output.defaultValue.map { expression throws(ImportProblem) in
      try writer.write(expression, as: type).text(within: 1)
    }
    let text = OutputText(
      rows: values, fallback: fallback, policy: table.policy, type: type, name: name)
    return text.terms.map { part in
      term(
        part.name, part.name == name ? output.label : "\(output.label), \(part.words)", part.lines,
        output: part.name == name ? output : nil)
    }.joined()
  }

  // MARK: Decisions and rules

  /// The text of `decisions.yaml`.
  func decisions() -> String {
    var text = "decisions:\n"
    for plan in plans {
      guard let id = plan.decision else { continue }
      let isPart = plan.definition.outputs.contains { !results.contains($0.term) }
      text += "  \(id):\n    title: \(YAMLText.scalar(plan.definition.name))\n    about: Input\n"
      text += "    verdicts: {pass: \(words(for: plan).pass), fail: \(words(for: plan).fail)}\n"
      if isPart { text += "    onRequest: true\n" }
    }
    return text
  }

  private func words(for plan: DefinitionPlan) -> (pass: String, fail: String) {
    for rule in plan.rules {
      switch rule.kind {
      case .isTrue: return ("holds", "does not hold")
      case .isValue(_, let value):
        let words = CELLiteral.text(of: value) ?? ""
        return (YAMLText.scalar("is \(words)"), YAMLText.scalar("is not \(words)"))
      default: continue
      }
    }
    return ("answered", "without an answer")
  }

  /// The text of `rules.yaml`.
  func rules() -> String {
    "topic: \(YAMLText.scalar(title))\nrules:\n"
      + plans.flatMap { plan in plan.rules.map { rule($0, of: plan) } }.joined()
  }

  private func rule(_ rule: DefinitionPlan.Rule, of plan: DefinitionPlan) -> String {
    let name = plan.definition.name
    let require: String
    let title: String
    let reason: String
    switch rule.kind {
    case .someRow:
      (title, reason) = ("A row of \(name) applies", "No row of \(name) applies.")
      require = "\n      any:\n" + choices(plan.rowTerms.indices.map { [$0] }, of: plan)
    case .oneRow:
      (title, reason) = ("One row of \(name) applies", "Several rows of \(name) apply.")
      let terms = plan.rowTerms.map { "input.\($0)" }.joined(separator: ", ")
      require = " " + JSONValue.string("size([\(terms)].filter(hit, hit)) <= 1").compact + "\n"
    case .agreeing(let pairs):
      (title, reason) = (
        "Rows of \(name) that apply together agree",
        "Rows of \(name) apply together and give different things."
      )
      require = "\n      none:\n" + choices(pairs, of: plan)
    case .isTrue(let output):
      let output = plan.definition.outputs[output]
      (title, reason) = ("\(output.label) is true", "\(output.label) is false.")
      require = " input.\(names.terms[output.term] ?? "")\n"
    case .isValue(let output, let value):
      let output = plan.definition.outputs[output]
      let words = CELLiteral.text(of: value) ?? ""
      (title, reason) = ("\(output.label) is \(words)", "\(output.label) is not \(words).")
      let condition = "input.\(names.terms[output.term] ?? "") == \(words)"
      require = " \(JSONValue.string(condition).compact)\n"
    }
    return """
        - rule: \(rule.id)
          title: \(YAMLText.template(title))
          decides: [\(plan.decision ?? "")]
          require:\(require)\
          because: \(YAMLText.template(reason))
          fix: Correct a fact that was entered wrongly, or the policy.
          source: \(YAMLText.scalar(name))

      """
  }

  private func choices(_ groups: [[Int]], of plan: DefinitionPlan) -> String {
    guard case .table(let table) = plan.definition.content else { return "" }
    return groups.map { group in
      let label = group.map { "row \(table.rows[$0].number)" }.joined(separator: " and ")
      let condition = group.map { "input.\(plan.rowTerms[$0])" }.joined(separator: " && ")
      return "        - \(label): \(condition)\n"
    }.joined()
  }
}
