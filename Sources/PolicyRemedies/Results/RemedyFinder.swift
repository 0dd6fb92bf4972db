public import CEL
public import PolicyEngine

extension PolicyKnowledge {
  /// What would make the decisions about a document pass.
  ///
  /// `decisions` are indexes of decisions; nil stands for all that are not on request. `role` is who asks,
  /// as `changedBy` names roles; nil stands for the vocabulary's `reader`. A `viewer` who may not see what is
  /// confidential in the document is told what the decisions come to and no more: what would help may tell
  /// that a record would bear something out.
  public func remedies(
    for document: FactDocument, today: CivilDate, decisions: [Int]? = nil, role: String? = nil,
    viewer: Viewer = .privileged
  ) -> Remedies {
    let viewer = policies.viewer(viewer, of: document, today: today)
    guard viewer == .privileged else {
      return withheld(document, today: today, decisions: decisions, role: role, viewer: viewer)
    }
    let draft = Draft(of: document, schema: policies.vocabulary.schema)
    let role = role ?? policies.vocabulary.defaultReader
    let asked = decisions ?? policies.defaultDecisions
    let wording = Wording(policies: policies, draft: draft, today: today)
    let prover = Prover(self, start: draft, today: today, decisions: asked)
    return Remedies(
      id: policies.decide(document, today: today, decisions: []).id, summary: wording.summary,
      today: today, role: role, documentName: policies.vocabulary.documentName,
      isWithholding: false,
      decisions: asked.map { decision in
        RemedyFinder(
          self, draft: draft, today: today, decision: decision, role: role, prover: prover
        ).remedy()
      })
  }

  private func withheld(
    _ document: FactDocument, today: CivilDate, decisions: [Int]?, role: String?, viewer: Viewer
  ) -> Remedies {
    let asked = decisions ?? policies.defaultDecisions
    let verdict = policies.decide(document, today: today, decisions: asked, for: viewer)
    let summary = policies.explain(document, today: today, decisions: [], for: viewer).summary
    return Remedies(
      id: verdict.id, summary: summary, today: today,
      role: role ?? policies.vocabulary.defaultReader,
      documentName: policies.vocabulary.documentName, isWithholding: true,
      decisions: zip(asked, verdict.decisions).map { decision, result in
        let decision = policies.decisions[decision]
        return Remedy(
          decision: decision.name, title: decision.title, outcome: result.outcome,
          word: decision.word(for: result.outcome), passWord: decision.passWord,
          prospect: result.outcome == .pass ? .passes : .withheld, steps: [], until: nil,
          proof: nil, settling: [], isCutShort: false)
      })
  }
}

extension Vocabulary {
  /// The roles that can change facts, in the order of the files.
  public var roles: [String] {
    var seen: Set<String> = []
    return types.flatMap(\.facts).compactMap(\.changedBy).filter { seen.insert($0).inserted }
  }

  /// The role that suggestions are made for unless another is named.
  public var defaultReader: String? { reader ?? roles.first }
}

/// Finds what would make one decision about a document pass, and proves it.
struct RemedyFinder {
  let judge: Judge
  let start: Trial
  let role: String?
  let wording: Wording
  private let values: CandidateValues
  private let prover: Prover

  /// How many rules may be evaluated for each group of problems, and each way of searching.
  ///
  /// A session of ten students needs some hundreds, and at most some thousands; at a few microseconds each,
  /// all of this takes a fraction of a second.
  private static let budget = 50_000

  init(
    _ knowledge: PolicyKnowledge, draft: Draft, today: CivilDate, decision: Int, role: String?,
    prover: Prover
  ) {
    self.prover = prover
    judge = Judge(knowledge, decision: decision, today: today, budget: Self.budget)
    start = judge.trial(of: draft)
    self.role = role
    wording = Wording(policies: knowledge.policies, draft: draft, today: today)
    values = CandidateValues(knowledge: knowledge, today: today)
  }

