import CEL
import PolicyEngine

/// Finds what would make one decision about a document pass, and proves it.
struct RemedyFinder {
  let judge: Judge
  let start: Trial
  let role: String?
  let wording: Wording
  private let values: CandidateValues
  private let search: RemedySearch

  /// How much work may be done for each group of problems, and each way of searching.
  ///
  /// A session of ten students needs some thousands of nodes evaluated.
  private static let searchWork = 1_000_000

  init(_ search: RemedySearch, decision: Int, role: String?, wording: Wording) {
    self.search = search
    judge = Judge(search.assessment, decision: decision, allowance: search.allowance)
    start = judge.start
    self.role = role
    self.wording = wording
    values = CandidateValues(
      knowledge: judge.knowledge, today: judge.today, assessment: search.assessment)
  }

  func remedy() -> Remedy {
    guard !start.allProblems.isEmpty else { return remedy(.passes, steps: [], best: []) }
    var (groups, found) = solveGroups()
    var best = best(of: found)
    var steps: [Remedy.Step] = []
    let made = best.map { judge.trial(start, with: $0) }
    for (group, solution) in zip(groups, found) {
      steps.append(step(group, solution, made: made))
      // Nothing is claimed of a step for which there was no time.
      if made != nil, steps.last?.alternatives.isEmpty ?? true, judge.isEverythingExhausted {
        groups = [start.allProblems]
        found = [Solution(isCutShort: true)]
        best = nil
        steps = [step(start.allProblems, Solution(isCutShort: true), made: nil)]
        break
      }
    }
    let prospect: Remedy.Prospect =
      if found.contains(where: { $0.ways.isEmpty && !$0.isCutShort }) { .none } else if best == nil
      { .unknown } else if found.contains(where: \.isByOthers) { .others } else { .open }
    return remedy(
      prospect, steps: steps, best: best ?? [],
      isCutShort: found.contains(where: \.isCutShort))
  }

  private func remedy(
    _ prospect: Remedy.Prospect, steps: [Remedy.Step], best: [FactChange],
    isCutShort: Bool = false
  ) -> Remedy {
    let decision = judge.policies.decisions[judge.decision]
    let outcome = judge.outcome(of: start)
    let proof =
      best.isEmpty || search.extent == .best ? nil : self.proof(of: best, beside: [])
    let until = best.isEmpty ? nil : steps.compactMap { $0.alternatives.first?.until }.min()
    return Remedy(
      decision: decision.name, title: decision.title, outcome: outcome,
      word: decision.word(for: outcome), passWord: decision.passWord, prospect: prospect,
      steps: steps, until: until, proof: proof,
      settling: SettlingFinder(judge: judge, start: start, values: values, wording: wording)
        .settling(withConsequences: search.extent == .all),
      isCutShort: isCutShort)
  }

  // MARK: - Groups of problems

  /// The groups of problems that can be solved each by itself, with the ways to do so.
  ///
  /// Ten students with a problem each would else be a search among all combinations. Groups whose ways
  /// touch the same fact are solved together after all, and so are all of them where the best ways
  /// together are not enough, or more than enough.
  private func solveGroups() -> ([[Int]], [Solution]) {
    var groups = independentGroups()
    var found = groups.map { solve($0) }
    while let (first, second) = entangledPair(of: found) {
      groups[first] = (groups[first] + groups[second]).sorted()
      found[first] = solve(groups[first])
      groups.remove(at: second)
      found.remove(at: second)
    }
    if groups.count > 1, let best = best(of: found), !isJustEnough(best) {
      groups = [start.allProblems]
      found = [solve(start.allProblems)]
    }
    return (groups, found)
  }

  /// Two groups that have ways which change the same fact; nil when there are none.
  private func entangledPair(of found: [Solution]) -> (Int, Int)? {
    var changes = ChangeIndex()
    for (second, solution) in found.enumerated() {
      let own = solution.ways.flatMap(\.changes)
      if let first = own.compactMap({ changes.firstGroup(overlapping: $0) }).min() {
        return (first, second)
      }
      for change in own { changes.add(change, of: second) }
    }
    return nil
  }

  /// Whether some changes solve all problems, and not without any one of them.
  private func isJustEnough(_ changes: [FactChange]) -> Bool {
    let all = judge.trial(start, with: changes)
    return judge.passes(all)
      && changes.allSatisfy { change in
        judge.isEverythingExhausted || !judge.passes(judge.trial(all, without: [change]))
      }
  }

