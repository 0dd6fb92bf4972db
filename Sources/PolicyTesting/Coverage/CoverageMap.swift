import CEL
import Diagnostics
import PolicyEngine

/// All that cases should show of a policy set, and where to note that they do.
struct CoverageMap {
  /// A rule's or parameter's dates that some case's governing date should be.
  struct Edge {
    let point: Int
    let day: CivilDate
  }

  private(set) var points: [Coverage.Point] = []
  /// The outcome of a rule: the points by outcome, for each rule by its index.
  private(set) var outcomes: [[Coverage.Aspect: Int]] = []
  /// The points of a condition part that is true, and false, by its place.
  private(set) var parts: [SourceRange: (isTrue: Int, isFalse: Int)] = [:]
  /// The edges of each rule's dates, by the index of the rule.
  private(set) var ruleEdges: [[Edge]] = []
  /// The edges of each parameter's values, by the index of the parameter.
  private(set) var parameterEdges: [[Edge]] = []
  /// The points of a rule's words, by the id of the rule.
  private(set) var texts: [String: [Coverage.Aspect: Int]] = [:]

  init(_ policies: PolicySet) {
    let definiteness = Definiteness(policies)
    for rule in policies.rules {
      add(rule, isNeverUndetermined: definiteness.isNeverUndetermined(rule), policies)
    }
    for type in policies.vocabulary.types {
      for term in type.terms { add(term, of: type, policies) }
    }
    for parameter in policies.vocabulary.parameters { add(parameter) }
  }

  mutating func mark(_ point: Int) {
    switch points[point].state {
    case .seen(let count): points[point].state = .seen(count + 1)
    // What is seen is possible, whatever was thought of it.
    case .unseen, .impossible: points[point].state = .seen(1)
    }
  }

  @discardableResult
  private mutating func add(
    _ owner: Coverage.Owner, _ aspect: Coverage.Aspect, _ sentence: String, at range: SourceRange,
    impossible reason: String? = nil
  ) -> Int {
    points.append(
      Coverage.Point(
        owner: owner, aspect: aspect, sentence: sentence, range: range,
        state: reason.map { .impossible($0) } ?? .unseen))
    return points.count - 1
  }

  // MARK: Rules

  private mutating func add(_ rule: Rule, isNeverUndetermined: Bool, _ policies: PolicySet) {
    let owner = Coverage.Owner.rule(rule.id)
    let guardRange = (rule.when ?? rule.unless)?.range ?? rule.range
    let isGuarded = rule.when != nil || rule.unless != nil || rule.effective != nil
    var own: [Coverage.Aspect: Int] = [:]
    own[.applies] = add(
      owner, .applies, "no case in which '\(rule.id)' applies", at: guardRange)
    own[.doesNotApply] = add(
      owner, .doesNotApply, "no case in which '\(rule.id)' does not apply", at: guardRange,
      impossible: isGuarded ? nil : "it has no 'when', 'unless' or 'effective'")
    own[.satisfied] = add(
      owner, .satisfied, "no case in which '\(rule.id)' is satisfied", at: rule.require.range)
    own[.violated] = add(
      owner, .violated, "no case in which '\(rule.id)' is violated", at: rule.require.range)
    own[.undetermined] = add(
      owner, .undetermined, "no case in which '\(rule.id)' is undetermined", at: rule.range,
      impossible: isNeverUndetermined
        ? "it reads nothing that could be missing"
        : rule.countedWaiver.map { _ in "it only counts the effect of a waiver" })
    if let given = rule.given, given.alwaysGives {
      exclude(own[.violated], "there is always a rule that gives, or a value otherwise")
    }
    outcomes.append(own)

    var conditions = ConditionParts()
    let hasWays = [rule.when != nil, rule.unless != nil, rule.effective != nil].count { $0 } > 1
    if let when = rule.when { conditions.add(when, isTold: hasWays) }
    if let unless = rule.unless { conditions.add(unless, isTold: true) }
    conditions.add(rule.require, isTold: false)
    let texts = [rule.because, rule.fix?.action].compactMap(\.self).flatMap(\.expressions)
    for expression in texts + (rule.fix?.deadline.map { [$0] } ?? []) { conditions.add(expression) }
    add(conditions, of: owner)
    excludeImpossible(in: rule, own, policies.vocabulary)
    excludeImpossible(in: conditions.detached, policies.vocabulary)

    addTexts(of: rule)
    addEdges(of: rule)
  }

  private mutating func addTexts(of rule: Rule) {
    let owner = Coverage.Owner.rule(rule.id)
    var own: [Coverage.Aspect: Int] = [:]
    if let because = rule.because {
      own[.reason] = add(
        owner, .reason, "no case expects words of this reason", at: because.range)
    }
    if let fix = rule.fix {
      own[.fix] = add(owner, .fix, "no case expects words of this fix", at: fix.action.range)
      if let deadline = fix.deadline {
        own[.deadline] = add(
          owner, .deadline, "no case expects this last day of the fix", at: deadline.range)
      }
    }
    texts[rule.id] = own
  }

