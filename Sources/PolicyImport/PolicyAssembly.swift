import Diagnostics

/// Puts a policy set together from what was read of a file.
struct PolicyAssembly {
  private let model: ImportedModel
  private let source: Source
  private let passing: [PassingValue]
  /// What could not be imported, and what tables leave open.
  private(set) var diagnostics: [Diagnostic] = []

  init(model: ImportedModel, source: Source, passing: [PassingValue]) {
    self.model = model
    self.source = source
    self.passing = passing
  }

  /// The files of the policy set; none where nothing could be imported.
  mutating func files() -> [PolicyImporter.File] {
    var typing = ModelTyping(model: model)
    let definitions = typing.sayable()
    diagnostics += typing.diagnostics
    guard !definitions.isEmpty else { return [] }
    let domains = FactDomains(
      of: definitions, facts: typing.writer.facts, termTypes: typing.writer.termTypes)
    let spaces = spaces(of: definitions, domains, typing.writer.facts)
    let reviews = zip(definitions, spaces).map { definition, space -> TableReview? in
      guard let space, case .table(let table) = definition.content else { return nil }
      return TableReview(of: definition, table: table, space: space)
    }
    for review in reviews { diagnostics += review?.diagnostics ?? [] }
    var planner = DefinitionPlanner(types: typing.writer.termTypes, passing: passing)
    let plans = zip(definitions, reviews).map { planner.plan(for: $0, review: $1) }
    diagnostics += planner.unused(of: definitions, in: source)
    guard plans.contains(where: { $0.decision != nil }) else {
      diagnostics.append(
        Diagnostic(
          code: .nothingToDecide,
          "nothing in the file can fail, so that there is nothing to decide",
          at: definitions.last?.range, help: Self.helpToPass(definitions)))
      return []
    }
    return write(plans, typing.writer, domains, spaces, reviews.map { $0?.meeting })
  }

  /// How a value that passes is named, by one that the file gives.
  private static func helpToPass(_ definitions: [ImportedDefinition]) -> String {
    for definition in definitions.reversed() {
      guard case .table(let table) = definition.content else { continue }
      for (index, output) in definition.outputs.enumerated() {
        switch table.rows.first?.outputs[index]?.literal {
        case .text(let value)?:
          return "name the value that passes: --pass '\(output.label)=\(value)'"
        case .number(let value)?:
          return "name the value that passes: --pass '\(output.label)=\(value)'"
        default: continue
        }
      }
    }
    return "name the value that passes with '--pass'"
  }

  private mutating func write(
    _ plans: [DefinitionPlan], _ writer: ExpressionWriter, _ domains: FactDomains,
    _ spaces: [TableSpace?], _ meetings: [(rows: [Int], place: [Int])?]
  ) -> [PolicyImporter.File] {
    let definitions = plans.map(\.definition)
    let outputs = definitions.flatMap(\.outputs).map(\.term)
    let names = FactNames(
      facts: writer.facts.order, terms: outputs + plans.flatMap(\.rowTerms))
    let plans = plans.map { $0.renamed(by: names) }
    let decided = plans.flatMap { plan in
      plan.rules.compactMap { rule in
        switch rule.kind {
        case .isTrue(let output), .isValue(let output, _): plan.definition.outputs[output].term
        default: nil
        }
      }
    }
    var typed = writer
    typed.names = names
    var policies = PolicyWriter(
      title: model.title, sourceName: source.name, plans: plans, writer: typed, names: names,
      results: Set(outputs).subtracting(writer.termsRead), decided: Set(decided))
    do throws(ImportProblem) {
      var files = [
        PolicyImporter.File(path: "vocabulary.yaml", text: try policies.vocabulary()),
        PolicyImporter.File(path: "decisions.yaml", text: policies.decisions()),
        PolicyImporter.File(path: "rules.yaml", text: policies.rules()),
      ]
      let search = CaseSearch(
        definitions: definitions, facts: writer.facts, domains: domains, spaces: spaces,
        meetings: meetings)
      let findings = search.findings()
      note(unshown: findings, of: definitions)
      let fixtures = FixtureWriter(
        title: model.title, plans: plans, facts: writer.facts, names: names,
        types: writer.termTypes)
      if let text = fixtures.text(of: findings) {
        files.append(PolicyImporter.File(path: "fixtures/rows.yaml", text: text))
      }
      return files
    } catch {
      diagnostics.append(error.diagnostic)
      return []
    }
  }

  /// Says of which rows no case was found.
  private mutating func note(
    unshown findings: [CaseSearch.Finding], of definitions: [ImportedDefinition]
  ) {
    for (index, definition) in definitions.enumerated() {
      guard case .table(let table) = definition.content else { continue }
      let shown = Set(findings.filter { $0.definition == index }.map(\.goal))
      for (position, row) in table.rows.enumerated() where !shown.contains(.row(position)) {
        let isKnown = diagnostics.contains {
          $0.code == .rowNeverCounts && $0.range == row.range
        }
        guard !isKnown else { continue }
        diagnostics.append(
          Diagnostic(
            .warning, code: .rowWithoutFixture,
            "no case was found in which row \(row.number) of '\(definition.name)' counts",
            at: row.range, help: "write a fixture for it yourself"))
      }
    }
  }

  private func spaces(
    of definitions: [ImportedDefinition], _ domains: FactDomains, _ facts: FactTable
  ) -> [TableSpace?] {
    var values: [String: [ForeignValue]] = [:]
    return definitions.map { definition in
      guard case .table(let table) = definition.content else { return nil }
      let space = TableSpace(
        of: table, scope: definition.scope, domains: domains, facts: facts, values: values)
      for (index, output) in definition.outputs.enumerated() where table.policy.givesOneRow {
        let written = table.rows.map { $0.outputs[index]?.literal } + [output.defaultValue?.literal]
        let isOpen = table.rows.contains { $0.outputs[index]?.literal == nil }
        var distinct: [ForeignValue] = []
        for case let value? in written where !distinct.contains(value) { distinct.append(value) }
        if !isOpen { values[output.term] = distinct }
      }
      return space
    }
  }
}
