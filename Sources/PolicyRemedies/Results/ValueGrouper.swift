import CEL
import PolicyEngine

/// Finds which other values of a way's changes would do as well, of all its changes together.
struct ValueGrouper {
  let judge: Judge
  let values: CandidateValues
  let start: Trial
  let way: [FactChange]
  /// The document with the best ways of the other steps gone.
  let beside: Trial
  /// The positions of the changes that another one makes too, with those of the makers.
  let makers: [Int: Int]
  private let arranger: ActionArranger
  /// The positions of the changes that make others.
  private let actions: Set<Int>
  private let rests = Rests()
  /// The positions of the changes whose values are free, and of those that have an order among them.
  private let free: [Int]
  private let ordered: [Int]

  /// What the way makes of the document without one of its changes.
  private final class Rests {
    var known: [Int: Trial] = [:]
  }

  /// Values of a way's changes of which any goes with any of the others, within the gaps.
  struct Box {
    /// The changes with values that were tried.
    var changes: [FactChange]
    /// The values that would do, for each change.
    var values: [ChangedFact.Values]
    /// Texts that would not do where else anything does, for each change.
    var exceptions: [ChangedFact.Exceptions?]
    /// How far values must be apart.
    var gaps: [OrderedRegion.Gap] = []
  }

  /// The number of other changes up to which each is left out, to see whether a value makes it needless.
  private static let restLimit = 8
  /// The most combinations of values that are tried.
  private static let combinationLimit = 200
  /// The most boxes that a way is split into.
  private static let boxLimit = 6

  private var vocabulary: Vocabulary { judge.policies.vocabulary }

  init(judge: Judge, values: CandidateValues, start: Trial, way: [FactChange], beside: Trial) {
    self.judge = judge
    self.values = values
    self.start = start
    self.way = way
    self.beside = beside
    arranger = ActionArranger(judge: judge, start: start)
    let makers = arranger.makers(in: way)
    self.makers = makers
    actions = Set(makers.values)
    let free = way.indices.filter { makers[$0] == nil }
    self.free = free
    let vocabulary = judge.policies.vocabulary
    ordered = free.filter { index in
      guard way[index].value?.position != nil,
        let id = vocabulary.factsOnTheWay(of: way[index].path).last?.id
      else { return false }
      switch way[index].kind {
      case .replace: return true
      case .supply: return vocabulary.changes(of: id)?.supplied == nil
      case .drop, .add, .remove: return false
      }
    }
  }

  /// The boxes of values that do; the one with what was tried comes first.
  func boxes() -> [Box] {
    let listed = combinations()
    return listed.boxes.prefix(Self.boxLimit).map { box(listed.candidates, $0) }
  }

  // MARK: - Trying

  /// The document with the way's changes made, of which some have other values and one is left out.
  private func trial(_ others: [Int: FactChange], without left: Int? = nil) -> Trial {
    // One change after the other is tried on what the rest makes of the document.
    if left == nil, others.count == 1, let (index, change) = others.first {
      return judge.trial(rest(without: index), with: making(index, change))
    }
    let changes = free.filter { $0 != left }.flatMap { making($0, others[$0] ?? way[$0]) }
    return judge.trial(beside, with: changes)
  }

  private func rest(without index: Int) -> Trial {
    if let known = rests.known[index] { return known }
    let changes = free.filter { $0 != index }.flatMap { making($0, way[$0]) }
    let trial = judge.trial(beside, with: changes)
    rests.known[index] = trial
    return trial
  }

  /// A change with what it does beside.
  private func making(_ index: Int, _ change: FactChange) -> [FactChange] {
    actions.contains(index) ? [change] + arranger.effects(of: change) : [change]
  }

  /// Whether some values are enough, and none of the changes needless with them.
  private func isJustEnough(_ others: [Int: FactChange]) -> Bool {
    guard judge.passes(trial(others)) else { return false }
    guard free.count > 1, free.count <= Self.restLimit + 1 else { return true }
    return free.allSatisfy { !judge.passes(trial(others, without: $0)) }
  }

  // MARK: - Values that have no order

  private typealias Listed = (candidates: [[FactChange]], boxes: [[[Int]]])