  private mutating func addEdges(of rule: Rule) {
    var edges: [Edge] = []
    func add(_ effective: EffectiveDates?, of id: String, at range: SourceRange) {
      func add(_ aspect: Coverage.Aspect, _ day: CivilDate, _ words: String) {
        let point = self.add(
          .rule(rule.id), aspect, "no case of \(day), \(words) '\(id)' is in force", at: range)
        edges.append(Edge(point: point, day: day))
      }
      if let from = effective?.from {
        add(.dayBefore, from.day(-1), "the day before")
        add(.firstDay, from, "the first day on which")
      }
      if let until = effective?.until {
        add(.lastDay, until, "the last day on which")
        add(.dayAfter, until.day(1), "the day after that on which last")
      }
    }
    add(rule.effective, of: rule.id, at: rule.range)
    for ground in rule.grounds { add(ground.effective, of: ground.id, at: ground.range) }
    for giver in rule.given?.givers ?? [] {
      add(giver.effective, of: giver.id, at: giver.range)
    }
    for exception in rule.exceptions {
      add(exception.effective, of: exception.id, at: exception.range)
    }
    ruleEdges.append(edges)
  }

  // MARK: Terms and parameters

  private mutating func add(
    _ term: VocabularyType.Term, of type: VocabularyType, _ policies: PolicySet
  ) {
    var conditions = ConditionParts()
    conditions.add(term.definition)
    add(conditions, of: .term("\(type.variable).\(term.name)"))
    excludeImpossible(in: conditions.detached, policies.vocabulary)
  }

  private mutating func add(_ parameter: Parameter) {
    var edges: [Edge] = []
    func add(_ aspect: Coverage.Aspect, _ day: CivilDate, _ words: String, at range: SourceRange) {
      let point = self.add(
        .parameter(parameter.name), aspect,
        "no case of \(day), \(words), in which '\(parameter.name)' is read", at: range)
      edges.append(Edge(point: point, day: day))
    }
    for (index, value) in parameter.values.enumerated() where !parameter.isCalendar {
      let hasValueBefore = parameter.value(on: value.from.day(-1)) != nil
      let before =
        index == 0
        ? "when it has no value yet"
        : hasValueBefore ? "the last of the value before" : "the last without a value"
      add(.dayBefore, value.from.day(-1), before, at: value.range)
      add(.firstDay, value.from, "the first of this value", at: value.range)
      guard let end = value.end else { continue }
      add(.lastDay, end.from.day(-1), "the last of this value", at: end.range)
      add(.dayAfter, end.from, "the first without a value", at: end.range)
    }
    parameterEdges.append(edges)
  }

  // MARK: Parts

  private mutating func add(_ conditions: ConditionParts, of owner: Coverage.Owner) {
    for part in conditions.parts where parts[part.range] == nil {
      parts[part.range] = (
        // One right behind the other.
        add(owner, .isTrue, "no case in which '\(part.words)' is true", at: part.range),
        add(owner, .isFalse, "no case in which '\(part.words)' is false", at: part.range)
      )
    }
  }

  /// The point of each part that is true, by the part's place; that of one that is false follows it.
  private var watchedParts: [SourceRange: Int] { parts.mapValues(\.isTrue) }

  /// Notes which outcomes a rule can't have, and which of its parts can't be true or false where they have a
  /// say, by trying all values that its parts could have.
  private mutating func excludeImpossible(
    in rule: Rule, _ own: [Coverage.Aspect: Int], _ vocabulary: Vocabulary
  ) {
    var forms = LogicalForms(vocabulary, watching: watchedParts)
    let form = RuleForm(rule, &forms)
    var seen: Set<Int> = []
    var outcomes: Set<Coverage.Aspect> = rule.effective == nil ? [] : [.doesNotApply]
    let isWhole = forms.holdForAll { values in
      switch form.outcome(values, watch: { seen.note($0, $1) }) {
      case .doesNotApply: outcomes.insert(.doesNotApply)
      case .satisfied: outcomes.formUnion([.applies, .satisfied])
      case .violated: outcomes.formUnion([.applies, .violated])
      case .undetermined: break
      }
      return true
    }
    guard isWhole else { return }
    for aspect in [Coverage.Aspect.applies, .doesNotApply, .satisfied, .violated]
    where !outcomes.contains(aspect) {
      exclude(own[aspect], "its conditions never have that outcome")
    }
    excludeUnseen(seen, of: forms.found)
  }

  private mutating func excludeImpossible(
    in expressions: [CheckedExpression], _ vocabulary: Vocabulary
  ) {
    for expression in expressions {
      var forms = LogicalForms(vocabulary, watching: watchedParts)
      let form = forms.form(of: expression)
      var seen: Set<Int> = []
      let isWhole = forms.holdForAll { values in
        _ = form.value(values) { seen.note($0, $1) }
        return true
      }
      if isWhole { excludeUnseen(seen, of: forms.found) }
    }
  }

  private mutating func excludeUnseen(_ seen: Set<Int>, of found: Set<Int>) {
    for point in found.flatMap({ [$0, $0 + 1] }) where !seen.contains(point) {
      exclude(point, "it is never so where it is looked at")
    }
  }

  private mutating func exclude(_ point: Int?, _ reason: String) {
    guard let point, points[point].state == .unseen else { return }
    points[point].state = .impossible(reason)
  }
}

extension Set<Int> {
  /// Adds the point of a part that has a value.
  fileprivate mutating func note(_ point: Int, _ value: LogicalValue) {
    switch value {
    case .yes: insert(point)
    case .no: insert(point + 1)
    case .undetermined: break
    }
  }
}

extension CivilDate {
  /// The date so many days later.
  fileprivate func day(_ days: Int32) -> CivilDate {
    CivilDate(daysSinceEpoch: daysSinceEpoch &+ days)
  }
}
