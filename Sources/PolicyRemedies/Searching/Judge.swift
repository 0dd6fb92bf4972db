import CEL
import Diagnostics
public import PolicyEngine

/// Tells what one decision comes to in changed documents, within an allowance of work.
final class Judge {
  let assessment: Assessment
  /// The decision that is to pass.
  let decision: Int
  /// The document as it is.
  private(set) var start: Trial
  /// The problems of the document as it is, and its warnings.
  private let problems: Set<Int>
  private let warnings: Set<Int>
  /// The decision and those that it needs.
  private let own: Set<Int>
  /// The findings of the document as it is that keep decisions from passing, none of which is this one or
  /// needed by it.
  private let strangers: [Int]
  private let allowance: Allowance
  /// The work after which a search is over.
  private var end = 0
  /// The trials made so far, by their situations.
  private var trials: [ObjectIdentifier: Trial] = [:]
  /// One of the trials of each outcome that situations share.
  private var shapes: [ObjectIdentifier: Trial] = [:]
  /// The trials looked at, while they are noted.
  private var noted: [Trial]?
  /// Whether changes were taken to be the same that may not be: then not all was searched.
  private(set) var hasOverlooked = false

  var knowledge: PolicyKnowledge { assessment.knowledge }
  var today: CivilDate { assessment.today }
  var policies: PolicySet { knowledge.policies }
  var findings: [Finding] { assessment.findings }
  /// Whether what was allowed is used up: what is searched for then may be there all the same.
  var isExhausted: Bool { allowance.used >= end }

  init(_ assessment: Assessment, decision: Int, allowance: Allowance) {
    self.assessment = assessment
    self.decision = decision
    self.allowance = allowance
    let policies = assessment.policies
    own = Set(policies.decisionsNeeded(by: [decision]))
    var (problems, warnings, strangers): ([Int], [Int], [Int]) = ([], [], [])
    for (number, state) in assessment.states.enumerated() where state.isBad {
      let rule = policies.rules[assessment.findings[number].rule]
      if !assessment.matters(number, to: own) {
        strangers.append(number)
      } else if rule.severity == .error {
        problems.append(number)
      } else if rule.severity == .warning, state == .violated {
        warnings.append(number)
      }
    }
    self.problems = Set(problems)
    self.warnings = Set(warnings)
    self.strangers = strangers
    start = Trial(
      situation: assessment.start, decisions: own, allProblems: problems, allWarnings: warnings)
    allowance.add(assessment.start.work)
    end = allowance.end
  }

  // MARK: - Work

  /// Allows so much more work, as far as there is any left to allow.
  func allow(_ work: Int) { end = min(allowance.used + work, allowance.end) }

  /// Whether there is none left to allow.
  var isEverythingExhausted: Bool { allowance.used >= allowance.end }

  /// Counts work that was done for this decision, whether or not it was done for another before.
  func add(work: Int) { allowance.add(work) }

  // MARK: - Trials

  /// What a trial comes to with one more change.
  func trial(_ trial: Trial, with change: FactChange) -> Trial { self.trial(trial, with: [change]) }

  /// What a trial comes to with several more changes.
  func trial(_ trial: Trial, with more: [FactChange]) -> Trial {
    guard !more.isEmpty else { return trial }
    return make(assessment.situation(trial.situation, with: more))
  }

  /// What a trial comes to without some of its changes.
  func trial(_ trial: Trial, without changes: [FactChange]) -> Trial {
    guard !changes.isEmpty else { return trial }
    return make(assessment.situation(trial.situation, without: changes))
  }

  private func make(_ situation: Situation) -> Trial {
    let identity = ObjectIdentifier(situation)
    if let known = trials[identity] {
      allowance.add(1)
      noted?.append(known)
      return known
    }
    let trial = makeNew(situation)
    // It keeps its situation, so that no other can have the same identity.
    trials[identity] = trial
    noted?.append(trial)
    return trial
  }

  private func makeNew(_ situation: Situation) -> Trial {
    allowance.add(situation.work)
    // Situations that share an outcome differ in the value of a fact: what must allow the changes is the same.
    let outcome = ObjectIdentifier(situation.outcome)
    if var known = shapes[outcome] {
      known.situation = situation
      return known
    }
    let trial = makeShape(situation)
    shapes[outcome] = trial
    return trial
  }

