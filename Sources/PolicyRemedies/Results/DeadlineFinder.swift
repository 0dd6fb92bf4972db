import CEL
import PolicyEngine

/// Finds until when something can be done.
struct DeadlineFinder {
  let judge: Judge
  let start: Trial

  private var policies: PolicySet { judge.policies }

  /// How many days ahead a last day is looked for; a way that is still one then has none.
  private static let horizon: Int64 = 366

  /// The last day for fixing a problem as its rule says; nil when the rule names none.
  func deadline(of problem: Int) -> Remedy.Deadline? {
    let finding = judge.findings[problem]
    guard let fix = policies.rules[finding.rule].fix,
      case .present(.object(let subject))? = start.draft.find(finding.path)
    else { return nil }
    guard fix.deadline != nil else { return nil }
    switch start.situation.context.prospect(of: fix, for: subject, decision: finding.decision) {
    case .until(let date):
      return Remedy.Deadline(date: date, label: label(of: fix.deadline), isPast: false)
    case .closed(let date):
      return Remedy.Deadline(date: date, label: label(of: fix.deadline), isPast: true)
    case .open, .unknown: return nil
    }
  }

  /// What the vocabulary calls a last day that is told by a term.
  private func label(of deadline: CheckedExpression?) -> String? {
    guard let field = deadline?.firstDerivedDate,
      let type = policies.vocabulary.type(named: field.typeName),
      type.terms.indices.contains(field.index - type.facts.count)
    else { return nil }
    return type.terms[field.index - type.facts.count].label
  }

  /// The last day on which a way is one in a document with others gone; nil when no day ends it.
  ///
  /// The others are made today: what ends these is theirs to tell. It is one today; from there on only the
  /// days are looked at on which a rule that knows the day may come to something else.
  func until(_ way: WaySearch.Way, beside draft: Draft) -> CivilDate? {
    let named = way.trial.solved.compactMap { deadline(of: $0) }.map(\.date).min()
    let moving = way.changes.flatMap { datesOfMaking($0) }
    let rules = judge.knowledge.reads.rulesReadingToday(or: moving)
    guard !rules.isEmpty else { return named }
    let gates = Set(way.changes.compactMap { judge.knowledge.gate(of: $0) }).sorted()
    let horizon = Int64(judge.today.daysSinceEpoch) + Self.horizon
    var day = Int64(judge.today.daysSinceEpoch)
    while day <= horizon {
      judge.add(work: 20 * rules.count)
      let date = CivilDate(daysSinceEpoch: Int32(clamping: day))
      let made = moving.reduce(draft.applying(way.changes)) {
        $0.setting($1.steps, to: .present(.date(date)))
      }
      var answers = DatedAnswers(
        policies, document: made, decisions: [judge.decision] + gates, rules: rules,
        moving: Set(moving))
      let (pass, days) = answers.pass(on: date)
      guard pass else {
        let last = CivilDate(daysSinceEpoch: date.daysSinceEpoch - 1)
        return named.map { min($0, last) } ?? last
      }
      day = days.upperBound + 1
    }
    return named
  }

  /// The facts of a change that are the day on which it is made.
  func datesOfMaking(_ change: FactChange) -> [AttributePath] {
    guard change.kind == .supply || change.kind == .replace, let value = change.value,
      let id = policies.vocabulary.factsOnTheWay(of: change.path).last?.id
    else { return [] }
    if change.kind == .supply, policies.vocabulary.changes(of: id)?.supplied == .today {
      return [change.path]
    }
    guard case .object(let object) = value, let draft = object as? Draft else { return [] }
    let type = policies.vocabulary.types[draft.type]
    return zip(type.facts, type.changes).compactMap { fact, changes in
      changes?.supplied == .today ? change.path.appending(.field(fact.name)) : nil
    }
  }
}

extension CheckedExpression {
  /// The first term in it that is a date.
  fileprivate var firstDerivedDate: FieldReference? {
    if case .derived(_, let field) = kind, type == .date { return field }
    return children.lazy.compactMap(\.firstDerivedDate).first
  }
}
