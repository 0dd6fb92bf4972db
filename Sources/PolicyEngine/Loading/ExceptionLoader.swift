import CEL
import Diagnostics
import YAML

/// Reads exceptions, which take rules away where they hold.
struct ExceptionLoader {
  let loader: RuleLoader
  /// The rules that may be taken away, by their ids.
  let rules: [String: Rule]
  /// The rules that grant or give, which can't be taken away, with the word for that.
  let others: [String: String]
  /// Where the ids that are taken stand.
  private(set) var ids: [String: SourceRange]

  init(loader: RuleLoader, rules: [Rule], grounds: [Ground], givers: [GivenValue.Giver]) {
    self.loader = loader
    self.rules = Dictionary(rules.map { ($0.id, $0) }) { first, _ in first }
    others = Dictionary(
      grounds.map { ($0.id, "grants") } + givers.map { ($0.id, "gives a value") }
    ) { first, _ in first }
    ids = Dictionary(
      rules.map { ($0.id, $0.range) } + grounds.map { ($0.id, $0.range) }
        + givers.map { ($0.id, $0.range) }
    ) { first, _ in first }
  }

  /// The exceptions that can be understood, by the ids of the rules that they take away, in order.
  mutating func load(
    _ nodes: [YAMLNode], into diagnostics: inout [Diagnostic]
  ) -> [String: [RuleException]] {
    var exceptions: [String: [RuleException]] = [:]
    for node in nodes {
      guard let (exception, targets) = load(node, into: &diagnostics) else { continue }
      for target in targets { exceptions[target, default: []].append(exception) }
    }
    return exceptions
  }

  private mutating func load(
    _ node: YAMLNode, into diagnostics: inout [Diagnostic]
  ) -> (RuleException, targets: [String])? {
    guard
      let reader = MappingReader(
        node, what: "an exception", keys: PolicyKeys.exception, into: &diagnostics)
    else { return nil }
    let id = loadID(reader, into: &diagnostics)
    let targets = loadTargets(reader, into: &diagnostics)
    let reason = reader.requiredText("reason", into: &diagnostics)
    let approvedBy = reader.optionalText("approvedBy", into: &diagnostics)
    let source = reader.optionalText("source", into: &diagnostics)
    let effective = loader.loadEffective(reader, into: &diagnostics)
    if approvedBy != nil, effective?.until == nil {
      diagnostics.append(.waiverWithoutEnd(at: id?.range ?? node.range.firstLine))
    }
    guard let first = targets.first, let id else { return nil }
    for other in targets.dropFirst() where other.rule.subjectType != first.rule.subjectType {
      diagnostics.append(.exceptionOfSeveralSubjects(first.rule.id, other.rule.id, at: other.range))
      return nil
    }
    let conditions = ConditionLoader(
      scope: loader.scope, locals: loader.scope.locals(ofType: first.rule.subjectType))
    let when = reader.optionalNode("when", into: &diagnostics).flatMap {
      conditions.load($0, what: "'when'", into: &diagnostics)
    }
    let always = CheckedExpression(kind: .constant(.bool(true)), type: .bool, range: id.range)
    let parts = Condition.parts(effective: effective, when: when, unless: nil, at: id.range)
    let label = "the \(approvedBy == nil ? "exception" : "waiver") '\(id.text)'"
    let exception = RuleException(
      id: id.text, reason: reason, approvedBy: approvedBy,
      condition: Condition(
        all: parts.isEmpty
          ? [Condition(kind: .expression(always), label: nil, range: id.range)] : parts,
        label: label, at: id.range),
      effective: effective, source: source, range: id.range)
    return (exception, targets.map(\.rule.id))
  }

  private mutating func loadID(
    _ reader: MappingReader, into diagnostics: inout [Diagnostic]
  ) -> (text: String, range: SourceRange)? {
    guard let node = reader.requiredNode("exception", into: &diagnostics),
      let id = MappingReader.text(of: node, what: "an exception's id", into: &diagnostics)
    else { return nil }
    if !RuleID.isValid(id) {
      diagnostics.append(.invalidID(id, what: "an exception", at: node.range))
    }
    if let first = ids[id] {
      diagnostics.append(.duplicate("'\(id)'", at: node.range, first: first))
    }
    ids[id] = node.range
    return (id, node.range)
  }

  private func loadTargets(
    _ reader: MappingReader, into diagnostics: inout [Diagnostic]
  ) -> [(rule: Rule, range: SourceRange)] {
    guard reader.requiredNode("to", into: &diagnostics) != nil else { return [] }
    let named = reader.texts("to", into: &diagnostics)
    if named.isEmpty, let range = reader.range(ofKey: "to") {
      diagnostics.append(.exceptionToNothing(at: range))
    }
    return named.compactMap { name, range in
      if let rule = rules[name] { return (rule, range) }
      diagnostics.append(
        others[name].map { .exceptionToOther(name, $0, at: range) }
          ?? .unknownRule(name, known: rules.keys.sorted(), at: range))
      // Taken for the nearest one, so that the rest is checked all the same.
      return Suggestion.nearest(to: name, among: rules.keys.sorted()).flatMap { rules[$0] }
        .map { ($0, range) }
    }
  }
}

extension Diagnostic {
  static func unknownRule(_ name: String, known: [String], at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownRule, "'\(name)' is not a rule", at: range,
      help: Suggestion.helpOrList(for: name, among: known, listing: "the rules are"))
  }

  fileprivate static func exceptionToNothing(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .missingValue, "the exception takes no rule away", at: range,
      help: "name at least one rule under 'to'")
  }

  fileprivate static func exceptionToOther(
    _ name: String, _ what: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .wrongRule,
      "rule '\(name)' \(what), and an exception takes away what a rule requires", at: range,
      help: "say under 'unless' of that rule where it does not apply")
  }

  fileprivate static func waiverWithoutEnd(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .missingValue, "an exception that somebody approved must have a last day", at: range,
      help: "add it, as in effective: {until: 2026-12-18}")
  }

  fileprivate static func exceptionOfSeveralSubjects(
    _ first: String, _ second: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .subjectMismatch,
      "rules '\(first)' and '\(second)' are about different things, so one condition can't be about both",
      at: range, help: "write an exception for each")
  }
}
