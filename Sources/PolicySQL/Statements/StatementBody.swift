import CEL
import Diagnostics
import PolicyEngine

/// The tables of a statement, added one after the other.
struct StatementBody {
  private let writer: StatementWriter
  private var compiler: ConditionCompiler
  private(set) var tables: [CommonTable] = []
  private(set) var result = ""
  /// The columns of the rules that could be written, with their views.
  private var rules: [(view: StatementWriter.View, sql: String)] = []
  /// The rules that could not.
  private var left: Set<Int> = []

  init(_ writer: StatementWriter) {
    self.writer = writer
    compiler = ConditionCompiler(writer.policies, writer.dialect)
  }

  private var policies: PolicySet { writer.policies }
  private var dialect: any StatementDialect { writer.dialect }
  private var document: String { compiler.document }

  private mutating func add(_ name: String, _ comment: String?, _ columns: [String]) {
    guard !columns.isEmpty, let last = tables.last else { return }
    tables.append(
      CommonTable(
        name: name, comment: comment,
        query: "SELECT *,\n  \(columns.joined(separator: ",\n  "))\nFROM \(dialect.name(last.name))"
      ))
  }

  // MARK: - What rules read

  /// Adds what is read, the governing date, the parameters and the terms.
  mutating func begin() throws {
    let expressions = writer.views.flatMap { policies.rules[$0.rule].outcomeExpressions }
    let work = WorkBound(expressions, policies)
    tables += try writer.source.tables(
      DocumentShape(schema: policies.vocabulary.schema, work: work))
    compiler.hasParameters = false
    let date = try compiler.value(
      policies.vocabulary.governingDate, ConditionCompiler.Scope(locals: [document]))
    compiler.hasParameters = true
    let (today, governing) = (SQLColumn.today, SQLColumn.governingDate)
    add(
      "dated", "the date decided for, and the one that picks values and rules in force",
      [
        "CAST(\(dialect.todayParameter) AS \(dialect.dateType)) AS \(dialect.name(today))",
        "\(date) AS \(dialect.name(governing))",
      ])
    let reads = SQLReads(expressions, policies)
    var columns: [String] = []
    for index in reads.parameters {
      guard let column = column(of: policies.vocabulary.parameters[index]) else { continue }
      columns.append(column)
      compiler.parameterColumns.insert(GlobalSlot.firstParameter + index)
    }
    add("parameters", "the values in force on the governing date", columns)
    try addTerms(reads.documentTerms)
  }

  /// The column of a parameter's value; nil where it has none, such as for tables.
  private func column(of parameter: Parameter) -> String? {
    guard
      let value = try? compiler.datedValue(
        of: parameter, { try compiler.literal($0, parameter.type) })
    else { return nil }
    return "-- \(parameter.range.fileAndLine)\n  \(value) AS "
      + dialect.name(SQLColumn.parameter(parameter.name))
  }

  /// Adds a table for the terms of each level: those that read no other, those that read these, and so on.
  private mutating func addTerms(_ levels: [[FieldReference]]) throws {
    for (level, fields) in levels.enumerated() {
      var columns: [String] = []
      var names: [FieldReference: String] = [:]
      for field in fields {
        guard let definition = policies.evaluator.derivedFields[field],
          definition.type.isPlain || definition.type == .double,
          let value = try? compiler.value(
            definition, ConditionCompiler.Scope(locals: [document]))
        else { continue }
        let name = "\(policies.vocabulary.documentName).\(field.name)"
        names[field] = name
        columns.append("-- \(definition.range.fileAndLine)\n  \(value) AS \(dialect.name(name))")
      }
      add("terms_\(level + 1)", level == 0 ? "terms of the whole document" : nil, columns)
      compiler.columns.merge(names) { first, _ in first }
    }
  }

  // MARK: - Rules

  /// Adds a rule, or what keeps it from being said.
  mutating func add(_ view: StatementWriter.View, _ refusals: inout [Diagnostic]) {
    let rule = policies.rules[view.rule]
    do {
      compiler.decision = view.decision.map { policies.decisions[$0].name }
      let isWhole = rule.subjectType == policies.vocabulary.documentType
      let sql: String
      if isWhole {
        sql = try truth(of: rule, for: document)
      } else {
        sql = try SubjectLists(policies: policies, dialect: dialect, type: rule.subjectType).truths
        {
          try truth(of: rule, for: $0)
        }
      }
      try dialect.requireNesting(of: sql)
      let line = "-- \(rule.range.fileAndLine)  \(rule.title.replacing("\n", with: " "))\n  "
      rules.append((view, line + sql + " AS " + dialect.name(view.column)))
    } catch let refusal as SQLRefusal {
      left.insert(view.rule)
      refusals.append(refusal.diagnostic(in: rule))
    } catch {
      left.insert(view.rule)
    }
  }

