import CEL
import Diagnostics
import YAML

/// Makes the rules of a policy set of what the files say: what is required, with its exceptions; that one of a
/// decision's grounds holds; and what counts the effect of waivers.
struct RuleAssembly {
  let loader: RuleLoader
  let decisions: [Decision]

  /// The rules: those that the files say, in their order, and then those that come of grounds and waivers.
  func rules(
    _ loaded: [LoadedRule], exceptions nodes: [YAMLNode], into diagnostics: inout [Diagnostic]
  ) -> [Rule] {
    var grounds: [Int: [Ground]] = [:]
    var all: [Ground] = []
    for case .grants(let ground, let granted) in loaded {
      all.append(ground)
      for decision in granted { grounds[decision, default: []].append(ground) }
    }
    let required = loaded.compactMap(\.required)
    var exceptionLoader = ExceptionLoader(loader: loader, rules: required, grounds: all)
    let exceptions = exceptionLoader.load(nodes, into: &diagnostics)
    let excepted = required.map { rule in
      exceptions[rule.id].map { self.rule(rule, without: $0) } ?? rule
    }
    let granted = decisions.indices.compactMap { index in
      grounds[index].map { rule(thatOneHolds: $0, for: index) }
    }
    let counting = required.flatMap { rule in
      self.counting(rule, exceptions: exceptions[rule.id] ?? [], all: exceptions)
    }
    for rule in granted + counting.filter({ exceptionLoader.ids[$0.id] != $0.range }) {
      guard let first = exceptionLoader.ids[rule.id] else { continue }
      diagnostics.append(.idOfGenerated(rule.id, at: first, needed: rule.range))
    }
    return excepted + granted + counting
  }

  /// A rule that does not apply where one of its exceptions is known to hold.
  private func rule(_ rule: Rule, without exceptions: [RuleException]) -> Rule {
    rule.with(
      unless: Self.unless(rule.unless, exceptions), exceptions: exceptions,
      dependsOnDecision: rule.dependsOnDecision
        || loader.readDecision(exceptions.flatMap(\.condition.expressions)))
  }

  private static func unless(_ unless: Condition?, _ exceptions: [RuleException]) -> Condition? {
    guard let first = exceptions.first else { return unless }
    let known = Condition(
      kind: .anyKnown(exceptions.map(\.condition)), label: nil, range: first.range)
    return Condition(
      kind: .any([unless, known].compactMap(\.self)), label: nil,
      range: unless?.range ?? first.range)
  }

  /// What a decision requires that has grounds.
  private func rule(thatOneHolds grounds: [Ground], for index: Int) -> Rule {
    let decision = decisions[index]
    return Rule(
      id: "\(decision.name)-grounds", title: "One of its grounds holds", topic: nil,
      decides: [index], subjectType: decision.subjectType, when: nil, unless: nil, exceptions: [],
      require: Condition(kind: .any(grounds.map(\.condition)), label: nil, range: decision.range),
      because: nil, fix: nil, severity: .error, effective: nil, source: nil, quote: nil,
      dependsOnDecision: loader.readDecision(grounds.flatMap(\.condition.expressions)),
      range: decision.range, origin: .grounds(grounds))
  }

  /// For each waiver of a rule one that is violated where the rule would be without the waiver.
  private func counting(
    _ rule: Rule, exceptions: [RuleException], all: [String: [RuleException]]
  ) -> [Rule] {
    exceptions.filter(\.isWaiver).map { waiver in
      let others = exceptions.filter { $0.id != waiver.id && !$0.isWaiver }
      let holds = Condition(kind: .anyKnown([waiver.condition]), label: nil, range: waiver.range)
      let isForSeveral = all.values.count { $0.contains { $0.id == waiver.id } } > 1
      return Rule(
        id: isForSeveral ? "\(waiver.id)-for-\(rule.id)" : waiver.id, title: rule.title,
        topic: rule.topic, decides: rule.decides, subjectType: rule.subjectType, when: rule.when,
        unless: Self.unless(rule.unless, others), exceptions: [],
        require: Condition(
          kind: .any([
            rule.require, Condition(kind: .none([holds]), label: nil, range: waiver.range),
          ]), label: nil, range: waiver.range),
        because: nil, fix: nil, severity: .observe, effective: rule.effective, source: nil,
        quote: nil,
        dependsOnDecision: rule.dependsOnDecision
          || loader.readDecision(exceptions.flatMap(\.condition.expressions)),
        range: waiver.range, origin: .waiver(rule: rule.id, waiver: waiver.id))
    }
  }
}

extension Rule {
  /// The rule with another condition under which it does not apply.
  fileprivate func with(
    unless: Condition?, exceptions: [RuleException], dependsOnDecision: Bool
  ) -> Rule {
    Rule(
      id: id, title: title, topic: topic, decides: decides, subjectType: subjectType, when: when,
      unless: unless, exceptions: exceptions, require: require, because: because, fix: fix,
      severity: severity, effective: effective, source: source, quote: quote,
      dependsOnDecision: dependsOnDecision, range: range, origin: origin)
  }
}

extension Diagnostic {
  fileprivate static func idOfGenerated(
    _ id: String, at range: SourceRange, needed: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .duplicate, "'\(id)' is what the requirement that comes of this is called", at: range,
      notes: [Note("it comes of this", at: needed)], help: "give the rule another id")
  }
}
