import CEL
import PolicyEngine

/// Arranges the changes of a way as people make them: actions with all that they do, each when it is allowed.
struct ActionArranger {
  let judge: Judge
  let start: Trial

  /// How much work it is about to see what an action does to one thing.
  private static let effectWork = 20

  /// The way with what an action does set as the action does it, and in an order in which each change is allowed.
  func arranged(_ way: WaySearch.Way) -> WaySearch.Way {
    let merged = mergingEffects(way)
    guard merged.changes.contains(where: { judge.knowledge.gate(of: $0) != nil }) else {
      return merged
    }
    let ordered = inAllowedOrder(merged.changes)
    return WaySearch.Way(trial: judge.trial(start, with: ordered), cost: merged.cost)
  }

  /// The changes of a way that another of its changes makes too, each with the position of that one.
  func makers(in changes: [FactChange]) -> [Int: Int] {
    var makers: [Int: Int] = [:]
    let positions = changes.positionsByPath
    for (maker, change) in changes.enumerated() where hasEffects(change) {
      for effect in effects(of: change) {
        let made = positions[effect.path]?.first { changes[$0].isSame(as: effect) }
        if let made, made != maker { makers[made] = maker }
      }
    }
    return makers
  }

  /// What a change sets beside its own fact, in the document as it is.
  func effects(of change: FactChange) -> [FactChange] {
    let vocabulary = judge.policies.vocabulary
    let draft = start.draft.applying(change)
    guard let words = words(of: change),
      let holder = change.path.parent, case .present(.object(let owner))? = draft.find(holder)
    else { return [] }
    let context = DecisionContext(policies: judge.policies, document: draft, today: judge.today)
    return words.effects.flatMap { effect -> [FactChange] in
      let each = judge.policies.evaluator.evaluate(
        effect.each, in: context.activation(for: owner, decision: nil)
      ).objects
      let name = vocabulary.types[effect.type].facts[effect.fact].name
      judge.add(work: Self.effectWork * each.count)
      return each.compactMap { object in
        let activation = context.activation(for: object, decision: nil)
        if let when = effect.when, !context.holds(when, in: activation) { return nil }
        guard
          case .value(let value) = judge.policies.evaluator.evaluate(
            effect.value, in: activation)
        else { return nil }
        let isGiven = if case .present = object.value(ofField: effect.fact) { true } else { false }
        return FactChange(
          isGiven ? .replace : .supply, object.path.appending(.field(name)), value)
      }
    }
  }

  private func words(of change: FactChange) -> FactChanges.Words? {
    let vocabulary = judge.policies.vocabulary
    return vocabulary.factsOnTheWay(of: change.path).last
      .flatMap { vocabulary.changes(of: $0.id)?.words?[change.kind] }
  }

  private func hasEffects(_ change: FactChange) -> Bool {
    !(words(of: change)?.effects.isEmpty ?? true)
  }

  /// The way with the values that its actions set, where it is one with these as well.
  private func mergingEffects(_ way: WaySearch.Way) -> WaySearch.Way {
    var merged = way
    for action in way.changes where hasEffects(action) {
      let effects = effects(of: action)
      let positions = effects.positionsByPath
      let changes = merged.changes.map { change in
        let same = positions[change.path]?.first { effects[$0].kind == change.kind }
        return same.map { effects[$0] } ?? change
      }
      let others = changes.filter { $0.key != action.key }
      let trial = judge.trial(
        start, with: changes.filter { $0.key == action.key } + others)
      if Set(judge.problems(of: trial)).isSubset(of: judge.problems(of: merged.trial)) {
        merged = WaySearch.Way(trial: trial, cost: merged.cost)
      }
    }
    return merged
  }

  /// The changes in their order, but each that a decision must allow only once it does.
  ///
  /// What waits is looked at again once all else is made: the decisions are asked a few times in a round, and there
  /// are no more rounds than decisions. Where no order is found, what is left keeps its place: it is allowed only
  /// once all is done.
  private func inAllowedOrder(_ changes: [FactChange]) -> [FactChange] {
    var made: [FactChange] = []
    var left = changes
    while !left.isEmpty {
      let closed = closedGates(of: left, after: made)
      let waits = { (change: FactChange) in
        judge.knowledge.gate(of: change).map { closed.contains($0) } ?? false
      }
      let next = left.filter { !waits($0) }
      guard !next.isEmpty else { break }
      made += staysAllowed(next, after: made) ? next : gatedFirst(next)
      left.removeAll { !waits($0) }
    }
    return made + left
  }

  /// Whether what must be allowed still is when its turn comes, of changes that are when the first is made.
  private func staysAllowed(_ changes: [FactChange], after made: [FactChange]) -> Bool {
    var seen: Set<Int> = []
    for (index, change) in changes.enumerated() where index > 0 {
      guard let gate = judge.knowledge.gate(of: change), seen.insert(gate).inserted else {
        continue
      }
      if !closedGates(of: [change], after: made + changes[..<index]).isEmpty { return false }
    }
    return true
  }

  private func gatedFirst(_ changes: [FactChange]) -> [FactChange] {
    let isGated = { (change: FactChange) in judge.knowledge.gate(of: change) != nil }
    return changes.filter(isGated) + changes.filter { !isGated($0) }
  }

  /// Those of the decisions which must allow some changes that don't, once others are made.
  private func closedGates(of changes: [FactChange], after made: [FactChange]) -> Set<Int> {
    let gates = Set(changes.compactMap { judge.knowledge.gate(of: $0) }).sorted()
    guard !gates.isEmpty else { return [] }
    var work = changes.count
    for change in made { work += start.draft.listCount(on: change.path) / 16 + 1 }
    let context = DecisionContext(
      policies: judge.policies, document: start.draft.applying(made), today: judge.today)
    let outcomes = Findings(asked: gates, in: context, work: &work).outcomes(in: judge.policies)
    judge.add(work: work)
    return Set(gates.filter { outcomes[$0] != .pass })
  }
}

extension Evaluation {
  /// The objects that the value is, or is a list of.
  fileprivate var objects: [any CELObject] {
    switch self {
    case .value(.object(let object)): [object]
    case .value(.list(let elements)):
      elements.compactMap { if case .object(let object) = $0 { object } else { nil } }
    case .value, .error, .unknown: []
    }
  }
}

extension [FactChange] {
  /// The positions of the changes of each fact.
  fileprivate var positionsByPath: [AttributePath: [Int]] {
    Dictionary(grouping: indices) { self[$0].path }
  }
}

extension FactChange {
  /// Whether both set the same value.
  fileprivate func isSame(as other: FactChange) -> Bool {
    guard let value, let element = other.value else { return false }
    return value.isEqual(to: element)
  }

  /// Whether it puts another object in the place of one that is given.
  var replacesObject: Bool {
    if case .object? = value { kind == .replace } else { false }
  }
}