  /// The values that each change could have, what was tried first; and which of them go together.
  private func combinations() -> Listed {
    var candidates = way.indices.map { index -> [FactChange] in
      free.contains(index) && !ordered.contains(index) ? self.candidates(of: index) : [way[index]]
    }
    if candidates.combinationCount > Self.combinationLimit {
      candidates = candidates.enumerated().map { index, all in
        all.enumerated().filter { $0.offset == 0 || isJustEnough([index: $0.element]) }
          .map(\.element)
      }
    }
    if candidates.combinationCount > Self.combinationLimit {
      // Where there are too many to try, nothing is said but of the change with the most values.
      let most = candidates.indices.max { candidates[$0].count < candidates[$1].count }
      for index in candidates.indices where index != most {
        candidates[index].removeLast(candidates[index].count - 1)
      }
    }
    let first = Array(repeating: 0, count: way.count)
    var good: [(combination: [Int], warnings: [Int])] = []
    let tried = trial([:])
    good.append((first, tried.newWarnings))
    for combination in candidates.combinations where combination != first {
      guard !judge.isEverythingExhausted else { break }
      var others: [Int: FactChange] = [:]
      for index in free where combination[index] != 0 {
        others[index] = candidates[index][combination[index]]
      }
      if isJustEnough(others) { good.append((combination, trial(others).newWarnings)) }
    }
    // What makes other rules warn is told apart.
    var groups: [(warnings: [Int], combinations: [[Int]])] = []
    for (combination, warnings) in good {
      if let index = groups.firstIndex(where: { $0.warnings == warnings }) {
        groups[index].combinations.append(combination)
      } else {
        groups.append((warnings, [combination]))
      }
    }
    return (candidates, groups.flatMap { Boxes.boxes(of: $0.combinations) })
  }

  /// The values that a change could have as well, its own first.
  private func candidates(of index: Int) -> [FactChange] {
    let change = way[index]
    guard change.value != nil, change.kind != .remove,
      let id = vocabulary.factsOnTheWay(of: change.path).last?.id
    else { return [change] }
    let own = FactChange.Identity(change)
    return [change]
      + values.changes(of: id, at: change.path, in: start.situation)
      .filter { $0.kind == change.kind && FactChange.Identity($0) != own }
  }

  // MARK: - Boxes

  /// A box with the bounds of ordered values; one combination of the others where these bounds are not those of all.
  private func box(_ candidates: [[FactChange]], _ numbers: [[Int]]) -> Box {
    var first: [Int: FactChange] = [:]
    for index in free where numbers[index][0] != 0 {
      first[index] = candidates[index][numbers[index][0]]
    }
    let region = region(with: first)
    let choices = zip(candidates, numbers).map { all, chosen in chosen.map { all[$0] } }
    let isForAll = ordered.isEmpty || holds(region, for: choices)
    return make(candidates, isForAll ? numbers : numbers.map { [$0[0]] }, region, first)
  }

  /// Whether the ends of a region do with every combination of other values.
  private func holds(_ region: OrderedRegion, for choices: [[FactChange]]) -> Bool {
    choices.combinations.dropFirst().allSatisfy { combination in
      guard !judge.isEverythingExhausted else { return false }
      var others: [Int: FactChange] = [:]
      for index in free { others[index] = choices[index][combination[index]] }
      return [\OrderedRegion.lowest, \.highest].allSatisfy { end in
        judge.passes(trial(others.merging(moved(region[keyPath: end])) { $1 }))
      }
    }
  }

  private func make(
    _ candidates: [[FactChange]], _ numbers: [[Int]], _ region: OrderedRegion,
    _ first: [Int: FactChange]
  ) -> Box {
    var box = Box(
      changes: way.indices.map { first[$0] ?? way[$0] }, values: [], exceptions: [])
    for index in way.indices {
      var exceptions: ChangedFact.Exceptions?
      if let position = ordered.firstIndex(of: index) {
        let (from, until) = region.bounds[position]
        let value = way[index].value
        box.values.append(
          .range(
            from: from.flatMap { value?.moved(by: $0) },
            until: until.flatMap { value?.moved(by: $0) }))
      } else {
        let chosen = numbers[index].map { candidates[index][$0] }
        box.values.append(
          values(
            chosen,
            of: chosen.contains(where: \.isComposed)
              ? self.candidates(of: index) : candidates[index], at: index, first,
            exceptions: &exceptions))
      }
      box.exceptions.append(exceptions)
    }
    box.gaps = region.gaps.map {
      .init(earlier: ordered[$0.earlier], later: ordered[$0.later], steps: $0.steps)
    }
    for (made, maker) in makers.sorted(by: { $0.key < $1.key }) {
      if first[maker] != nil {
        // What an action does is done with its value.
        let effect = arranger.effects(of: box.changes[maker]).first { $0.path == way[made].path }
        if let effect { box.changes[made] = effect }
      }
      box.values[made] = .oneOf([box.changes[made].value].compactMap(\.self))
      // What an action sets to its own value stays so, whatever that is.
      if ordered.contains(maker), follows(made, maker) {
        box.gaps.append(.init(earlier: maker, later: made, steps: 0))
        box.gaps.append(.init(earlier: made, later: maker, steps: 0))
      }
    }
    return box
  }

  /// Whether an action gives another fact its own value.
  private func follows(_ made: Int, _ maker: Int) -> Bool {
    guard let value = way[maker].value, way[made].value?.isEqual(to: value) ?? false,
      let moved = value.moved(by: 1)
    else { return false }
    return arranger.effects(of: way[maker].with(moved))
      .contains { $0.path == way[made].path && $0.value?.isEqual(to: moved) ?? false }
  }