  /// Whether a rule holds for a subject: "if `when` and not `unless`, then `require`".
  private mutating func truth(of rule: Rule, for subject: String) throws -> String {
    let scope = ConditionCompiler.Scope(locals: [subject])
    var applies = rule.effective.map { compiler.inForce($0) } ?? []
    if let when = rule.when { applies.append(try compiler.condition(when, scope)) }
    if let unless = rule.unless {
      applies.append(SQLLogic.not(try compiler.condition(unless, scope)))
    }
    let require = try compiler.condition(rule.require, scope)
    return SQLLogic.any([SQLLogic.not(SQLLogic.all(applies)), require])
  }

  // MARK: - Decisions

  /// Whether a decision is left to the engine, since a rule of it is.
  func isLeft(_ decision: Int) -> Bool {
    policies.decisionsNeeded(by: [decision]).contains { needed in
      left.contains { policies.rules[$0].decides.contains(needed) }
    }
  }

  /// Adds the rules' table, that of the decisions, and the result.
  mutating func end() throws {
    let types = Set(rules.map { policies.rules[$0.view.rule].subjectType })
      .subtracting([policies.vocabulary.documentType]).sorted()
    let places = try types.map { type in
      let lists = SubjectLists(policies: policies, dialect: dialect, type: type)
      let sql = try lists.places()
      try dialect.requireNesting(of: sql)
      return "\(sql) AS \(placesColumn(type))"
    }
    add("places", "where the parts stand that rules are about", places)
    add("rules", "whether each rule holds where it applies; NULL is undetermined", rules.map(\.sql))
    let wholes = rules.filter { isAboutPart($0.view) }.map { rule in
      let column = dialect.name(rule.view.column)
      return "\(dialect.all(ofTruths: column)) AS \(dialect.name("all " + rule.view.column))"
    }
    add("wholes", "the same of all parts together", wholes)
    let decided = writer.asked.filter { !isLeft($0) }.map { decision in
      "\(truth(of: decision)) AS \(dialect.name("decision " + policies.decisions[decision].name))"
    }
    add("decisions", "whether each decision passes; NULL is undetermined", decided)
    writeResult()
  }

  private func isAboutPart(_ view: StatementWriter.View) -> Bool {
    policies.rules[view.rule].subjectType != policies.vocabulary.documentType
  }

  private func placesColumn(_ type: Int) -> String {
    dialect.name("places of \(policies.vocabulary.types[type].name)")
  }

  /// All rules of a decision and of those that it needs.
  private func truth(of decision: Int) -> String {
    let needed = policies.decisionsNeeded(by: [decision])
    let concerned = rules.map(\.view).filter { view in
      let rule = policies.rules[view.rule]
      guard rule.severity == .error else { return false }
      return view.decision.map { needed.contains($0) }
        ?? rule.decides.contains { needed.contains($0) }
    }
    return SQLLogic.all(
      concerned.map { dialect.name((isAboutPart($0) ? "all " : "") + $0.column) })
  }

  private mutating func writeResult() {
    guard let last = tables.last else { return }
    let outcomes = writer.asked.map { decision -> (name: String, value: String) in
      let name = policies.decisions[decision].name
      guard !isLeft(decision) else { return (name, "'engine'") }
      let column = dialect.name("decision " + name)
      return (
        name, "CASE \(column) WHEN TRUE THEN 'pass' WHEN FALSE THEN 'fail' ELSE 'undetermined' END"
      )
    }
    let identity = policies.vocabulary.identity.flatMap {
      try? compiler.value($0, ConditionCompiler.Scope(locals: [document]))
    }
    let columns =
      writer.source.rowColumns + [
        "\(identity ?? "NULL") AS id",
        "CASE WHEN refused IS NULL THEN \(dialect.members(outcomes)) END AS decisions",
        list(.error, .violated) + " AS violated",
        list(.error, .undetermined) + " AS undetermined",
        list(.warning, .violated) + " AS warnings",
        "refused",
      ]
    result =
      "SELECT\n  \(columns.joined(separator: ",\n  "))\nFROM \(dialect.name(last.name))"
      + (writer.source.rowColumns.isEmpty ? "" : "\nORDER BY \(writer.source.rowColumns[0])")
  }

  /// The rules of a severity that came to something, each once at a place.
  private func list(_ severity: Rule.Severity, _ truth: FindingTruth) -> String {
    var columns: [FindingColumns] = []
    let views = rules.map(\.view).filter { policies.rules[$0.rule].severity == severity }
    for (index, view) in views.enumerated() where views.prefix(index).last?.rule != view.rule {
      let rule = policies.rules[view.rule]
      columns.append(
        FindingColumns(
          rule: rule.id,
          truths: views.filter { $0.rule == view.rule }.map { dialect.name($0.column) },
          places: isAboutPart(view) ? placesColumn(rule.subjectType) : nil))
    }
    return "CASE WHEN refused IS NULL THEN \(dialect.findings(columns, where: truth)) END"
  }
}
