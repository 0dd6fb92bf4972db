import CEL
import Diagnostics
import YAML

/// Makes the rules of a policy set of what the files say: what is required, with its exceptions; that one of a
/// decision's grounds holds; and what counts the effect of waivers.
struct RuleAssembly {
  let loader: RuleLoader
  let decisions: [Decision]
  /// What each decision says of its value.
  let givings: [GivingDeclaration?]

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
    var givers: [Int: [GivenValue.Giver]] = [:]
    for case .gives(let giver, let given) in loaded {
      for decision in given { givers[decision, default: []].append(giver) }
    }
    let required = loaded.compactMap(\.required)
    var exceptionLoader = ExceptionLoader(
      loader: loader, rules: required, grounds: all, givers: givers.values.flatMap(\.self))
    let exceptions = exceptionLoader.load(nodes, into: &diagnostics)
    let excepted = required.map { rule in
      exceptions[rule.id].map { self.rule(rule, without: $0) } ?? rule
    }
    let granted = decisions.indices.compactMap { index in
      grounds[index].map { rule(thatOneHolds: $0, for: index) }
    }
    let given = decisions.indices.compactMap { index in
      givings[index].flatMap { rule(thatGives: $0, givers[index] ?? [], for: index, &diagnostics) }
    }
    let counting = required.flatMap { rule in
      self.counting(rule, exceptions: exceptions[rule.id] ?? [], all: exceptions)
    }
    for rule in granted + given + counting.filter({ exceptionLoader.ids[$0.id] != $0.range }) {
      guard let first = exceptionLoader.ids[rule.id] else { continue }
      diagnostics.append(.idOfGenerated(rule.id, at: first, needed: rule.range))
    }
    return excepted + granted + given + counting
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

  /// What a decision requires that gives a value: that there is one.
  private func rule(
    thatGives giving: GivingDeclaration, _ givers: [GivenValue.Giver], for index: Int,
    _ diagnostics: inout [Diagnostic]
  ) -> Rule? {
    let decision = decisions[index]
    guard !givers.isEmpty else {
      // A rule that gives and has a mistake is not there; that has been said.
      if !diagnostics.hasErrors {
        diagnostics.append(.nothingGives(decision.name, at: decision.range))
      }
      return nil
    }
    let value = GivenValue(
      type: giving.type, choice: giving.choice,
      givers: ordered(givers, of: giving, decision.name, &diagnostics),
      otherwise: giving.otherwise, combination: giving.combination)
    if giving.choice == .only { reportConflicts(among: givers, &diagnostics) }
    return Rule(
      id: "\(decision.name)-value", title: "One of its rules gives a value", topic: nil,
      decides: [index], subjectType: decision.subjectType, when: nil, unless: nil, exceptions: [],
      require: Condition(kind: .gives(value), label: nil, range: decision.range),
      because: nil, fix: nil, severity: .error, effective: nil, source: nil, quote: nil,
      dependsOnDecision: loader.readDecision(value.expressions), range: decision.range,
      origin: .value)
  }

  /// The rules that give, in the order that is written down.
  private func ordered(
    _ givers: [GivenValue.Giver], of giving: GivingDeclaration, _ decision: String,
    _ diagnostics: inout [Diagnostic]
  ) -> [GivenValue.Giver] {
    guard giving.choice == .first else { return givers }
    guard let order = giving.order else {
      if givers.count > 1 {
        diagnostics.append(
          .missingOrder(of: decision, givers.map(\.id), at: giving.range))
      }
      return givers
    }
    var rest = givers
    let ordered = order.compactMap { id, range -> GivenValue.Giver? in
      guard let index = rest.firstIndex(where: { $0.id == id }) else {
        diagnostics.append(
          .notAGiver(id, of: decision, known: givers.map(\.id), at: range))
        return nil
      }
      return rest.remove(at: index)
    }
    // What is misspelt would be missed too.
    if ordered.count == order.count, !rest.isEmpty {
      diagnostics.append(.orderMisses(rest.map(\.id), at: giving.range))
    }
    return ordered + rest
  }

  /// Reports rules that always give beside others, of which only one may.
  private func reportConflicts(
    among givers: [GivenValue.Giver], _ diagnostics: inout [Diagnostic]
  ) {
    for (index, giver) in givers.enumerated() where giver.condition == nil {
      guard let other = givers.indices.first(where: { $0 != index }).map({ givers[$0] }) else {
        continue
      }
      diagnostics.append(.givesBeside(giver.id, other.id, at: giver.range, other: other.range))
    }
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
  fileprivate static func nothingGives(_ decision: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .nothingGives, "no rule gives the value of decision '\(decision)'", at: range,
      help: "write a rule with 'decides: [\(decision)]' and 'gives'")
  }

  fileprivate static func missingOrder(
    of decision: String, _ ids: [String], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .missingKey,
      "decision '\(decision)' needs 'order', since several rules may be the first",
      at: range, help: "add 'order: [\(ids.joined(separator: ", "))]' with the rules in their order"
    )
  }

  fileprivate static func notAGiver(
    _ id: String, of decision: String, known: [String], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .unknownRule, "'\(id)' is not a rule that gives the value of '\(decision)'",
      at: range,
      help: Suggestion.helpOrList(for: id, among: known, listing: "the rules that give it are"))
  }

  fileprivate static func orderMisses(_ ids: [String], at range: SourceRange) -> Diagnostic {
    let listed = ids.map { "'\($0)'" }.joined(separator: ", ")
    return Diagnostic(
      code: .missingValue, "the order misses \(listed)", at: range,
      help: "name every rule that gives the value, in the order in which they are asked")
  }

  fileprivate static func givesBeside(
    _ id: String, _ other: String, at range: SourceRange, other place: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .alwaysGives,
      "rule '\(id)' always gives a value, so it conflicts wherever '\(other)' gives one too",
      at: range,
      notes: [Note("the other rule", at: place)],
      help: "say under 'when' where it gives, or write its value under 'otherwise' of the decision")
  }

  fileprivate static func idOfGenerated(
    _ id: String, at range: SourceRange, needed: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .duplicate, "'\(id)' is what the requirement that comes of this is called", at: range,
      notes: [Note("it comes of this", at: needed)], help: "give the rule another id")
  }
}