  private func values(
    _ chosen: [FactChange], of all: [FactChange], at index: Int, _ first: [Int: FactChange],
    exceptions: inout ChangedFact.Exceptions?
  ) -> ChangedFact.Values {
    guard let value = chosen.first?.value else { return .nothing }
    if case .object = value { return object(value, chosen, of: all) }
    guard chosen.contains(where: \.isOpen) else { return .oneOf(chosen.compactMap(\.value)) }
    func passes(_ value: CELValue) -> Bool {
      judge.passes(trial(first.merging([index: way[index].with(value)]) { $1 }))
    }
    exceptions = ChangedFact.Exceptions(
      values: all.filter { !$0.isOpen && $0.value.map { !passes($0) } ?? false }
        .compactMap(\.value),
      areBlank: !passes(.string("")) || !passes(.string(" ")))
    let example = vocabulary.factsOnTheWay(of: way[index].path).last
      .flatMap { vocabulary.changes(of: $0.id)?.example }
    return .anything(example: example.map { passes($0) } ?? false ? example : nil)
  }

  // MARK: - Values that have an order

  private func moved(_ offsets: [Int64]) -> [Int: FactChange] {
    var moved: [Int: FactChange] = [:]
    for (index, offset) in zip(ordered, offsets) where offset != 0 {
      if let value = way[index].value?.moved(by: offset) { moved[index] = way[index].with(value) }
    }
    return moved
  }

  private func region(with first: [Int: FactChange]) -> OrderedRegion {
    guard !ordered.isEmpty else { return .pinned(0) }
    return OrderedRegionFinder(
      tried: ordered.compactMap { way[$0].value },
      landmarks: ordered.map { landmarks(of: $0) },
      holds: { judge.passes(trial(first.merging(moved($0)) { $1 })) },
      isExhausted: { judge.isEverythingExhausted }
    ).region()
  }

  /// How far the values are that conditions compare a fact with.
  private func landmarks(of index: Int) -> [Int64] {
    guard let value = way[index].value,
      let id = vocabulary.factsOnTheWay(of: way[index].path).last?.id
    else { return [] }
    return values.changes(of: id, at: way[index].path, in: start.situation).compactMap {
      $0.value.flatMap { value.steps(until: $0) }
    }
  }

  // MARK: - Objects

  private func object(
    _ tried: CELValue, _ passing: [FactChange], of candidates: [FactChange]
  ) -> ChangedFact.Values {
    func drafts(_ changes: [FactChange]) -> [Draft] {
      changes.compactMap { change in
        if case .object(let object)? = change.value { object as? Draft } else { nil }
      }
    }
    let (good, all) = (drafts(passing), drafts(candidates))
    let own = if case .object(let object) = tried { object as? Draft } else { nil as Draft? }
    guard let first = own ?? good.first, good.count < all.count else { return .object([]) }
    let type = vocabulary.types[first.type]
    // What the facts may be, what was tried first.
    let choices = type.facts.indices.map { fact in
      ([first.presentValue(fact)] + all.map { $0.presentValue(fact) }).compactMap(\.self)
        .withoutRepeats()
    }
    func numbers(_ draft: Draft) -> [Int] {
      type.facts.indices.map { fact in
        let value = draft.presentValue(fact)
        return choices[fact].firstIndex { value?.isEqual(to: $0) ?? false } ?? 0
      }
    }
    let box = Boxes.box(around: numbers(first), in: Set(good.map(numbers) + [numbers(first)]))
    let restricted = type.facts.indices.filter { box[$0].count < choices[$0].count }
      .map { fact in (fact, box[fact].map { choices[fact][$0] }) }
    return .object(
      restricted.map { fact, values in
        let declaration = type.facts[fact]
        return (
          declaration.name, declaration.label ?? declaration.name, declaration.expressionType,
          values
        )
      })
  }
}

extension Draft {
  fileprivate func presentValue(_ fact: Int) -> CELValue? {
    if case .present(let value) = fields[fact] { value } else { nil }
  }
}

extension FactChange {
  /// Whether it gives an object, or stands for any text: then what it is not matters too.
  fileprivate var isComposed: Bool { if case .object? = value { true } else { isOpen } }
}

extension [[FactChange]] {
  /// How many combinations there are of one of each.
  fileprivate var combinationCount: Int {
    reduce(1) { $0.multipliedReportingOverflow(by: Swift.max(1, $1.count)).partialValue }
  }

  /// The combinations of one of each, by their positions; that of the first ones comes first.
  fileprivate var combinations: [[Int]] {
    reduce([[]]) { rows, choices in rows.flatMap { row in choices.indices.map { row + [$0] } } }
  }
}
