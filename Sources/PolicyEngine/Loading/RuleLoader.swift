import CEL
import Diagnostics
import YAML

/// What a rule of a file is.
enum LoadedRule: Sendable {
  /// It says what must be so.
  case requires(Rule)
  /// It says what decisions, by their indexes, give.
  case gives(GivenValue.Giver, decisions: [Int])
  /// It says for which reason decisions, by their indexes, pass.
  case grants(Ground, decisions: [Int])

  /// The rule, where it says what must be so.
  var required: Rule? { if case .requires(let rule) = self { rule } else { nil } }

  /// All expressions in it.
  var allExpressions: [CheckedExpression] {
    switch self {
    case .requires(let rule): rule.allExpressions
    case .gives(let giver, _): (giver.condition?.expressions ?? []) + [giver.value]
    case .grants(let ground, _): ground.condition.expressions
    }
  }
}

/// Reads rules: their conditions and texts are checked against the scope of their subject.
struct RuleLoader {
  let scope: ExpressionScope
  let vocabulary: Vocabulary
  let decisions: [Decision]
  let routes: [SubjectRoutes]
  let constants: ConstantReader
  /// The terms that read the decision asked for.
  let decisionReaders: Set<FieldReference>
  /// The indexes of the decisions by their names.
  private let decisionIndexes: [String: Int]

  init(
    scope: ExpressionScope, vocabulary: Vocabulary, decisions: [Decision],
    routes: [SubjectRoutes], constants: ConstantReader, decisionReaders: Set<FieldReference>
  ) {
    self.scope = scope
    self.vocabulary = vocabulary
    self.decisions = decisions
    self.routes = routes
    self.constants = constants
    self.decisionReaders = decisionReaders
    decisionIndexes = decisions.map(\.name).positions
  }

  /// The rules that can be understood, in order; no two have one id.
  func load(
    _ declarations: [Declarations.TopicRule], into diagnostics: inout [Diagnostic]
  ) -> [LoadedRule] {
    var memory: [SourceRange: LoadingMemory.CheckedRule] = [:]
    return load(declarations, knowing: &memory, into: &diagnostics)
  }

  /// The same; rules that are known are taken over, and what is known afterwards are these rules.
  func load(
    _ declarations: [Declarations.TopicRule],
    knowing memory: inout [SourceRange: LoadingMemory.CheckedRule],
    into diagnostics: inout [Diagnostic]
  ) -> [LoadedRule] {
    let known = memory
    memory = [:]
    var ids: [String: SourceRange] = [:]
    return declarations.compactMap { declaration in
      let checked = known[declaration.node.range] ?? check(declaration)
      memory[declaration.node.range] = checked
      if let (id, range) = checked.id {
        if let first = ids[id] {
          diagnostics.append(.duplicate("rule '\(id)'", at: range, first: first))
        } else {
          ids[id] = range
        }
      }
      diagnostics += checked.mistakes
      return checked.rule
    }
  }

  private func check(_ declaration: Declarations.TopicRule) -> LoadingMemory.CheckedRule {
    var mistakes: [Diagnostic] = []
    guard
      let reader = MappingReader(
        declaration.node, what: "a rule", keys: PolicyKeys.rule, into: &mistakes)
    else { return LoadingMemory.CheckedRule(id: nil, rule: nil, mistakes: mistakes) }
    let id = loadID(reader, into: &mistakes)
    let known = id ?? ("?", declaration.node.range)
    let rule =
      if reader.has("grants") {
        loadGround(reader, id: known, topic: declaration.topic, into: &mistakes)
      } else if reader.has("gives") {
        loadGiver(reader, id: known, topic: declaration.topic, into: &mistakes)
      } else {
        load(reader, id: known, topic: declaration.topic, into: &mistakes)
          .map { LoadedRule.requires($0) }
      }
    return LoadingMemory.CheckedRule(id: id, rule: rule, mistakes: mistakes)
  }

