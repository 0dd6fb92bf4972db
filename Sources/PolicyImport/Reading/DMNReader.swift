import Diagnostics

/// Reads the decisions of a DMN file (OMG, Decision Model and Notation 1.1 to 1.5, of which only name spaces differ).
///
/// Decision tables and literal expressions in FEEL are read. Contexts, invocations, relations, functions and business
/// knowledge models are reported, and what needs them with them.
struct DMNReader {
  private let types: DMNTypes
  private var model: ImportedModel
  private var diagnostics: [Diagnostic] = []
  private var names = TermNames()
  private var scope = ImportedScope()
  private var dialect: ExpressionDialect

  /// What a file says; nil where it is no DMN or nothing of it can be said.
  static func read(_ root: XMLElement, into diagnostics: inout [Diagnostic]) -> ImportedModel? {
    guard root.name == "definitions" else {
      diagnostics.append(
        Diagnostic(
          code: .notADecision,
          "this is XML, and no DMN: its element is '\(root.name)', not 'definitions'",
          at: root.range))
      return nil
    }
    var reader = DMNReader(root)
    let model = reader.read(root)
    diagnostics += reader.diagnostics
    return model
  }

  private init(_ root: XMLElement) {
    types = DMNTypes(root)
    model = ImportedModel(title: root.attribute("name") ?? "Decision")
    var known: Set<String> = types.componentNames
    for element in root.children where element.name == "inputData" || element.name == "decision" {
      if let name = element.attribute("name") { known.insert(name) }
      if let name = element.first("variable")?.attribute("name") { known.insert(name) }
    }
    for output in root.all("decision").flatMap({ $0.first("decisionTable")?.all("output") ?? [] }) {
      if let name = output.attribute("name") { known.insert(name) }
    }
    dialect = .feel(declaring: known)
  }

  private mutating func read(_ root: XMLElement) -> ImportedModel? {
    for input in root.all("inputData") { declare(input) }
    let decisions = root.all("decision")
    guard !decisions.isEmpty else {
      report(ImportProblem("the file has no decision", at: root.range))
      return nil
    }
    for element in root.children
    where ["businessKnowledgeModel", "decisionService", "import"].contains(element.name) {
      diagnostics.append(
        Diagnostic(
          .warning, code: .leftOut,
          "'\(element.attribute("name") ?? element.name)' is left out: a \(element.name) has no counterpart in policies",
          at: element.range))
    }
    for decision in DMNOrder.ordered(decisions, into: &diagnostics) { read(decision: decision) }
    return model.definitions.isEmpty ? nil : model
  }

  private mutating func report(_ problem: ImportProblem) { diagnostics.append(problem.diagnostic) }

  private mutating func declare(_ input: XMLElement) {
    guard let name = input.attribute("name") ?? input.first("variable")?.attribute("name") else {
      return
    }
    for (path, declaration) in types.facts(named: name, input.first("variable")) {
      model.declarations[path] = declaration
    }
  }

  private mutating func read(decision: XMLElement) {
    let name = decision.attribute("name") ?? "Decision"
    do throws(ImportProblem) {
      if let table = decision.first("decisionTable") {
        try read(table: table, of: decision, name: name)
      } else if let literal = decision.first("literalExpression") {
        try read(literal: literal, of: decision, name: name)
      } else {
        let content = decision.children.first { DMNTypes.expressions.contains($0.name) }
        throw ImportProblem(
          content.map { "'\(name)' can't be imported: a \($0.name) has no counterpart in policies" }
            ?? "'\(name)' has no expression", at: (content ?? decision).range)
      }
    } catch {
      report(error)
      hide(name)
    }
  }

  /// Makes what needs a decision that can't be read a problem too.
  private mutating func hide(_ name: String) {
    scope.lost.insert([name])
  }

  // MARK: Literal expressions

  private mutating func read(
    literal: XMLElement, of decision: XMLElement, name: String
  ) throws(ImportProblem) {
    try checkLanguage(literal)
    guard let text = literal.expressionText else {
      throw ImportProblem("'\(name)' has no expression", at: literal.range)
    }
    let expression = try ExpressionParser.expression(text, dialect: dialect)
    let declared = decision.first("variable")?.attribute("typeRef") ?? literal.attribute("typeRef")
    let output = ImportedOutput(
      term: names.name(for: name), label: name, range: decision.range,
      type: types.type(declared))
    add(name, decision, .expression(expression), [output])
  }

  private mutating func add(
    _ name: String, _ decision: XMLElement, _ content: ImportedDefinition.Content,
    _ outputs: [ImportedOutput]
  ) {
    model.definitions.append(
      ImportedDefinition(
        name: name, range: decision.range, content: content, outputs: outputs, scope: scope))
    guard outputs.count > 1 else {
      scope.values[[name]] = outputs.first?.term
      return
    }
    for output in outputs { scope.values[[name, output.label]] = output.term }
  }

  private func checkLanguage(_ element: XMLElement) throws(ImportProblem) {
    guard let language = element.attribute("expressionLanguage") else { return }
    let isFEEL = language.lowercased().contains("feel")
    guard isFEEL else {
      throw ImportProblem(
        "expressions in '\(language)' are not read, only those in FEEL", at: element.range)
    }
  }

