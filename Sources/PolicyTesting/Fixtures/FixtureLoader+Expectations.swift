import CEL
import Diagnostics
import PolicyEngine
import YAML

/// Reads what cases expect.
extension FixtureLoader {
  /// The expectations in a node; nil when something is wrong with them.
  ///
  /// Those of a table are whole only together with its columns.
  mutating func expectation(in node: YAMLNode, isWhole: Bool = true) -> Expectation? {
    let count = diagnostics.count
    guard
      let reader = MappingReader(
        node, what: "'expect'", keys: FixtureKeys.expect, into: &diagnostics)
    else { return nil }
    var expectation = Expectation()
    for (name, entry) in pairs("decisions", of: reader) {
      readDecision(name, at: entry.key.range, entry.value, into: &expectation)
    }
    for (name, entry) in pairs("gives", of: reader) {
      readGiven(name, at: entry.key.range, entry.value, into: &expectation)
    }
    for key in FixtureKeys.findings {
      if let list = reader.optionalNode(key, into: &diagnostics) {
        read(list, of: key, at: list.range, into: &expectation)
      }
    }
    for (rule, entry) in pairs("outcomes", of: reader) {
      readOutcomes(entry.value, of: rule, at: entry.key.range, into: &expectation)
    }
    for (rule, entry) in pairs("reason", of: reader) {
      guard isRule(rule, at: entry.key.range),
        let words = text(entry.value, "the words of a reason")
      else { continue }
      expectation.reasons.append((rule, words))
    }
    for (rule, entry) in pairs("fix", of: reader) {
      if let fix = fix(entry.value, of: rule, at: entry.key.range) { expectation.fixes.append(fix) }
    }
    for (path, entry) in pairs("terms", of: reader) {
      readTerm(path, at: entry.key.range, entry.value, into: &expectation)
    }
    for (name, entry) in pairs("parameters", of: reader) {
      readParameter(name, at: entry.key.range, entry.value, into: &expectation)
    }
    if let mistake = reader.optionalNode("mistake", into: &diagnostics) {
      expectation.mistake = text(mistake, "'mistake'")
    }
    guard diagnostics.count == count else { return nil }
    if isWhole { checkWhole(expectation, at: node.range) }
    return diagnostics.count == count ? expectation : nil
  }

  /// Reports expectations that would let a case pass for no reason or for the wrong one.
  mutating func checkWhole(_ expectation: Expectation, at range: SourceRange) {
    if expectation.isEmpty { diagnostics.append(.expectsNothing(at: range)) }
    if let mistake = expectation.mistake {
      var rest = expectation
      rest.mistake = nil
      if !rest.isEmpty { diagnostics.append(.mistakeAndMore(at: mistake.range)) }
    }
    guard expectation.rules.isEmpty else { return }
    for (name, outcome) in expectation.decisions where outcome.value != .pass {
      diagnostics.append(.outcomeWithoutRule(name, outcome.value, at: outcome.range))
    }
  }

  /// Reads one cell of a table, or one list of rules.
  mutating func read(
    _ node: YAMLNode, of column: String, at range: SourceRange, into expectation: inout Expectation
  ) {
    switch column {
    case "violated": expectation.violated = findings(in: node, of: column)
    case "undetermined": expectation.undetermined = findings(in: node, of: column)
    case "warnings": expectation.warnings = findings(in: node, of: column)
    case "observed": expectation.observed = findings(in: node, of: column)
    case "waived": expectation.waived = findings(in: node, of: column)
    default:
      if policies.decisionIndex(named: column) != nil {
        readDecision(column, at: range, node, into: &expectation)
      } else if policies.rules.contains(where: { $0.id == column }) {
        readOutcomes(node, of: column, at: range, into: &expectation)
      } else if policies.vocabulary.parameters.contains(where: { $0.name == column }) {
        readParameter(column, at: range, node, into: &expectation)
      } else if column.hasPrefix("gives.") {
        readGiven(String(column.dropFirst("gives.".count)), at: range, node, into: &expectation)
      } else if column.contains(".") {
        readTerm(column, at: range, node, into: &expectation)
      } else {
        diagnostics.append(.unknownColumn(column, in: policies, at: range))
      }
    }
  }

  private mutating func pairs(
    _ key: String, of reader: MappingReader
  ) -> [(key: String, entry: YAMLEntry)] {
    guard let node = reader.optionalNode(key, into: &diagnostics) else { return [] }
    let pairs = MappingReader.pairs(of: node, what: "'\(key)'", into: &diagnostics) ?? []
    if pairs.isEmpty { diagnostics.append(.expectsNothing(at: node.range)) }
    return pairs
  }

  private mutating func readDecision(
    _ name: String, at range: SourceRange, _ node: YAMLNode, into expectation: inout Expectation
  ) {
    guard let index = policies.decisionIndex(named: name) else {
      return diagnostics.append(
        .unknownName(name, what: "decision", among: policies.decisions.map(\.name), at: range))
    }
    guard let text = node.scalar?.text, let outcome = DecisionOutcome(rawValue: text) else {
      return diagnostics.append(.noOutcome(node, of: policies.decisions[index]))
    }
    expectation.decisions.append((name, Expected(value: outcome, range: node.range)))
  }

