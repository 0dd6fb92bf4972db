import CEL
import Diagnostics
import PolicyEngine

/// Finds the changes that make a difference to one problem of a trial.
struct OptionFinder {
  let judge: Judge
  let values: CandidateValues
  /// For whom ways out are looked for; nil where the policies name nobody.
  let role: String?
  /// Whether others may make changes too.
  let allowsOthers: Bool
  /// Whether also those are followed that seem to help nothing by themselves, or less than others do.
  let isThorough: Bool

  private var vocabulary: Vocabulary { judge.policies.vocabulary }

  /// A fact that may change.
  struct Place {
    let id: FactID
    let path: AttributePath
  }

  /// The facts that decided a problem and that somebody may change, or what holds them.
  func places(of problem: Int, in trial: Trial) -> [Place] {
    var seen: Set<AttributePath> = []
    var places: [Place] = []
    for path in decisiveFacts(of: problem, in: trial) {
      for fact in vocabulary.factsOnTheWay(of: path).reversed() {
        let place = Place(id: fact.id, path: path.prefix(fact.length))
        guard mayChange(fact.id), seen.insert(place.path).inserted else { continue }
        places.append(place)
      }
    }
    return places
  }

  /// The facts that decided a problem; of one that can no longer be met, those by which it applies.
  func decisiveFacts(of problem: Int, in trial: Trial) -> [AttributePath] {
    judge.decisivePaths(of: problem, in: trial).list
  }

  func mayChange(_ id: FactID) -> Bool {
    guard let by = vocabulary.declaration(of: id).changedBy else { return false }
    return allowsOthers || role == by
  }