  private func loadID(
    _ reader: MappingReader, into diagnostics: inout [Diagnostic]
  ) -> (String, SourceRange)? {
    guard let node = reader.requiredNode("rule", into: &diagnostics),
      let id = MappingReader.text(of: node, what: "a rule's id", into: &diagnostics)
    else { return nil }
    if !RuleID.isValid(id) {
      diagnostics.append(.invalidID(id, what: "a rule", at: node.range))
    }
    return (id, node.range)
  }

  private func load(
    _ reader: MappingReader, id: (text: String, range: SourceRange), topic: String?,
    into diagnostics: inout [Diagnostic]
  ) -> Rule? {
    let title = reader.requiredText("title", into: &diagnostics)
    let decides = loadDecides("decides", of: reader, id: id, into: &diagnostics)
    let subject = loadSubject(reader, id: id, decides: decides, into: &diagnostics)
    let source = reader.optionalText("source", into: &diagnostics)
    let quote = reader.quote(of: source, into: &diagnostics)
    let severity = loadSeverity(reader, into: &diagnostics)
    let effective = loadEffective(reader, into: &diagnostics)
    // Without a subject, nothing is known of the names in the rule: what is said of it so far helps more.
    guard let subject else { return nil }
    let locals = scope.locals(ofType: subject)
    let conditions = ConditionLoader(scope: scope, locals: locals)
    let templates = TemplateParser(scope: scope, locals: locals)
    let when = reader.optionalNode("when", into: &diagnostics).flatMap {
      conditions.load($0, what: "'when'", into: &diagnostics)
    }
    let unless = reader.optionalNode("unless", into: &diagnostics).flatMap {
      conditions.load($0, what: "'unless'", into: &diagnostics)
    }
    let require = reader.requiredNode("require", into: &diagnostics).flatMap {
      conditions.load($0, what: "'require'", into: &diagnostics)
    }
    let (because, fix) = loadTexts(reader, templates, into: &diagnostics)
    guard let title, let require else { return nil }
    let texts = (because?.expressions ?? []) + (fix?.action.expressions ?? [])
    let parts = [when, unless, require].compactMap(\.self).flatMap(\.expressions)
    let deadline = fix?.deadline.map { [$0] } ?? []
    return Rule(
      id: id.text, title: title, topic: topic, decides: decides.map(\.index), subjectType: subject,
      when: when, unless: unless, exceptions: [], require: require, because: because, fix: fix,
      severity: severity, effective: effective, source: source, quote: quote,
      dependsOnDecision: readDecision(parts + texts + deadline), range: id.range, origin: .declared)
  }

  /// Whether one of some expressions reads the decision asked for.
  func readDecision(_ expressions: [CheckedExpression]) -> Bool {
    expressions.contains { $0.reads(through: decisionReaders) { $0 == GlobalSlot.decision } }
  }

  /// Why a rule is as it is not to be, and what to do about it, in words.
  func loadTexts(
    _ reader: MappingReader, _ templates: TemplateParser, into diagnostics: inout [Diagnostic]
  ) -> (because: Template?, fix: Rule.Fix?) {
    let because = reader.optionalNode("because", into: &diagnostics).flatMap {
      templates.parse($0, what: "'because'", into: &diagnostics)
    }
    let fix = reader.optionalNode("fix", into: &diagnostics).flatMap {
      loadFix($0, templates: templates, into: &diagnostics)
    }
    return (because, fix)
  }

  /// The decisions that a rule names under a key.
  func loadDecides(
    _ key: String, of reader: MappingReader, id: (text: String, range: SourceRange),
    into diagnostics: inout [Diagnostic]
  ) -> [(index: Int, range: SourceRange)] {
    guard reader.has(key) else {
      diagnostics.append(.missingKey(key, of: "rule '\(id.text)'", at: reader.node.range))
      return []
    }
    let named = reader.texts(key, into: &diagnostics)
    if named.isEmpty { diagnostics.append(.noDecision(rule: id.text, key: key, at: id.range)) }
    return named.compactMap { name, range in
      if let index = decisionIndexes[name] { return (index, range) }
      let names = decisions.map(\.name)
      diagnostics.append(.unknownDecision(name, known: names, at: range))
      // Taken for the nearest one, so that the rest of the rule is checked all the same.
      return Suggestion.nearest(to: name, among: names).flatMap { decisionIndexes[$0] }
        .map { ($0, range) }
    }
  }

