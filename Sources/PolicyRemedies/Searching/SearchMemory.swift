import PolicyEngine

/// The ways to solve some problems, with what is known of the search for them.
struct Solution {
  /// The ways, the best first.
  var ways: [WaySearch.Way] = []
  /// Whether somebody else than the reader makes some of the changes.
  var isByOthers = false
  /// Whether the search was ended by its bounds.
  var isCutShort = false
}

/// What was found for one decision about a document, to be used for others that see the same.
///
/// What is found depends on what the trials made on the way come to. Where another decision sees the same in
/// each of them, it would find the same.
final class SearchMemory {
  private struct Found<Result> {
    let result: Result
    let trials: [Trial]
  }

  /// A way beside others that are gone too.
  private struct Place: Hashable {
    let changes: [FactChange.Identity]
    let others: Set<FactChange.Identity>
  }

  /// Some problems, and whether only the fewest changes were asked for that solve them.
  private struct Aim: Hashable {
    let group: [Int]
    let fewest: Bool
  }

  private var solutions: [Aim: [Found<Solution>]] = [:]
  private var boxes: [Place: [Found<[Box]>]] = [:]

  /// A way's changes with values that go with one another, in words.
  typealias Box = (changes: [FactChange], facts: [ChangedFact])

  /// The ways to solve some problems that were found for another decision; nil where that may see them
  /// otherwise.
  func solution(of group: [Int], fewest: Bool, for judge: Judge) -> Solution? {
    guard
      let found = solutions[Aim(group: group, fewest: fewest)]?.first(where: {
        judge.seesTheSame(in: $0.trials)
      })
    else {
      return nil
    }
    var solution = found.result
    solution.ways = solution.ways.map {
      WaySearch.Way(trial: judge.view(of: $0.trial), cost: $0.cost)
    }
    return solution
  }

  func add(_ solution: Solution, of group: [Int], fewest: Bool, _ trials: [Trial]) {
    solutions[Aim(group: group, fewest: fewest), default: []].append(
      Found(result: solution, trials: trials))
  }

  /// A way's changes in words, with the values that would do: which these are is told by which trials pass.
  func boxes(
    of way: [FactChange], beside others: [FactChange], for judge: Judge, _ make: () -> [Box]
  ) -> [Box] {
    let place = Place(
      changes: way.map { FactChange.Identity($0) },
      others: Set(others.map { FactChange.Identity($0) }))
    let known = boxes[place]?.first { judge.seesTheSame(in: $0.trials) }
    if let known { return known.result }
    let (made, trials) = judge.noting(make)
    boxes[place, default: []].append(Found(result: made, trials: trials))
    return made
  }
}