  /// The changes that make a difference to a problem, the best first.
  func options(for problem: Int, in trial: Trial) -> [Option] {
    let before = judge.decisivePaths(of: problem, in: trial).set
    return places(of: problem, in: trial).flatMap { place -> [Option] in
      guard !judge.isExhausted else { return [] }
      var candidates = values.changes(of: place.id, at: place.path, in: trial.situation)
        .filter { change in !trial.changes.contains { $0.overlaps(change) } }
      var tried = candidates.compactMap { attempt($0, place, in: trial) }
      if !tried.contains(where: { !judge.has(problem, $0.trial) }) {
        candidates = boundaries(of: place, problem, in: trial, allowing: candidates)
        tried += candidates.compactMap { attempt($0, place, in: trial) }
      }
      return classes(of: tried, problem, before: before, in: trial)
    }.enumerated().sorted {
      ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset)
    }.map(\.element)
  }

  private func attempt(_ change: FactChange, _ place: Place, in trial: Trial) -> Option? {
    guard !judge.isExhausted else { return nil }
    let next = judge.trial(trial, with: change)
    let nature = vocabulary.changes(of: place.id)?.nature ?? .claim
    var cost = Cost(of: change, in: trial.draft, nature: nature)
    cost.foreign = vocabulary.declaration(of: place.id).changedBy == role ? 0 : 1
    cost.warnings = max(0, next.warningCount - trial.warningCount)
    return Option(change: change, trial: next, cost: cost)
  }

  // MARK: - Classes of values

  /// What a change comes to, as far as the rest of a search can tell.
  private struct Signature: Hashable {
    let kind: FactChanges.Kind
    let element: String
    let solved: [Int]
    let raised: [Int]
    let goneWarnings: [Int]
    let newWarnings: [Int]
    let decisive: Set<AttributePath>
  }

  /// Changes that come to the same, with the position of the best of them among all.
  private typealias Class = (position: Int, options: [Option])

  /// How many problems are looked at that a change concerns and leaves.
  private static let remainsLimit = 64

  /// The best of the changes of one fact that come to the same, without those that help nothing.
  private func classes(
    of tried: [Option], _ problem: Int, before: Set<AttributePath>, in trial: Trial
  ) -> [Option] {
    var groups: [Signature: [(position: Int, option: Option)]] = [:]
    for (position, option) in tried.stableSorted(by: { $0.cost < $1.cost }).enumerated() {
      let isOpen = judge.has(problem, option.trial)
      let decisive = isOpen ? judge.decisivePaths(of: problem, in: option.trial).set : []
      if !isThorough, isOpen, decisive == before, option.trial.hasSameProblems(as: trial) {
        continue
      }
      let removed = option.change.kind == .remove ? option.change.key : ""
      let signature = Signature(
        kind: option.change.kind, element: removed, solved: option.trial.solved,
        raised: option.trial.raised, goneWarnings: option.trial.goneWarnings,
        newWarnings: option.trial.newWarnings, decisive: decisive)
      groups[signature, default: []].append((position, option))
    }
    let classes = groups.values.flatMap { classesByRemains(of: $0) }
      .sorted { $0.position < $1.position }.flatMap { representatives(of: $0.options) }
    guard !isThorough else { return classes }
    return classes.filter { option in
      !classes.contains {
        $0.change.kind == option.change.kind && $0.change.kind != .remove
          && judge.leavesLess($0.trial, than: option.trial)
      }
    }
  }

  /// Changes with the same signature, told apart by what decides what they leave.
  private func classesByRemains(of group: [(position: Int, option: Option)]) -> [Class] {
    // One alone is told from no other.
    guard group.count > 1 else { return group.map { ($0.position, [$0.option]) } }
    var classes: [[Int: Set<AttributePath>]?: Class] = [:]
    for (position, option) in group {
      let remains = judge.remains(
        of: option.change, in: option.trial, limit: Self.remainsLimit)
      classes[remains, default: (position, [])].options.append(option)
    }
    return Array(classes.values)
  }

  /// The nearest of some changes that are the same so far; of values in order the first and the last too, since
  /// what is not given yet may need room before or after them.
  private func representatives(of options: [Option]) -> [Option] {
    guard let first = options.first else { return [] }
    guard isThorough || first.change.kind == .supply else { return [first] }
    let placed = options.compactMap { option in
      option.change.value?.position.map { (option: option, position: $0) }
    }
    guard placed.count > 1, let nearest = placed.first?.position,
      let least = placed.min(by: { $0.position < $1.position }),
      let most = placed.max(by: { $0.position < $1.position })
    else { return [first] }
    return [first] + [most, least].filter { $0.position != nearest }.map(\.option)
  }

  // MARK: - Boundaries

  /// The nearest values of an ordered fact on both sides that solve a problem, found by halving.
  private func boundaries(
    of place: Place, _ problem: Int, in trial: Trial, allowing candidates: [FactChange]
  ) -> [FactChange] {
    guard case .present(let value)? = trial.draft.find(place.path), value.position != nil,
      let model = candidates.first(where: { $0.kind == .replace })
    else { return [] }
    return [Int64(1), -1].compactMap { direction in
      let solves = { (steps: Int64) -> Bool in
        guard let moved = value.moved(by: direction * steps) else { return false }
        return !judge.has(problem, judge.trial(trial, with: model.with(moved)))
      }
      var high: Int64 = 1
      while !solves(high) {
        high *= 2
        guard high < 1 << 32, value.moved(by: direction * high) != nil, !judge.isExhausted else {
          return nil
        }
      }
      var low = high / 2
      while high - low > 1 {
        let middle = low + (high - low) / 2
        if solves(middle) { high = middle } else { low = middle }
      }
      return value.moved(by: direction * high).map { model.with($0) }
    }
  }
}

extension String {
  /// Whether another text is so near that this one may be a slip for it.
  func isNear(_ other: String) -> Bool {
    Suggestion.nearest(to: self, among: [other]) != nil
  }
}

extension Array {
  /// The elements in order, equal ones as they stand.
  func stableSorted(by areInOrder: (Element, Element) -> Bool) -> [Element] {
    enumerated().sorted { left, right in
      areInOrder(left.element, right.element)
        || !areInOrder(right.element, left.element) && left.offset < right.offset
    }.map(\.element)
  }
}