  private func makeShape(_ situation: Situation) -> Trial {
    var decisions = own
    for change in situation.changes {
      let required = assessment.touch(at: change.path).required
      if !required.isEmpty { decisions.formUnion(required) }
    }
    var trial = Trial(situation: situation, decisions: decisions)
    for (number, state) in situation.outcome.differences.sorted(by: { $0.key < $1.key })
    where assessment.matters(number, to: decisions) {
      note(number, state, in: &trial)
    }
    // What has been wrong all the time matters once a decision must pass that it keeps from passing.
    if decisions.count > own.count {
      for number in strangers
      where situation.outcome.differences[number] == nil
        && assessment.matters(number, to: decisions)
      {
        note(number, assessment.state(of: number), in: &trial)
      }
      trial.raised.sort()
      trial.newWarnings.sort()
    }
    return trial
  }

  private func note(_ number: Int, _ state: Finding.State, in trial: inout Trial) {
    if isError(number) {
      switch (problems.contains(number), state.isBad) {
      case (true, false): trial.solved.append(number)
      case (false, true): trial.raised.append(number)
      default: break
      }
    } else {
      switch (warnings.contains(number), state == .violated) {
      case (true, false): trial.goneWarnings.append(number)
      case (false, true): trial.newWarnings.append(number)
      default: break
      }
    }
  }

  /// Whether violating a finding's rule fails its decisions.
  func isError(_ number: Int) -> Bool { policies.rules[findings[number].rule].severity == .error }

  /// What a finding comes to in a trial.
  func state(of number: Int, in trial: Trial) -> Finding.State {
    assessment.state(of: number, in: trial.situation)
  }

  // MARK: - What keeps the decision from passing

  /// The problems that a trial leaves, in order.
  func problems(of trial: Trial) -> [Int] {
    let solved = Set(trial.solved)
    return (start.allProblems.filter { !solved.contains($0) } + trial.raised).sorted()
  }

  /// How many problems a trial leaves.
  func problemCount(of trial: Trial) -> Int {
    problems.count - trial.solved.count + trial.raised.count
  }

  /// Whether the decision passes in a trial.
  func passes(_ trial: Trial) -> Bool { problemCount(of: trial) == 0 }

  /// Whether a trial has a problem.
  func has(_ problem: Int, _ trial: Trial) -> Bool {
    problems.contains(problem)
      ? !trial.solved.contains(sorted: problem) : trial.raised.contains(sorted: problem)
  }

  /// Whether a trial leaves some of another's problems, and no others.
  func leavesLess(_ trial: Trial, than other: Trial) -> Bool {
    trial.raised.isSubset(of: other.raised) && other.solved.isSubset(of: trial.solved)
      && !trial.hasSameProblems(as: other)
  }

  /// What the decision comes to in a trial.
  func outcome(of trial: Trial) -> DecisionOutcome {
    problems(of: trial).reduce(.pass) { outcome, number in
      outcome.combined(with: state(of: number, in: trial) == .violated ? .fail : .undetermined)
    }
  }

  /// The findings that are undetermined in the document as it is and keep decisions from passing.
  func undecided(by decisions: Set<Int>) -> [Int] {
    guard !decisions.isEmpty else { return [] }
    let needed = Set(policies.decisionsNeeded(by: decisions.sorted()))
    return assessment.states.indices.filter {
      assessment.states[$0] == .undetermined && assessment.matters($0, to: needed)
    }
  }

  // MARK: - What is known of a trial

  /// The facts that decided a finding in a trial; of one that can no longer be met, those by which it applies.
  func decisivePaths(of number: Int, in trial: Trial) -> DecisivePaths {
    let before = assessment.work
    let paths = assessment.decisivePaths(of: number, in: trial.situation)
    add(work: max(assessment.work - before, paths.list.count))
    return paths
  }

  /// The problems that a change concerns and leaves, with what decides each of them then.
  ///
  /// What is still wrong may be wrong in fewer ways: an end that leaves room for a departure is not the same as one
  /// that doesn't, though the student's arrival is wrong with both. nil where there are too many to look at.
  func remains(of change: FactChange, in trial: Trial, limit: Int) -> [Int: Set<AttributePath>]? {
    var remains: [Int: Set<AttributePath>] = [:]
    for number in assessment.numbers(touchedAt: change.path) where isError(number) {
      add(work: 1)
      guard has(number, trial) else { continue }
      if remains.count == limit {
        hasOverlooked = true
        return nil
      }
      remains[number] = decisivePaths(of: number, in: trial).set
    }
    return remains
  }