  func remedy() -> Remedy {
    guard !start.problems.isEmpty else { return remedy(.passes, steps: [], best: []) }
    let (groups, found) = solveGroups()
    let best = best(of: found)
    let steps = zip(groups, found).enumerated().map { index, step in
      self.step(
        step.0, step.1,
        others: found.enumerated().filter { $0.offset != index }.flatMap {
          $0.element.ways.first?.changes ?? []
        }, isProved: best != nil)
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
    let proof = best.isEmpty ? nil : prover.proof(of: best, beside: [], for: judge.decision)
    let until = best.isEmpty ? nil : steps.compactMap { $0.alternatives.first?.until }.min()
    return Remedy(
      decision: decision.name, title: decision.title, outcome: outcome,
      word: decision.word(for: outcome), passWord: decision.passWord, prospect: prospect,
      steps: steps, until: until, proof: proof,
      settling: SettlingFinder(judge: judge, start: start, values: values, wording: wording)
        .settling(),
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
      groups = [start.problems]
      found = [solve(start.problems)]
    }
    return (groups, found)
  }

  /// Two groups that have ways which change the same fact; nil when there are none.
  private func entangledPair(of found: [Solution]) -> (Int, Int)? {
    let changes = found.map { $0.ways.flatMap(\.changes) }
    for second in changes.indices {
      let first = changes[..<second].firstIndex { first in
        first.contains { change in changes[second].contains { $0.overlaps(change) } }
      }
      if let first { return (first, second) }
    }
    return nil
  }

  /// Whether some changes solve all problems, and not without any one of them.
  private func isJustEnough(_ changes: [FactChange]) -> Bool {
    judge.trial(start, with: changes).problems.isEmpty
      && changes.indices.allSatisfy { left in
        var less = changes
        less.remove(at: left)
        return !judge.trial(start, with: less).problems.isEmpty
      }
  }

  /// The problems in groups that share no fact which somebody could change.
  private func independentGroups() -> [[Int]] {
    let finder = self.finder(allowsOthers: true)
    var groups: [(problems: [Int], places: Set<AttributePath>)] = []
    for problem in start.problems {
      var group = [problem]
      var places = Set(finder.places(of: problem, in: start).map(\.path))
      let joined = groups.filter { !$0.places.isDisjoint(with: places) }
      groups.removeAll { !$0.places.isDisjoint(with: places) }
      for other in joined {
        group += other.problems
        places.formUnion(other.places)
      }
      groups.append((group.sorted(), places))
    }
    return groups.map(\.problems).sorted { $0[0] < $1[0] }
  }

  // MARK: - Ways

  private struct Solution {
    var ways: [WaySearch.Way] = []
    var isByOthers = false
    var isCutShort = false
  }

  /// The ways to solve some problems: by the reader, or where that is not possible, with others.
  private func solve(_ group: [Int]) -> Solution {
    for allowsOthers in [false, true] {
      for isThorough in [false, true] {
        judge.allow(Self.budget)
        let result = WaySearch(
          judge, finder: finder(allowsOthers: allowsOthers, isThorough: isThorough), start: start,
          group: group
        ).run()
        // Where few options are too many, more of them are.
        if result.ways.isEmpty, result.isCutShort, !isThorough {
          if allowsOthers { return Solution(isCutShort: true) }
          break
        }
        let isLast = allowsOthers && isThorough
        if !result.ways.isEmpty || result.isCutShort && isLast {
          return Solution(
            ways: result.ways, isByOthers: allowsOthers, isCutShort: result.isCutShort)
        }
      }
    }
    return Solution()
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

  private func step(
    _ group: [Int], _ solution: Solution, others: [FactChange], isProved: Bool
  ) -> Remedy.Step {
    let problems = group.map { problem($0) }
    let obstacle =
      solution.ways.isEmpty ? obstacle(of: group, isCutShort: solution.isCutShort) : nil
    // Where another step has no way, nothing makes the decision pass, and nothing is claimed to.
    let ways = isProved ? solution.ways : []
    let alternatives = ways.compactMap { way -> Alternative? in
      let proof = prover.proof(of: way.changes, beside: others, for: judge.decision)
      guard proof.holds else { return nil }
      return alternative(way, others: others, proof)
    }
    return Remedy.Step(
      problems: problems, alternatives: alternatives, obstacle: obstacle)
  }

  private func alternative(
    _ way: WaySearch.Way, others: [FactChange], _ proof: Proof
  ) -> Alternative {
    let grouper = ValueGrouper(judge: judge, values: values, start: start)
    let changes = way.changes.map { change in
      let rest = way.changes.filter { $0.key != change.key }
      return wording.changed(change, grouper.values(for: change, beside: rest, others: others))
    }
    let changed = judge.trial(start, with: way.changes)
    let warnings = changed.warnings.filter { !start.warnings.contains($0) }.map { number in
      let problem = self.problem(number)
      return (problem.subject.map { $0 + ": " } ?? "") + problem.title
    }
    return Alternative(
      changes: changes,
      until: DeadlineFinder(judge: judge, start: start).until(way, others: others),
      warnings: warnings, proof: proof)
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
      if start.states[number] == .undetermined {
        let missing = facts.filter { path in
          switch start.draft.find(path.steps) {
          case .missing?, nil: true
          case .present?, .absent?: false
          }
        }
        return missing.isEmpty
          ? undecided(number)
          : .missing(problem(number), missing.map { wording.fact(at: $0) })
      }
      if anybody.places(of: number, in: start).isEmpty {
        return .fixedFacts(problem(number), facts.map { wording.fact(at: $0) })
      }
    }
    return .noValue(group.map { problem($0) })
  }

  /// Why a rule is undetermined though the document says all that it needs to know.
  private func undecided(_ number: Int) -> Remedy.Obstacle {
    let finding = judge.findings[number]
    let context = DecisionContext(
      policies: judge.policies, document: start.draft, today: judge.today)
    guard case .present(.object(let subject))? = start.draft.find(finding.path.steps),
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

extension Judge {
  /// What the decision comes to in a trial.
  func outcome(of trial: Trial) -> DecisionOutcome {
    trial.problems.reduce(.pass) { outcome, number in
      outcome.combined(with: trial.states[number] == .violated ? .fail : .undetermined)
    }
  }
}
