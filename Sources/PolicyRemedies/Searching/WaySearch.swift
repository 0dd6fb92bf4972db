import CEL
import PolicyEngine

/// Looks for the smallest sets of changes that solve some problems of a document and raise none.
///
/// What a rule comes to can only change with a fact that decided it. So every way out changes a fact that
/// decided the first problem there is: each such change is tried, and the search goes on with what is then
/// the first problem, first with one change in all, then with two, and so on. What it finds first is
/// smallest, and when no branch was cut off for its depth, there is nothing else to find.
final class WaySearch {
  /// A set of changes that solves the problems.
  struct Way {
    let trial: Trial
    let cost: Cost
    var changes: [FactChange] { trial.changes }
  }

  /// What a search came to.
  struct Result {
    /// The ways, fewest changes first, then by what they cost.
    var ways: [Way] = []
    /// Whether the budget ended it, so that there may be others, and smaller ones.
    var isCutShort = false
  }

  /// The most ways that are kept for some problems.
  private static let wayLimit = 8
  /// How much work may be done to find a way by taking the best option each time.
  private static let descentWork = 500_000
  /// The most changes that a way may have.
  private static let depthLimit = 24

  private let judge: Judge
  private let finder: OptionFinder
  private let start: Trial
  /// The problems that are to be solved.
  private let group: [Int]
  private var options: [Set<FactChange.Identity>: [Option]] = [:]
  private var visited: Set<Set<FactChange.Identity>> = []
  private var ways: [Way] = []
  private var isDeeper = false

  init(_ judge: Judge, finder: OptionFinder, start: Trial, group: [Int]) {
    self.judge = judge
    self.finder = finder
    self.start = start
    self.group = group.sorted()
  }

  /// Searches until nothing is left to find, or the allowance is used up; where only the `fewest` changes are
  /// asked for, until some ways are found.
  func run(fewest: Bool) -> Result {
    for depth in 1...Self.depthLimit {
      isDeeper = false
      visited = []
      search(start, cost: Cost(), depth: depth)
      let shortest = ways.map(\.changes.count).min()
      // One change more than the fewest is worth showing, as long as it is few.
      if let shortest, fewest || depth > shortest || shortest > 1 { break }
      if !isDeeper || judge.isExhausted { break }
    }
    // A way may also need more changes than are tried together.
    var isCutShort = judge.isExhausted || ways.isEmpty && (isDeeper || judge.hasOverlooked)
    if ways.isEmpty, isCutShort, let way = descend(from: .first) ?? descend(from: .last) {
      ways = [way]
      isCutShort = true
    }
    let ranked = ways.stableSorted {
      ($0.changes.count, $0.cost) < ($1.changes.count, $1.cost)
    }
    return Result(ways: Array(ranked.prefix(Self.wayLimit)), isCutShort: isCutShort)
  }

  /// The first problem that a trial leaves, of those to be solved and those that it raised.
  private func problem(of trial: Trial) -> Int? {
    let open = group.first { judge.has($0, trial) }
    return [open, trial.raised.first].compactMap(\.self).min()
  }

  private func search(_ trial: Trial, cost: Cost, depth: Int) {
    guard let problem = problem(of: trial) else { return record(Way(trial: trial, cost: cost)) }
    guard depth > 0 else {
      isDeeper = true
      return
    }
    let key = trial.key
    guard visited.insert(key).inserted, !judge.isExhausted else { return }
    let options = self.options[key] ?? finder.options(for: problem, in: trial)
    self.options[key] = options
    for option in options { search(option.trial, cost: cost + option.cost, depth: depth - 1) }
  }

  /// Keeps a way, unless another needs only some of its changes.
  private func record(_ found: Way) {
    let way = Way(trial: reduced(found.trial), cost: found.cost)
    let keys = Set(way.changes.map(\.key))
    let isLarger = ways.contains { known in
      Set(known.changes.map(\.key)).isSubset(of: keys)
    }
    guard !isLarger else { return }
    ways.append(way)
  }

  /// Which of options that do as well is taken, where each supplies a fact that is not given.
  private enum Preference { case first, last }

  /// A way found by taking the best option each time, without what it can do without; nil if it leads nowhere.
  ///
  /// Which fact comes first can matter: an end that is set before the departures may leave no room for them.
  private func descend(from preference: Preference) -> Way? {
    var trial = start
    var cost = Cost()
    judge.allow(Self.descentWork)
    while let problem = problem(of: trial) {
      let options = finder.options(for: problem, in: trial)
      func isBetter(_ left: Option, _ right: Option) -> Bool {
        (judge.problemCount(of: left.trial), left.cost)
          < (judge.problemCount(of: right.trial), right.cost)
      }
      let first = options.min(by: isBetter)
      let equal = options.filter { option in first.map { !isBetter($0, option) } ?? false }
      let supplies = equal.allSatisfy { $0.change.kind == .supply }
      let best = preference == .last && supplies ? equal.last : first
      guard let best, best.trial.changes.count <= 8 * Self.depthLimit else { return nil }
      trial = best.trial
      cost = cost + best.cost
    }
    return Way(trial: reduced(trial), cost: cost)
  }

  /// A trial that solves the problems, without the changes that it can do without.
  ///
  /// Of the values of a fact that come to the same only one is followed, so that a change may prove
  /// needless once a later one is made.
  private func reduced(_ trial: Trial) -> Trial {
    var kept = trial
    let given = start.changes.count
    var index = given
    while index < kept.changes.count, kept.changes.count > 1 {
      var rest = kept.changes
      rest.remove(at: index)
      let less = judge.trial(start, with: Array(rest.dropFirst(given)))
      if problem(of: less) == nil { kept = less } else { index += 1 }
    }
    return kept.changes.count < trial.changes.count ? reduced(kept) : kept
  }
}
