import CEL
import PolicyEngine

/// Finds until when something can be done.
struct DeadlineFinder {
  let judge: Judge
  let start: Trial

  private var policies: PolicySet { judge.policies }

  /// How many days ahead a last day is looked for; a way that is still one then has none.
  private static let horizon = 366

  /// The last day for mending a problem as its rule says; nil when the rule names none.
  func deadline(of problem: Int) -> Remedy.Deadline? {
    let finding = judge.findings[problem]
    guard let fix = policies.rules[finding.rule].fix,
      case .present(.object(let subject))? = start.draft.find(finding.path.steps)
    else { return nil }
    let context = DecisionContext(policies: policies, document: start.draft, today: judge.today)
    switch context.prospect(of: fix, for: subject, decision: finding.decision) {
    case .until(let date):
      return Remedy.Deadline(date: date, label: label(of: fix.deadline), isPast: false)
    case .closed(let date):
      return Remedy.Deadline(date: date, label: label(of: fix.deadline), isPast: true)
    case .open, .unknown: return nil
    }
  }

  /// What the vocabulary calls a last day that is told by a term.
  private func label(of deadline: CheckedExpression?) -> String? {
    guard case .derived(_, let field)? = deadline?.kind,
      let type = policies.vocabulary.type(named: field.typeName),
      type.terms.indices.contains(field.index - type.facts.count)
    else { return nil }
    return type.terms[field.index - type.facts.count].label
  }

  /// The last day on which a way is one, others being gone as well; nil when no day ends it.
  func until(_ way: WaySearch.Way, others: [FactChange]) -> CivilDate? {
    let solved = start.problems.filter { !way.trial.problems.contains($0) }
    let named = solved.compactMap { deadline(of: $0) }.map(\.date).min()
    let changes = way.changes + others
    if let named, passes(changes, on: named), !passes(changes, on: named.advanced(by: 1)) {
      return named
    }
    guard !passes(changes, on: judge.today.advanced(by: Self.horizon)) else { return named }
    var (low, high) = (0, Self.horizon)
    while high - low > 1 {
      let middle = (low + high) / 2
      if passes(changes, on: judge.today.advanced(by: middle)) {
        low = middle
      } else {
        high = middle
      }
    }
    return [named, judge.today.advanced(by: low)].compactMap(\.self).min()
  }

  private func passes(_ changes: [FactChange], on day: CivilDate) -> Bool {
    let draft = start.draft.applying(changes.map { onDay(day, $0) ?? $0 })
    return judge.passes(draft, after: changes, on: day)
  }

  /// The change as it is when made on a day; nil when it is the same on every day.
  private func onDay(_ day: CivilDate, _ change: FactChange) -> FactChange? {
    guard change.kind == .supply || change.kind == .replace, let value = change.value,
      let id = policies.vocabulary.factsOnTheWay(of: change.path).last?.id
    else { return nil }
    if policies.vocabulary.changes(of: id)?.supplied == .today { return change.with(.date(day)) }
    guard case .object(let object) = value, let draft = object as? Draft else { return nil }
    var isChanged = false
    var fields = draft.fields
    for (index, words) in policies.vocabulary.types[draft.type].changes.enumerated()
    where words?.supplied == .today {
      fields[index] = .present(.date(day))
      isChanged = true
    }
    guard isChanged else { return nil }
    return change.with(
      .object(Draft(schema: draft.schema, type: draft.type, path: draft.path, fields: fields)))
  }
}

extension CivilDate {
  func advanced(by days: Int) -> CivilDate {
    CivilDate(daysSinceEpoch: daysSinceEpoch + Int32(clamping: days))
  }
}
