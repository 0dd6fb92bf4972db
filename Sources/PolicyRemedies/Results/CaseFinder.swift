import CEL
import PolicyEngine

/// Finds ways for the cases of an object that is given, where which case it is is not to be chosen.
///
/// The search finds what needs the fewest changes. Where the vocabulary says `forEach`, whoever reads must see the
/// other cases as well, with what else they need.
struct CaseFinder {
  let judge: Judge
  let values: CandidateValues
  let start: Trial

  /// How much work may be done to find a way for one case.
  private static let caseWork = 100_000

  /// Ways for the cases that some alternatives leave out, in the order of the closed list.
  func ways(
    of group: [Int], beyond shown: [Alternative], by finder: OptionFinder
  ) -> [WaySearch.Way] {
    guard let first = shown.first?.changes.first(where: { each(of: $0) != nil }),
      let each = each(of: first)
    else { return [] }
    let covered = shown.flatMap(\.changes).filter { $0.path == first.path && $0.kind == first.kind }
      .flatMap { told($0, each) }
    guard let id = judge.policies.vocabulary.factsOnTheWay(of: first.path).last?.id else {
      return []
    }
    let candidates = values.changes(of: id, at: first.path, in: start.situation)
      .filter { $0.kind == first.kind }
    var ways: [WaySearch.Way] = []
    let cases = candidates.compactMap { value(of: $0, each) }.withoutRepeats()
    for value in cases where !covered.contains(where: { $0.isEqual(to: value) }) {
      let same = candidates.filter { self.value(of: $0, each)?.isEqual(to: value) ?? false }
      let found = same.compactMap { way(from: $0, to: group, by: finder) }
      if let best = found.min(by: { ($0.changes.count, $0.cost) < ($1.changes.count, $1.cost) }) {
        ways.append(best)
      }
    }
    return ways
  }

  private func way(
    from change: FactChange, to group: [Int], by finder: OptionFinder
  ) -> WaySearch.Way? {
    guard !judge.isEverythingExhausted else { return nil }
    judge.allow(Self.caseWork)
    let search = WaySearch(
      judge, finder: finder, start: judge.trial(start, with: change), group: group)
    let arranger = ActionArranger(judge: judge, start: start)
    return search.run(fewest: true).ways.first.map { arranger.arranged($0) }
  }

  /// The fact of a supplied object that a way is shown for each value of.
  private func each(of change: ChangedFact) -> Int? {
    let vocabulary = judge.policies.vocabulary
    return vocabulary.factsOnTheWay(of: change.path).last
      .flatMap { vocabulary.changes(of: $0.id)?.words?[change.kind]?.each }
  }

  private func value(of change: FactChange, _ each: Int) -> CELValue? {
    guard case .object(let object)? = change.value,
      case .present(let value) = object.value(ofField: each)
    else { return nil }
    return value
  }

  /// The values of the fact that an alternative's change names.
  private func told(_ change: ChangedFact, _ each: Int) -> [CELValue] {
    guard case .object(let facts) = change.values, case .object(let object)? = change.tried,
      let draft = object as? Draft
    else { return [] }
    let fact = judge.policies.vocabulary.types[draft.type].facts[each]
    if let named = facts.first(where: { $0.fact == fact.name }) { return named.values }
    // Where nothing is said of it, it may be any.
    guard case .enumeration(let index) = fact.type else { return [] }
    return judge.policies.vocabulary.enumerations[index].cases.map { .string($0.value) }
  }
}
