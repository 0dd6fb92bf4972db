import CEL
import PolicyEngine

/// Finds which other values of a changed fact would do as well.
struct ValueGrouper {
  let judge: Judge
  let values: CandidateValues
  let start: Trial

  /// The number of other changes up to which each is left out, to see whether a value makes it needless.
  private static let restLimit = 8

  private var vocabulary: Vocabulary { judge.policies.vocabulary }

  /// The values that solve what a change solves, with the other changes of its way, beside those of other ways.
  ///
  /// Where two values that have an order are supplied together, each has its bounds by the other, and
  /// nothing is said of them: they are for whoever knows what happened.
  func values(
    for change: FactChange, with rest: [FactChange], beside: Trial,
    along effects: @escaping (FactChange) -> [FactChange] = { _ in [] }
  ) -> ChangedFact.Values {
    guard let value = change.value else { return .nothing }
    let isCoupled =
      change.kind == .supply && value.position != nil
      && rest.contains { $0.kind == .supply && $0.value?.position != nil }
    if isCoupled { return .anything(example: nil) }
    let made = judge.trial(beside, with: rest)
    let passes = { (candidate: FactChange) in
      judge.passes(judge.trial(made, with: [candidate] + effects(candidate)))
    }
    guard change.kind != .remove else { return .oneOf([value]) }
    guard let id = vocabulary.factsOnTheWay(of: change.path).last?.id else {
      return .oneOf([value])
    }
    if value.position != nil,
      change.kind == .replace || vocabulary.changes(of: id)?.supplied == nil
    {
      return range(around: value, change, passes)
    }
    let candidates = values.changes(of: id, at: change.path, in: start.situation)
      .filter { $0.kind == change.kind }
    // With each of the other changes left out, a value must not be enough.
    let indices = rest.count <= Self.restLimit ? Array(rest.indices) : []
    let less = indices.map { left in
      judge.trial(beside, with: rest.enumerated().filter { $0.offset != left }.map(\.element))
    }
    let passing = candidates.filter { candidate in
      !judge.isEverythingExhausted && passes(candidate)
        && less.allSatisfy { !judge.passes(judge.trial($0, with: candidate)) }
    }
    if case .object = value { return object(value, passing, of: candidates) }
    if passing.contains(where: \.isOpen) {
      let example = vocabulary.changes(of: id)?.example
      let holds = example.map { passes(change.with($0)) } ?? false
      return .anything(example: holds ? example : nil)
    }
    // What was tried comes first.
    let others = passing.compactMap(\.value).filter { !$0.isEqual(to: value) }
    return .oneOf([value] + others)
  }

  // MARK: - Ordered values

  /// How many steps from a value another is looked for that is not enough any more: about a century.
  private static func reach(of value: CELValue) -> Int64 {
    if case .date = value { 1 << 15 } else { 1 << 31 }
  }

  private func range(
    around value: CELValue, _ change: FactChange, _ passes: @escaping (FactChange) -> Bool
  ) -> ChangedFact.Values {
    func end(_ direction: Int64) -> CELValue? {
      let holds = { (steps: Int64) in
        value.moved(by: direction * steps).map { passes(change.with($0)) } ?? false
      }
      var low: Int64 = 0
      var high: Int64 = 1
      while holds(high) {
        low = high
        high *= 2
        guard high < Self.reach(of: value) else { return nil }
      }
      while high - low > 1 {
        let middle = low + (high - low) / 2
        if holds(middle) { low = middle } else { high = middle }
      }
      return value.moved(by: direction * low)
    }
    return .range(from: end(-1), until: end(1))
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
    // One fact that settles it alone says most, where there is one: the one that leaves most open.
    let alone = type.facts.indices.compactMap {
      fact -> (fact: Int, values: [CELValue], count: Int)? in
      let values = all.compactMap { $0.presentValue(fact) }.withoutRepeats().filter { value in
        all.filter { $0.presentValue(fact)?.isEqual(to: value) ?? false }
          .allSatisfy { draft in good.contains { $0 === draft } }
      }
      let count = good.count { draft in
        values.contains { draft.presentValue(fact)?.isEqual(to: $0) ?? false }
      }
      // What was tried is among them, and first.
      guard let tried = first.presentValue(fact),
        let index = values.firstIndex(where: { $0.isEqual(to: tried) })
      else { return nil }
      var sorted = values
      sorted.insert(sorted.remove(at: index), at: 0)
      return (fact, sorted, count)
    }.max { $0.count < $1.count }
    let restricted: [(Int, [CELValue])] =
      alone.map { [($0.fact, $0.values)] }
      ?? type.facts.indices.compactMap { fact in
        let values = all.compactMap { $0.presentValue(fact) }.withoutRepeats()
        return values.count > 1 ? first.presentValue(fact).map { (fact, [$0]) } : nil
      }
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
