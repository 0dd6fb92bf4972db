import CEL
import Diagnostics
public import PolicyEngine

/// Decides drafts of one document, again only the rules that a change may make a difference to.
///
/// It counts the rules that it evaluates, so that a search is bounded by what it does and not by a clock:
/// the same document and policies always give the same answer.
final class Judge {
  /// A rule for a subject, as one of a decision's findings.
  struct Finding: Hashable {
    let rule: Int
    let path: AttributePath
    /// The decision it is evaluated for, where that makes a difference to the rule.
    let decision: Int?
  }

  let knowledge: PolicyKnowledge
  let today: CivilDate
  /// The decision that is to pass.
  let decision: Int
  /// The decisions that must pass where a fact is changed that they allow to be.
  private let gates: [Int]
  /// The findings met, each at its number.
  private(set) var findings: [Finding] = []
  private var numbers: [Finding: Int] = [:]
  /// How many rules have been evaluated.
  private(set) var evaluationCount = 0
  /// How many rules may be.
  private(set) var budget: Int

  var policies: PolicySet { knowledge.policies }
  /// Whether the budget is used up: what is searched for then may be there all the same.
  var isExhausted: Bool { evaluationCount >= budget }

  init(_ knowledge: PolicyKnowledge, decision: Int, today: CivilDate, budget: Int) {
    self.knowledge = knowledge
    self.decision = decision
    self.today = today
    self.budget = budget
    gates = knowledge.gates
    own = Set(knowledge.policies.decisionsNeeded(by: [decision]))
  }

  /// The decision and those that it needs.
  private let own: Set<Int>

  /// The decisions that a finding is part of.
  private func decisions(of number: Int) -> [Int] {
    findings[number].decision.map { [$0] } ?? policies.rules[findings[number].rule].decides
  }

  /// Whether a finding keeps some decisions from passing.
  func matters(_ number: Int, to decisions: Set<Int>) -> Bool {
    self.decisions(of: number).contains { decisions.contains($0) }
  }

  /// The decisions that must pass once a change is made as well, beside some that must in any case.
  private func decisions(_ decisions: Set<Int>, after change: FactChange) -> Set<Int> {
    guard let gate = knowledge.gate(of: change) else { return decisions }
    return decisions.union(policies.decisionsNeeded(by: [gate]))
  }

  /// Allows so many more evaluations, whatever is left of what was allowed before.
  func allow(_ count: Int) { budget = evaluationCount + count }

  /// A draft in which nothing is changed yet.
  func trial(of draft: Draft) -> Trial { whole(draft, changes: [], decisions: own) }

  /// What a trial comes to with one more change.
  func trial(_ trial: Trial, with change: FactChange) -> Trial { self.trial(trial, with: [change]) }

  /// What a trial comes to with several more changes.
  func trial(_ trial: Trial, with more: [FactChange]) -> Trial {
    guard !more.isEmpty else { return trial }
    let draft = trial.draft.applying(more)
    let changes = trial.changes + more
    let decisions = more.reduce(trial.decisions) { self.decisions($0, after: $1) }
    let reaches = more.map { knowledge.reads.reach(of: $0.path, in: policies.vocabulary) }
    guard !reaches.contains(where: \.isWhole) else {
      return whole(draft, changes: changes, decisions: decisions)
    }
    let context = DecisionContext(policies: policies, document: draft, today: today)
    var states = trial.states
    for (number, state) in trial.states.enumerated() where state != .gone {
      let finding = findings[number]
      guard
        reaches.contains(where: {
          knowledge.reads.isAffected(rule: finding.rule, subject: finding.path, by: $0)
        }),
        case .present(.object(let subject))? = draft.find(finding.path.steps)
      else { continue }
      evaluationCount += 1
      let outcome = context.outcome(
        of: policies.rules[finding.rule], for: .value(subject), decision: finding.decision)
      states[number] = State(outcome)
    }
    return Trial(
      draft: draft, changes: changes, states: states, decisions: decisions, judge: self)
  }

  private func whole(_ draft: Draft, changes: [FactChange], decisions: Set<Int>) -> Trial {
    let context = DecisionContext(policies: policies, document: draft, today: today)
    let found = Findings(asked: [decision] + gates, in: context)
    var states = [State](repeating: .gone, count: findings.count)
    for finding in found.findings {
      evaluationCount += 1
      let key = Finding(
        rule: finding.rule, path: finding.subject.path, decision: finding.decision)
      if let number = numbers[key] {
        states[number] = State(finding.outcome)
      } else {
        numbers[key] = findings.count
        findings.append(key)
        states.append(State(finding.outcome))
      }
    }
    return Trial(
      draft: draft, changes: changes, states: states, decisions: decisions, judge: self)
  }

  /// Whether violating a finding's rule fails its decisions.
  func isError(_ number: Int) -> Bool { policies.rules[findings[number].rule].severity == .error }

  /// What a rule comes to for a subject, as far as a search must know.
  enum State: UInt8, Hashable {
    case fine, violated, undetermined
    /// There is no such subject.
    case gone

    init(_ outcome: RuleOutcome) {
      switch outcome {
      case .doesNotApply, .satisfied: self = .fine
      case .violated: self = .violated
      case .undetermined: self = .undetermined
      }
    }
  }
}

/// A draft with what was changed in it and what it comes to.
struct Trial {
  let draft: Draft
  /// The changes, in the order made.
  let changes: [FactChange]
  /// What each finding comes to, by its number; findings met later than this trial are gone.
  let states: [Judge.State]
  /// The decisions that must pass: the one searched for, what it needs, and what must allow the changes.
  let decisions: Set<Int>
  /// The findings that keep the decision from passing, in order.
  let problems: [Int]
  /// The findings that only warn.
  let warnings: [Int]

  init(
    draft: Draft, changes: [FactChange], states: [Judge.State], decisions: Set<Int>, judge: Judge
  ) {
    self.decisions = decisions
    self.draft = draft
    self.changes = changes
    self.states = states
    var (problems, warnings): ([Int], [Int]) = ([], [])
    for (number, state) in states.enumerated() {
      guard state == .violated || state == .undetermined, judge.matters(number, to: decisions)
      else { continue }
      if judge.isError(number) {
        problems.append(number)
      } else if state == .violated {
        warnings.append(number)
      }
    }
    self.problems = problems
    self.warnings = warnings
  }

  /// Tells trials apart whose changes differ, in whatever order they were made.
  var key: String { changes.combinationKey }
}

/// What is known of a policy set before any document: which rules read which facts, and what they compare.
public struct PolicyKnowledge: Sendable {
  let policies: PolicySet
  let reads: RuleReads
  let comparands: Comparands
  /// The decisions that allow facts to be changed.
  let gates: [Int]

  /// What a policy set's expressions tell.
  public init(_ policies: PolicySet) {
    self.policies = policies
    reads = RuleReads(policies)
    comparands = Comparands(policies)
    let names = policies.vocabulary.types.flatMap(\.changes).compactMap { $0?.allowedBy }
    gates = policies.decisions.indices.filter { names.contains(policies.decisions[$0].name) }
  }
  /// The decision that allows a change; nil when none has to.
  func gate(of change: FactChange) -> Int? {
    policies.vocabulary.factsOnTheWay(of: change.path).last
      .flatMap { policies.vocabulary.changes(of: $0.id)?.allowedBy }
      .flatMap { policies.decisionIndex(named: $0) }
  }
}