  /// The problems in groups that share no fact which somebody could change.
  private func independentGroups() -> [[Int]] {
    let finder = self.finder(allowsOthers: true)
    var groups = DisjointSets(count: start.allProblems.count)
    var owners: [AttributePath: Int] = [:]
    for (index, problem) in start.allProblems.enumerated() {
      for place in finder.places(of: problem, in: start) {
        if let owner = owners[place.path] {
          groups.join(owner, index)
        } else {
          owners[place.path] = index
        }
      }
    }
    return groups.sets.map { $0.map { start.allProblems[$0] } }
  }

  // MARK: - Ways

  /// The ways to solve some problems: by the reader, or where that is not possible, with others.
  private func solve(_ group: [Int]) -> Solution {
    // Larger ways matter where the best is one of several steps: what steps may change shows in all their ways.
    solve(group, fewest: search.extent == .best && group == start.allProblems)
  }

  /// The same, or the ways with the `fewest` changes alone.
  ///
  /// Decisions that need one another have the same problems, and nearly always see the same in whatever is
  /// tried: then the search is the same too.
  private func solve(_ group: [Int], fewest: Bool) -> Solution {
    if let known = search.memory.solution(of: group, fewest: fewest, for: judge) { return known }
    let (solution, trials) = judge.noting { searchWays(group, fewest: fewest) }
    if !solution.isCutShort { search.memory.add(solution, of: group, fewest: fewest, trials) }
    return solution
  }

  private func searchWays(_ group: [Int], fewest: Bool) -> Solution {
    for allowsOthers in [false, true] {
      for isThorough in [false, true] {
        guard !judge.isEverythingExhausted else { return Solution(isCutShort: true) }
        judge.allow(Self.searchWork)
        let result = WaySearch(
          judge, finder: finder(allowsOthers: allowsOthers, isThorough: isThorough), start: start,
          group: group
        ).run(fewest: fewest)
        // Where few options are too many, more of them are.
        if result.ways.isEmpty, result.isCutShort, !isThorough {
          if allowsOthers { return Solution(isCutShort: true) }
          break
        }
        let isLast = allowsOthers && isThorough
        if !result.ways.isEmpty || result.isCutShort && isLast {
          return Solution(
            ways: arranged(result.ways), isByOthers: allowsOthers, isCutShort: result.isCutShort)
        }
      }
    }
    return Solution()
  }

  /// The ways as people go them; of as many changes, those last that put something else in place of what is given.
  private func arranged(_ ways: [WaySearch.Way]) -> [WaySearch.Way] {
    let arranger = ActionArranger(judge: judge, start: start)
    func lastness(_ way: WaySearch.Way) -> (Int, Int) {
      (way.changes.count, way.changes.contains(where: \.replacesObject) ? 1 : 0)
    }
    return ways.map { arranger.arranged($0) }.stableSorted { lastness($0) < lastness($1) }
  }

  private func finder(allowsOthers: Bool, isThorough: Bool = false) -> OptionFinder {
    OptionFinder(
      judge: judge, values: values, role: role, allowsOthers: allowsOthers, isThorough: isThorough)
  }

  /// The best ways of all groups together; nil when one has none.
  private func best(of found: [Solution]) -> [FactChange]? {
    guard found.allSatisfy({ !$0.ways.isEmpty }) else { return nil }
    return found.flatMap { $0.ways.first?.changes ?? [] }
  }

  // MARK: - Steps

  /// A step, where `made` is the document with the best ways of all steps gone; nil where one has none.
  private func step(_ group: [Int], _ solution: Solution, made: Trial?) -> Remedy.Step {
    let problems = group.map { problem($0) }
    let obstacle =
      solution.ways.isEmpty ? obstacle(of: group, isCutShort: solution.isCutShort) : nil
    // Where another step has no way, nothing makes the decision pass, and nothing is claimed to.
    guard let made, let best = solution.ways.first else {
      return Remedy.Step(problems: problems, alternatives: [], obstacle: obstacle)
    }
    let beside = judge.trial(made, without: best.changes)
    var alternatives = alternatives(solution.ways, beside: beside)
    if alternatives.isEmpty, search.extent == .best, group == start.allProblems {
      alternatives = self.alternatives(solve(group, fewest: false).ways, beside: beside)
    }
    // A way that makes another rule warn is none to suggest, as long as there are others.
    let quiet = alternatives.filter(\.warnings.isEmpty)
    let isFirstQuiet = alternatives.first?.warnings.isEmpty ?? true
    var shown = isFirstQuiet ? quiet : alternatives
    if search.extent == .all {
      let cases = CaseFinder(judge: judge, values: values, start: start)
      shown += self.alternatives(
        cases.ways(of: group, beyond: shown, by: finder(allowsOthers: solution.isByOthers)),
        beside: beside)
    }
    return Remedy.Step(problems: problems, alternatives: shown.withoutRepeats(), obstacle: obstacle)
  }