  // MARK: - What was looked at

  /// What is done, with all trials that it looked at.
  func noting<Result>(_ body: () -> Result) -> (result: Result, trials: [Trial]) {
    let outer = noted
    noted = []
    let result = body()
    let trials = noted ?? []
    noted = outer.map { $0 + trials }
    return (result, trials)
  }

  /// The situation of another decision's trial as this one sees it.
  func view(of trial: Trial) -> Trial { make(trial.situation) }

  /// Whether this decision sees the same in trials as the one that they were made for.
  func seesTheSame(in trials: [Trial]) -> Bool {
    trials.allSatisfy { other in
      let own = view(of: other)
      return own.hasSameProblems(as: other) && own.goneWarnings == other.goneWarnings
        && own.newWarnings == other.newWarnings
    }
  }
}

/// How much work may be done for a document: one for all decisions and searches.
final class Allowance {
  /// How much was done.
  private(set) var used = 0
  /// How much may be.
  let end: Int

  init(_ end: Int) { self.end = end }

  func add(_ work: Int) { used += work }
}

/// A situation as one decision sees it: against the document as it is.
struct Trial {
  fileprivate(set) var situation: Situation
  /// The decisions that must pass: the one searched for, what it needs, and what must allow the changes.
  let decisions: Set<Int>
  /// The problems and warnings of the document as it is; empty for changed ones.
  var allProblems: [Int] = []
  var allWarnings: [Int] = []
  /// The problems of the document as it is that are none any more, ascending.
  var solved: [Int] = []
  /// The problems that it has not, ascending.
  var raised: [Int] = []
  /// The warnings of the document as it is that are none any more, ascending.
  var goneWarnings: [Int] = []
  /// The warnings that it has not, ascending.
  var newWarnings: [Int] = []

  var draft: Draft { situation.draft }
  /// The changes, in the order made.
  var changes: [FactChange] { situation.changes }
  /// How many warnings there are more than in the document as it is.
  var warningCount: Int { newWarnings.count - goneWarnings.count }

  func hasSameProblems(as other: Trial) -> Bool {
    solved == other.solved && raised == other.raised
  }

  /// Tells trials apart whose changes differ, in whatever order they were made.
  var key: Set<FactChange.Identity> { Set(changes.map { FactChange.Identity($0) }) }
}

extension Assessment {
  /// Whether a finding keeps some decisions from passing.
  func matters(_ number: Int, to decisions: Set<Int>) -> Bool {
    let finding = findings[number]
    if let decision = finding.decision { return decisions.contains(decision) }
    return policies.rules[finding.rule].decides.contains { decisions.contains($0) }
  }
}

extension [Int] {
  /// Whether the elements, which ascend, have one among them.
  fileprivate func contains(sorted element: Int) -> Bool {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < element { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == element
  }

  /// Whether all of the elements, which ascend, are among others.
  fileprivate func isSubset(of others: [Int]) -> Bool {
    count <= others.count && allSatisfy { others.contains(sorted: $0) }
  }
}

/// What is known of a policy set before any document: which rules read which facts, and what they compare.
public struct PolicyKnowledge: Sendable {
  let policies: PolicySet
  let reads: RuleReads
  let comparands: Comparands
  /// The decisions that allow facts to be changed.
  let gates: [Int]
  /// What changes touch.
  let touches = TouchTable()
  /// What decides changed documents.
  let deciders: DeciderPool

  /// What a policy set's expressions tell.
  public init(_ policies: PolicySet) {
    self.policies = policies
    deciders = DeciderPool(policies)
    reads = RuleReads(policies)
    comparands = Comparands(policies)
    let names = policies.vocabulary.types.flatMap(\.changes).compactMap { $0?.allowedBy }
    gates = policies.decisions.indices.filter { names.contains(policies.decisions[$0].name) }
  }

  /// The decision that allows a change; nil when none has to.
  func gate(of change: FactChange) -> Int? { touch(at: change.path).gate }
}