  private mutating func isRule(_ id: String, at range: SourceRange) -> Bool {
    // The effect of a waiver is expected of the rule that it waives.
    if let rule = rule(named: id), rule.countedWaiver == nil { return true }
    let ids = policies.rules.filter { $0.countedWaiver == nil }.map(\.id)
    diagnostics.append(.unknownName(id, what: "rule", among: ids, at: range))
    return false
  }

  private mutating func text(_ node: YAMLNode, _ what: String) -> Expected<String>? {
    guard let text = MappingReader.text(of: node, what: what, into: &diagnostics) else {
      return nil
    }
    // Any reason contains nothing, and nearly any a full stop or an 'e'.
    guard text.hasWord else {
      diagnostics.append(.noWords(at: node.range))
      return nil
    }
    return Expected(value: text, range: node.range)
  }

  private mutating func findings(in node: YAMLNode, of key: String) -> Expectation.Findings? {
    if let items = node.elements {
      let read = items.compactMap { item(in: $0, of: key) }
      return Expectation.Findings(items: read, isOpen: false, range: node.range)
    }
    guard
      let reader = MappingReader(
        node, what: "'\(key)', where it is not a list,", keys: ["includes"], into: &diagnostics),
      let list = reader.requiredNode("includes", into: &diagnostics)
    else { return nil }
    guard let items = list.elements, !items.isEmpty else {
      // Every session has these among others.
      diagnostics.append(.includesNothing(at: list.range))
      return nil
    }
    let read = items.compactMap { item(in: $0, of: key) }
    return Expectation.Findings(items: read, isOpen: true, range: list.range)
  }

  private mutating func item(in node: YAMLNode, of key: String) -> Expectation.Item? {
    if node.scalar != nil {
      guard let id = MappingReader.text(of: node, what: "a rule", into: &diagnostics),
        isRule(id, at: node.range), hasSeverity(of: key, id, at: node.range)
      else { return nil }
      return Expectation.Item(rule: id, at: nil, missing: nil, range: node.range)
    }
    let keys = key == "undetermined" ? FixtureKeys.undetermined : FixtureKeys.finding
    guard
      let reader = MappingReader(node, what: "an item of '\(key)'", keys: keys, into: &diagnostics),
      let id = reader.requiredText("rule", into: &diagnostics),
      isRule(id, at: reader.requiredNode("rule", into: &diagnostics)?.range ?? node.range),
      hasSeverity(of: key, id, at: node.range)
    else { return nil }
    var at = reader.optionalText("at", into: &diagnostics)
    if let text = at, !text.isEmpty,
      let range = reader.optionalNode("at", into: &diagnostics)?.range
    {
      at = path(text, at: range)?.pathFromRoot
    }
    let missing = reader.texts("missing", into: &diagnostics)
    let paths = missing.compactMap { path($0.text, at: $0.range)?.pathFromRoot }
    return Expectation.Item(
      rule: id, at: at, missing: reader.has("missing") ? Set(paths) : nil, range: node.range)
  }

  /// Whether a rule can be found under a key: warnings and what is only observed there, and the others elsewhere.
  private mutating func hasSeverity(of key: String, _ id: String, at range: SourceRange) -> Bool {
    guard let rule = rule(named: id) else { return false }
    // Whatever a rule does otherwise, a waiver may take it away.
    if key == "waived" || ["violated", "undetermined"].contains(key) == (rule.severity == .error),
      rule.severity == .error || key == "waived" || key == rule.severity.listKey
    {
      return true
    }
    diagnostics.append(.wrongList(key, rule: rule, at: range))
    return false
  }

  private mutating func readOutcomes(
    _ node: YAMLNode, of rule: String, at range: SourceRange, into expectation: inout Expectation
  ) {
    guard isRule(rule, at: range) else { return }
    guard let entries = node.entries else {
      if let outcome = outcome(in: node) {
        expectation.outcomes.append(.init(rule: rule, at: nil, outcome: outcome))
      }
      return
    }
    if entries.isEmpty { diagnostics.append(.expectsNothing(at: node.range)) }
    for entry in entries {
      guard let text = entry.key.scalar?.text, let path = path(text, at: entry.key.range),
        let outcome = outcome(in: entry.value)
      else { continue }
      expectation.outcomes.append(.init(rule: rule, at: path.pathFromRoot, outcome: outcome))
    }
  }

  private mutating func outcome(in node: YAMLNode) -> Expected<OutcomeWord>? {
    guard let word = node.scalar.flatMap({ OutcomeWord(rawValue: $0.text) }) else {
      diagnostics.append(.noRuleOutcome(node))
      return nil
    }
    return Expected(value: word, range: node.range)
  }