  private func alternatives(_ ways: [WaySearch.Way], beside: Trial) -> [Alternative] {
    var alternatives: [Alternative] = []
    for way in ways where !judge.isEverythingExhausted {
      let proof = proof(of: way.changes, beside: beside.changes)
      guard proof.holds else { continue }
      for (index, told) in told(way, beside: beside).enumerated() {
        if index == 0 {
          alternatives.append(alternative(told, beside: beside, proof))
        } else if search.extent == .all {
          let proof = self.proof(of: told.way.changes, beside: beside.changes)
          if proof.holds { alternatives.append(alternative(told, beside: beside, proof)) }
        }
      }
      if search.extent == .best, !alternatives.isEmpty { break }
    }
    return alternatives.withoutRepeats()
  }

  private func proof(of changes: [FactChange], beside others: [FactChange]) -> Proof {
    let (proof, work) = search.prover.proof(of: changes, beside: others, for: judge.decision)
    judge.add(work: work)
    return proof
  }

  /// A way with values that go with one another, and its changes in words.
  private struct Told {
    let way: WaySearch.Way
    var changes: [ChangedFact]
  }

  private func alternative(_ told: Told, beside: Trial, _ proof: Proof) -> Alternative {
    let way = told.way
    var changes = told.changes
    let deadlines = DeadlineFinder(judge: judge, start: start)
    let until = deadlines.until(way, beside: beside.draft)
    // The day belongs to the change that is made on a day, or that a decision allows.
    let dated =
      way.changes.firstIndex { !deadlines.datesOfMaking($0).isEmpty }
      ?? way.changes.firstIndex { judge.knowledge.gate(of: $0) != nil }
    if let dated { changes[dated].until = until }
    let changed = judge.trial(start, with: way.changes)
    return Alternative(
      changes: changes, until: until, warnings: warnings(changed.newWarnings), proof: proof)
  }

  /// Rules that would warn by their titles, each once with those whom it would warn about.
  private func warnings(_ numbers: [Int]) -> [String] {
    var rules: [(title: String, subjects: [String])] = []
    for problem in numbers.map({ self.problem($0) }) {
      let index = rules.firstIndex { $0.title == problem.title } ?? rules.count
      if index == rules.count { rules.append((problem.title, [])) }
      if let subject = problem.subject { rules[index].subjects.append(subject) }
    }
    return rules.map { rule in
      rule.title + (rule.subjects.isEmpty ? "" : " (\(rule.subjects.joined(separator: ", ")))")
    }
  }

  /// A way with the values that would do, as many times as there are values that go with one another.
  private func told(_ way: WaySearch.Way, beside: Trial) -> [Told] {
    let boxes = search.memory.boxes(of: way.changes, beside: beside.changes, for: judge) {
      let grouper = ValueGrouper(
        judge: judge, values: values, start: start, way: way.changes, beside: beside)
      return grouper.boxes().map { (changes: $0.changes, facts: facts(of: $0, grouper.makers)) }
    }
    return boxes.enumerated().map { index, box in
      let made =
        index == 0
        ? way : WaySearch.Way(trial: judge.trial(start, with: box.changes), cost: way.cost)
      return Told(way: made, changes: box.facts)
    }
  }

  private func facts(of box: ValueGrouper.Box, _ makers: [Int: Int]) -> [ChangedFact] {
    box.changes.enumerated().map { index, change in
      let told = OrderedRegion.withoutNeedless(box.gaps)
      return wording.changed(
        change, box.values[index],
        exceptions: box.exceptions[index],
        relations: ChangedFact.Relation.relations(of: index, in: box.gaps),
        distances: told.filter { max($0.earlier, $0.later) == index }.map { gap in
          .init(
            gap: gap, isLater: gap.later == index,
            other: box.changes[min(gap.earlier, gap.later)].path)
        }, doneBy: makers[index])
    }
  }

  // MARK: - Problems

