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

  /// Whether a finding keeps a decision from passing, or changes from being made.
  func matters(_ number: Int, after changes: [FactChange]) -> Bool {
    let decisions = decisions(of: number)
    if decisions.contains(where: { own.contains($0) }) { return true }
    return changes.contains { change in
      guard let gate = knowledge.gate(of: change) else { return false }
      return policies.decisionsNeeded(by: [gate]).contains { decisions.contains($0) }
    }
  }

  /// Allows so many more evaluations, whatever is left of what was allowed before.
  func allow(_ count: Int) { budget = evaluationCount + count }

  /// A draft in which nothing is changed yet.
  func trial(of draft: Draft) -> Trial { whole(draft, changes: []) }

  /// What a trial comes to with one more change.
  func trial(_ trial: Trial, with change: FactChange) -> Trial {
    let draft = trial.draft.applying(change)
    let changes = trial.changes + [change]
    let reach = knowledge.reads.reach(of: change.path, in: policies.vocabulary)
    guard !reach.isWhole else { return whole(draft, changes: changes) }
    let context = DecisionContext(policies: policies, document: draft, today: today)
    var states = trial.states
    for (number, state) in trial.states.enumerated() where state != .gone {
      let finding = findings[number]
      guard
        knowledge.reads.isAffected(rule: finding.rule, subject: finding.path, by: reach),
        case .present(.object(let subject))? = draft.find(finding.path.steps)
      else { continue }
      evaluationCount += 1
      let outcome = context.outcome(
        of: policies.rules[finding.rule], for: .value(subject), decision: finding.decision)
      states[number] = State(outcome)
    }
    return Trial(draft: draft, changes: changes, states: states, judge: self)
  }

  /// What a trial comes to with several more changes.
  func trial(_ trial: Trial, with changes: [FactChange]) -> Trial {
    changes.reduce(trial) { self.trial($0, with: $1) }
  }

  private func whole(_ draft: Draft, changes: [FactChange]) -> Trial {
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
    return Trial(draft: draft, changes: changes, states: states, judge: self)
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
  /// The findings that keep the decision from passing, in order.
  let problems: [Int]
  /// The findings that only warn.
  let warnings: [Int]

  init(draft: Draft, changes: [FactChange], states: [Judge.State], judge: Judge) {
    self.draft = draft
    self.changes = changes
    self.states = states
    var (problems, warnings): ([Int], [Int]) = ([], [])
    for (number, state) in states.enumerated() {
      guard state == .violated || state == .undetermined, judge.matters(number, after: changes)
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