  private mutating func fix(
    _ node: YAMLNode, of rule: String, at range: SourceRange
  ) -> Expectation.Fix? {
    guard isRule(rule, at: range),
      let reader = MappingReader(
        node, what: "the fix of a rule", keys: FixtureKeys.fix, into: &diagnostics)
    else { return nil }
    let action = reader.optionalNode("do", into: &diagnostics).flatMap { text($0, "'do'") }
    let deadline = reader.optionalNode("by", into: &diagnostics)
      .flatMap { node in date(in: node).map { Expected(value: $0, range: node.range) } }
    var isOpen: Expected<Bool>?
    if let node = reader.optionalNode("prospect", into: &diagnostics) {
      switch node.scalar?.text {
      case "open"?: isOpen = Expected(value: true, range: node.range)
      case "closed"?: isOpen = Expected(value: false, range: node.range)
      default: diagnostics.append(.noProspect(node))
      }
    }
    if ["do", "by", "prospect"].allSatisfy({ !reader.has($0) }) {
      diagnostics.append(.expectsNothing(at: node.range))
    }
    return Expectation.Fix(rule: rule, action: action, deadline: deadline, isOpen: isOpen)
  }

  /// Reads what a decision gives: a value, or one for each path of a part.
  private mutating func readGiven(
    _ name: String, at range: SourceRange, _ node: YAMLNode, into expectation: inout Expectation
  ) {
    let giving = policies.decisions.filter { $0.givenType != nil }
    guard let decision = giving.first(where: { $0.name == name }), let type = decision.givenType
    else {
      return diagnostics.append(
        .unknownName(
          name, what: "decision that gives a value", among: giving.map(\.name), at: range))
    }
    func value(_ node: YAMLNode) -> CELValue? {
      node.isNull ? .null : policies.constant(node, as: type, into: &diagnostics)
    }
    guard let entries = node.entries else {
      guard let value = value(node) else { return }
      expectation.gives.append((name, nil, Expected(value: value, range: node.range)))
      return
    }
    if entries.isEmpty { diagnostics.append(.expectsNothing(at: node.range)) }
    for entry in entries {
      guard let text = entry.key.scalar?.text, let path = path(text, at: entry.key.range),
        let value = value(entry.value)
      else { continue }
      expectation.gives.append(
        (name, path.pathFromRoot, Expected(value: value, range: entry.value.range)))
    }
  }

  private mutating func readTerm(
    _ text: String, at range: SourceRange, _ node: YAMLNode, into expectation: inout Expectation
  ) {
    let vocabulary = policies.vocabulary
    // `session.place` is a term of the document; `place` alone would be the same.
    guard let path = FactPath(text, documentName: vocabulary.documentName, at: range),
      case .field(let name)? = path.steps.last
    else { return diagnostics.append(.noPath(text, at: range)) }
    let holder = path.steps.dropLast()
    guard case .object(let type)? = path.resolve(holder, in: vocabulary, into: &diagnostics) else {
      return
    }
    let terms = vocabulary.types[type].terms
    guard let term = terms.first(where: { $0.name == name }) else {
      return diagnostics.append(
        .unknownName(
          name, what: "term of \(vocabulary.types[type].name)",
          among: terms.map(\.name), at: range))
    }
    guard let value = policies.constant(node, as: term.definition.type, into: &diagnostics) else {
      return
    }
    let steps = holder.compactMap { step -> AttributePath.Step? in
      switch step {
      case .field(let name): .field(name)
      case .index(let index): .index(index)
      case .end: nil
      }
    }
    expectation.terms.append(
      .init(
        path: AttributePath(root: vocabulary.documentName, steps: steps), type: type, term: name,
        value: Expected(value: value, range: node.range)))
  }

  private mutating func readParameter(
    _ name: String, at range: SourceRange, _ node: YAMLNode, into expectation: inout Expectation
  ) {
    let parameters = policies.vocabulary.parameters
    guard let parameter = parameters.first(where: { $0.name == name }) else {
      return diagnostics.append(
        .unknownName(name, what: "parameter", among: parameters.map(\.name), at: range))
    }
    // Null is not a value of any parameter: it stands for none in force.
    let value =
      node.isNull ? .null : policies.constant(node, as: parameter.type, into: &diagnostics)
    guard let value else { return }
    expectation.parameters.append((name, Expected(value: value, range: node.range)))
  }
}

extension String {
  /// Whether two letters or digits stand side by side somewhere: less is in almost every sentence.
  fileprivate var hasWord: Bool {
    func isOfWord(_ sign: Character) -> Bool { sign.isLetter || sign.isNumber }
    return zip(self, dropFirst()).contains { isOfWord($0) && isOfWord($1) }
  }
}

extension FactPath {
  /// The path as findings have it, without the document's name.
  fileprivate var pathFromRoot: String {
    steps.reduce(into: "") { text, step in
      switch step {
      case .field(let name): text += text.isEmpty ? name : "." + name
      case .index(let index): text += "[\(index)]"
      case .end: text += "[+]"
      }
    }
  }
}