  private func problem(_ number: Int) -> Remedy.Problem {
    let finding = judge.findings[number]
    let rule = judge.policies.rules[finding.rule]
    return Remedy.Problem(
      rule: rule.id, title: rule.title, path: finding.path,
      subject: rule.subjectType == judge.policies.vocabulary.documentType
        ? nil : wording.subject(at: finding.path),
      deadline: DeadlineFinder(judge: judge, start: start).deadline(of: number))
  }

  /// Why some problems can't be solved: the first of them that can't be by itself tells.
  private func obstacle(of group: [Int], isCutShort: Bool) -> Remedy.Obstacle {
    if isCutShort { return .cutShort(group.map { problem($0) }) }
    let anybody = finder(allowsOthers: true, isThorough: true)
    for number in group {
      let problem = problem(number)
      if let deadline = problem.deadline, deadline.isPast { return .deadline(problem, deadline) }
    }
    for number in group {
      let facts = anybody.decisiveFacts(of: number, in: start)
      if judge.state(of: number, in: start) == .undetermined {
        guard !missingFacts(facts).isEmpty else { return undecided(number) }
        // All that is missing is asked for at once.
        let all = group.filter { judge.state(of: $0, in: start) == .undetermined }
          .flatMap { missingFacts(anybody.decisiveFacts(of: $0, in: start)) }
        return .missing(
          problem(number), all.withoutRepeats().map { wording.fact(at: $0) })
      }
      if anybody.places(of: number, in: start).isEmpty {
        return .fixedFacts(problem(number), facts.map { wording.fact(at: $0) })
      }
    }
    // What must allow a change can't be decided either where something is missing.
    let gates = group.flatMap { anybody.places(of: $0, in: start) }
      .compactMap { search.assessment.touch(at: $0.path).gate }
    let open = judge.undecided(by: Set(gates))
      .flatMap { missingFacts(anybody.decisiveFacts(of: $0, in: start)) }
    if let first = group.first, !open.isEmpty {
      return .missing(problem(first), open.withoutRepeats().map { wording.fact(at: $0) })
    }
    return .noValue(group.map { problem($0) })
  }

  /// Those of some facts that the document does not say.
  private func missingFacts(_ facts: [AttributePath]) -> [AttributePath] {
    facts.filter { path in
      switch start.draft.find(path) {
      case .missing?, nil: true
      case .present?, .absent?: false
      }
    }
  }

  /// Why a rule is undetermined though the document says all that it needs to know.
  private func undecided(_ number: Int) -> Remedy.Obstacle {
    let finding = judge.findings[number]
    let context = DecisionContext(
      policies: judge.policies, document: start.draft, today: judge.today)
    guard case .present(.object(let subject))? = start.draft.find(finding.path),
      case .undetermined(let doubt) = context.outcome(
        of: judge.policies.rules[finding.rule], for: .value(subject), decision: finding.decision)
    else { return .missing(problem(number), [wording.fact(at: finding.path)]) }
    let parameters = context.parametersWithoutValue(in: doubt)
    if let date = context.knownGoverningDate, !parameters.isEmpty {
      return .parameters(problem(number), parameters, date)
    }
    return doubt.missing.paths.isEmpty
      ? .errors(problem(number), doubt.errors)
      : .missing(problem(number), doubt.missing.paths.map { wording.fact(at: $0) })
  }
}

extension ChangedFact.Relation {
  /// How far the value of a change must be from those of the changes before it.
  static func relations(of index: Int, in gaps: [OrderedRegion.Gap]) -> [ChangedFact.Relation] {
    (0..<index).compactMap { other in
      let after = gaps.filter { $0.earlier == other && $0.later == index }.map(\.steps).max()
      let before = gaps.filter { $0.earlier == index && $0.later == other }.map(\.steps).max()
      guard after != nil || before != nil else { return nil }
      return ChangedFact.Relation(change: other, atLeast: after, atMost: before.map { -$0 })
    }
  }
}

extension [Alternative] {
  /// The alternatives without those that say what one before them says.
  fileprivate func withoutRepeats() -> [Alternative] {
    var seen: Set<[String]> = []
    return filter { alternative in
      seen.insert(
        alternative.changes.map {
          [$0.kind.rawValue, $0.path.description, $0.condition ?? "", $0.action]
            .joined(separator: " ")
        }
      ).inserted
    }
  }
}

extension [AttributePath] {
  /// Each path once, in the order met.
  fileprivate func withoutRepeats() -> [AttributePath] {
    var seen: Set<AttributePath> = []
    return filter { seen.insert($0).inserted }
  }
}