  func loadSubject(
    _ reader: MappingReader, id: (text: String, range: SourceRange),
    decides: [(index: Int, range: SourceRange)], into diagnostics: inout [Diagnostic]
  ) -> Int? {
    guard let node = reader.optionalNode("about", into: &diagnostics) else {
      let subjects = Set(decides.map { decisions[$0.index].subjectType })
      if subjects.count > 1 { diagnostics.append(.decisionsDiffer(rule: id.text, at: id.range)) }
      return subjects.count == 1 ? subjects.first : nil
    }
    guard let name = MappingReader.text(of: node, what: "'about'", into: &diagnostics),
      let subject = vocabulary.subjectType(
        named: name, routes: routes, at: node.range, into: &diagnostics)
    else { return nil }
    for (index, range) in decides {
      let other = decisions[index].subjectType
      guard !routes[subject].passes(through: other), !routes[other].passes(through: subject) else {
        continue
      }
      diagnostics.append(
        .subjectOutOfReach(
          rule: id.text, subject: name, decision: decisions[index].name,
          decisionSubject: vocabulary.types[other].name, at: range))
    }
    return subject
  }

  private func loadSeverity(
    _ reader: MappingReader, into diagnostics: inout [Diagnostic]
  ) -> Rule.Severity {
    guard let node = reader.optionalNode("severity", into: &diagnostics),
      let text = MappingReader.text(of: node, what: "'severity'", into: &diagnostics)
    else { return .error }
    if let severity = Rule.Severity(rawValue: text) { return severity }
    diagnostics.append(.wrongSeverity(text, at: node.range))
    return .error
  }

  func loadEffective(
    _ reader: MappingReader, into diagnostics: inout [Diagnostic]
  ) -> EffectiveDates? {
    guard let node = reader.optionalNode("effective", into: &diagnostics),
      let dates = MappingReader(
        node, what: "'effective'", keys: PolicyKeys.effective, into: &diagnostics)
    else { return nil }
    if !dates.has("from"), !dates.has("until") {
      diagnostics.append(.noEffectiveDates(at: node.range))
    }
    let from = dates.optionalNode("from", into: &diagnostics)
      .flatMap { constants.readDate($0, into: &diagnostics) }
    let untilNode = dates.optionalNode("until", into: &diagnostics)
    let until = untilNode.flatMap { constants.readDate($0, into: &diagnostics) }
    if let from, let until, until < from, let untilNode {
      diagnostics.append(.untilBeforeFrom(at: untilNode.range))
    }
    return EffectiveDates(from: from, until: until)
  }

  private func loadFix(
    _ node: YAMLNode, templates: TemplateParser, into diagnostics: inout [Diagnostic]
  ) -> Rule.Fix? {
    guard case .mapping = node.content else {
      return templates.parse(node, what: "'fix'", into: &diagnostics).map {
        Rule.Fix(action: $0, deadline: nil)
      }
    }
    guard
      let reader = MappingReader(node, what: "'fix'", keys: PolicyKeys.fix, into: &diagnostics)
    else { return nil }
    let action = reader.requiredNode("do", into: &diagnostics).flatMap {
      templates.parse($0, what: "'do'", into: &diagnostics)
    }
    let deadline = reader.optionalNode("by", into: &diagnostics).flatMap { by in
      ExpressionScope.text(of: by, what: "'by'", into: &diagnostics).map {
        // An optional date, which may be none, is for a fix that has a last day in some cases only.
        var ignored: [Diagnostic] = []
        let tried = scope.check($0, locals: templates.locals, expecting: nil, into: &ignored)
        let isOptional = if case .optional = tried.type { true } else { false }
        return scope.check(
          $0, locals: templates.locals, expecting: isOptional ? .optional(.date) : .date,
          into: &diagnostics)
      }
    }
    return action.map { Rule.Fix(action: $0, deadline: deadline) }
  }
}