  // MARK: Tables

  private mutating func read(
    table: XMLElement, of decision: XMLElement, name: String
  ) throws(ImportProblem) {
    let policy = try DMNTable.policy(of: table)
    var subjects: [ForeignExpression] = []
    for input in table.all("input") { subjects.append(try subject(of: input)) }
    let outputs = try self.outputs(of: table, decision: decision, name: name)
    var rows: [ImportedRow] = []
    var problems: [ImportProblem] = []
    for (index, rule) in table.all("rule").enumerated() {
      do {
        rows.append(
          try row(rule, number: index + 1, subjects: subjects, outputCount: outputs.count))
      } catch {
        problems.append(error)
      }
    }
    if let last = problems.popLast() {
      for problem in problems { report(problem) }
      throw last
    }
    guard !rows.isEmpty else { throw ImportProblem("'\(name)' has no rows", at: table.range) }
    try DMNTable.check(policy, outputs: outputs, rows: rows, at: table.range)
    add(name, decision, .table(ImportedTable(policy: policy, rows: rows)), outputs)
  }

  /// What a column asks about, with the type that it says that has.
  private mutating func subject(of input: XMLElement) throws(ImportProblem) -> ForeignExpression {
    guard let element = input.first("inputExpression"), let text = element.expressionText,
      !text.string.trimmingBlanks.isEmpty
    else { throw ImportProblem("a column has no expression", at: input.range) }
    try checkLanguage(element)
    let subject = try ExpressionParser.expression(text, dialect: dialect)
    let allowed = try values(of: input.first("inputValues"))
    if case .path(let path) = subject.kind, case .fact = scope.meaning(of: path) {
      let type = try types.known(element.attribute("typeRef"), at: element.range)
      var declaration = model.declarations[path] ?? FactDeclaration(type: type)
      if declaration.type == .unknown { declaration.type = type }
      if let allowed, declaration.allowed == nil { declaration.allowed = allowed }
      model.declarations[path] = declaration
    }
    return subject
  }

  private mutating func outputs(
    of table: XMLElement, decision: XMLElement, name: String
  ) throws(ImportProblem) -> [ImportedOutput] {
    let elements = table.all("output")
    guard !elements.isEmpty else { throw ImportProblem("'\(name)' has no output", at: table.range) }
    var outputs: [ImportedOutput] = []
    for (index, element) in elements.enumerated() {
      let isOnly = elements.count == 1
      let label = isOnly ? name : element.attribute("name") ?? "output \(index + 1)"
      let declared =
        element.attribute("typeRef")
        ?? (isOnly ? decision.first("variable")?.attribute("typeRef") : nil)
      var output = ImportedOutput(
        term: names.name(for: isOnly ? name : "\(name) \(label)"), label: label,
        range: element.range, type: types.type(declared))
      output.priorities = try values(of: element.first("outputValues")) ?? types.allowed(declared)
      if let text = element.first("defaultOutputEntry")?.expressionText,
        !text.string.trimmingBlanks.isEmpty
      {
        output.defaultValue = try ExpressionParser.expression(text, dialect: dialect)
      }
      outputs.append(output)
    }
    return outputs
  }

  /// The constants that an element lists; nil where there are none.
  private func values(of element: XMLElement?) throws(ImportProblem) -> [ForeignValue]? {
    guard let text = element?.expressionText, !text.string.trimmingBlanks.isEmpty else {
      return nil
    }
    return DMNTypes.constants(in: text)
  }

  private func row(
    _ rule: XMLElement, number: Int, subjects: [ForeignExpression], outputCount: Int
  ) throws(ImportProblem) -> ImportedRow {
    let cells = rule.all("inputEntry")
    let results = rule.all("outputEntry")
    guard cells.count == subjects.count, results.count == outputCount else {
      throw ImportProblem(
        "row \(number) has \(cells.count) and \(results.count) cells for \(subjects.count) inputs and \(outputCount) outputs",
        at: rule.range)
    }
    var tests: [ForeignExpression] = []
    for (cell, subject) in zip(cells, subjects) {
      try checkLanguage(cell)
      guard let text = cell.expressionText else { continue }
      if let test = try ExpressionParser.test(text, of: subject, dialect: dialect) {
        tests.append(test)
      }
    }
    var outputs: [ForeignExpression?] = []
    for result in results {
      try checkLanguage(result)
      let text = result.expressionText
      let isEmpty = text?.string.trimmingBlanks.isEmpty ?? true
      guard let text, !isEmpty, text.string.trimmingBlanks != "-" else {
        outputs.append(nil)
        continue
      }
      outputs.append(try ExpressionParser.expression(text, dialect: dialect))
    }
    let note =
      rule.first("description")?.text.string
      ?? rule.all("annotationEntry").compactMap { $0.expressionText?.string }.joined(
        separator: "; ")
    return ImportedRow(
      number: number, note: note.trimmingBlanks.singleLine, range: rule.range, tests: tests,
      outputs: outputs)
  }
}
