import CEL
import Diagnostics
import PolicyEngine

/// A document as it is or would be, with what the rules come to in it.
///
/// All decisions asked for look at the same changes, one after the other; so what was found out about a
/// changed document is kept with it, and so are the documents that differ from it by one more change.
final class Situation {
  let draft: Draft
  /// The changes, in the order made.
  let changes: [FactChange]
  /// What the findings come to that come to something else in the document as it is, by their number.
  let differences: [Int: Finding.State]
  /// What the document is evaluated in, made when it is asked for: most rules are decided without.
  private(set) lazy var context = base.with(document: draft)
  /// That of a document with the same governing date.
  fileprivate let base: DecisionContext
  /// How much work it was to find this out.
  fileprivate(set) var work = 0
  fileprivate var next: [FactChange.Identity: Situation] = [:]
  fileprivate var facts: [Int: DecisivePaths] = [:]
  fileprivate var candidates: [AttributePath: [FactChange]] = [:]

  fileprivate init(
    draft: Draft, changes: [FactChange], differences: [Int: Finding.State],
    base: DecisionContext
  ) {
    self.draft = draft
    self.changes = changes
    self.differences = differences
    self.base = base
  }
}

/// The facts that decided a finding; of one that can no longer be met, those by which it applies.
struct DecisivePaths {
  var list: [AttributePath] = []
  private(set) var set: Set<AttributePath> = []

  init(_ list: [AttributePath]) {
    self.list = list
    set = Set(list)
  }
}

/// A rule for a subject, as one of a decision's findings.
struct Finding: Hashable {
  let rule: Int
  let path: AttributePath
  /// The decision it is evaluated for, where that makes a difference to the rule.
  let decision: Int?

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

    /// Whether it keeps decisions from passing.
    var isBad: Bool { self == .violated || self == .undetermined }
  }
}

/// Finds out what the rules come to in one document and in changed ones, for all decisions asked for together.
///
/// After a change only those rules are evaluated again that it may make a difference to. What is done is
/// counted, in nodes evaluated and elements copied, so that searches are bounded by that and not by a clock:
/// the same document and policies always give the same answer.
final class Assessment {
  let knowledge: PolicyKnowledge
  let today: CivilDate
  /// The document as it is.
  private(set) var start: Situation
  /// The findings met, each at its number; those of the document as it is come first, by rule.
  private(set) var findings: [Finding] = []
  /// What the findings come to in the document as it is.
  private(set) var states: [Finding.State] = []
  /// How much work was done.
  private(set) var work = 0
  private var numbers: [Finding: Int] = [:]
  /// Where the subjects of the findings stand; nil for those whose subjects are missing.
  private var places: [[Int]?] = []
  private let decisions: [Int]
  /// The document's facts where plans read them; nil for a document that is too large.
  private let facts: DraftFacts?
  private let deciders: Pool<DraftDecider>
  private var subjects: SubjectIndex?
  private var touches: [AttributePath: Touch] = [:]

  var policies: PolicySet { knowledge.policies }

  init(
    _ knowledge: PolicyKnowledge, draft: Draft, facts: DraftFacts?, today: CivilDate,
    decisions: [Int]
  ) {
    self.knowledge = knowledge
    self.today = today
    self.facts = facts
    self.decisions = decisions + knowledge.gates
    deciders = knowledge.deciders.drafts(today: today, decisions: self.decisions)
    let context = DecisionContext(policies: knowledge.policies, document: draft, today: today)
    start = Situation(draft: draft, changes: [], differences: [:], base: context)
    for finding in Findings(asked: self.decisions, in: context, work: &work).findings {
      let key = Finding(
        rule: finding.rule, path: finding.subject.path, decision: finding.decision)
      numbers[key] = findings.count
      findings.append(key)
      states.append(Finding.State(finding.outcome))
      places.append(draft.positions(of: key.path))
    }
    start.work = work
  }

  /// Counts work that was done elsewhere.
  func add(work: Int) { self.work += work }

  /// What a finding comes to in the document as it is.
  func state(of number: Int) -> Finding.State { number < states.count ? states[number] : .gone }

  func state(of number: Int, in situation: Situation) -> Finding.State {
    situation.differences[number] ?? state(of: number)
  }

  // MARK: - Changes

  /// What may come to something else by a change at a path.
  func touch(at path: AttributePath) -> Touch {
    if let known = touches[path] { return known }
    let touch = knowledge.touch(at: path)
    touches[path] = touch
    return touch
  }

  /// A situation with several more changes.
  func situation(_ situation: Situation, with changes: [FactChange]) -> Situation {
    guard changes.count > 3 else {
      return changes.reduce(situation) { self.situation($0, with: $1) }
    }
    // So many are hardly ever tried twice, nor is what comes of the first of them of interest.
    return make(
      situation.draft.applying(changes), changes: situation.changes + changes,
      touching: changes.map(\.path), from: situation)
  }

  private func situation(_ situation: Situation, with change: FactChange) -> Situation {
    let identity = FactChange.Identity(change)
    if let known = situation.next[identity] { return known }
    let made = make(
      situation.draft.applying(change), changes: situation.changes + [change],
      touching: [change.path], from: situation)
    situation.next[identity] = made
    return made
  }

  /// A situation without some of its changes, none of which makes the place for another.
  func situation(_ situation: Situation, without changes: [FactChange]) -> Situation {
    let gone = Set(changes.map { FactChange.Identity($0) })
    let kept = situation.changes.filter { !gone.contains(FactChange.Identity($0)) }
    let paths = Set(changes.map(\.path))
    // Of a list some elements may be changed and others left.
    let original = start.draft.applying(kept.filter { paths.contains($0.path) })
    var draft = situation.draft
    for path in paths {
      if let field = original.find(path.steps) { draft = draft.setting(path.steps, to: field) }
    }
    return make(draft, changes: kept, touching: Array(paths), from: situation)
  }

  private func make(
    _ draft: Draft, changes: [FactChange], touching paths: [AttributePath],
    from situation: Situation
  ) -> Situation {
    let before = work
    let touches = paths.map { touch(at: $0) }
    // Changing a fact in a list copies the list.
    for path in paths { work += draft.listCount(on: path) / 16 }
    let made: Situation
    if touches.contains(where: \.isWhole) {
      made = makeWhole(draft, changes: changes)
    } else {
      var differences = situation.differences
      work += differences.count / 4
      let touched = numbers(touchedBy: zip(touches, paths)).filter {
        self.state(of: $0, in: situation) != .gone
      }
      var open = touched
      if let answers = answers(to: touched, in: draft, changes: changes, from: situation) {
        open = []
        for (number, answer) in zip(touched, answers) {
          switch answer {
          case .fine: set(number, to: .fine, in: &differences)
          case .violated: set(number, to: .violated, in: &differences)
          case .open: open.append(number)
          }
        }
      }
      if !open.isEmpty {
        let context = situation.base.with(document: draft)
        for number in open {
          let finding = findings[number]
          guard let subject = subject(of: number, in: draft) else { continue }
          let outcome = context.outcome(
            of: policies.rules[finding.rule], for: .value(subject), decision: finding.decision,
            work: &work)
          set(number, to: Finding.State(outcome), in: &differences)
        }
      }
      made = Situation(
        draft: draft, changes: changes, differences: differences, base: situation.base)
    }
    made.work = work - before + 1
    work += 1
    return made
  }

  /// What the plan tells of some findings in a changed document; nil where it can't be asked.
  private func answers(
    to numbers: [Int], in draft: Draft, changes: [FactChange], from situation: Situation
  ) -> [DraftDecider.Answer]? {
    guard let facts, facts.put(draft, at: changes.map(\.path)) else { return nil }
    let questions = numbers.map { number in
      DraftDecider.Question(
        rule: findings[number].rule, decision: findings[number].decision,
        subject: places[number])
    }
    let (policies, today, decisions) = (policies, today, decisions)
    var steps = 0
    let answers = deciders.use {
      DraftDecider(policies, today: today, decisions: decisions)
    } _: { decider in
      decider.answers(
        to: questions, in: facts, governingDate: situation.base.knownGoverningDate, work: &steps)
    }
    work += steps
    return answers
  }

  /// The findings that a change at a path may make a difference to, ascending; all where it may change everything.
  func numbers(touchedAt path: AttributePath) -> [Int] {
    let touch = touch(at: path)
    return touch.isWhole ? Array(findings.indices) : numbers(touchedBy: [(touch, path)])
  }

  private func set(
    _ number: Int, to state: Finding.State, in differences: inout [Int: Finding.State]
  ) {
    differences[number] = state == self.state(of: number) ? nil : state
  }

  /// A situation in which there may be other subjects, or other rules in force.
  private func makeWhole(_ draft: Draft, changes: [FactChange]) -> Situation {
    let context = DecisionContext(policies: policies, document: draft, today: today)
    var differences: [Int: Finding.State] = [:]
    for number in findings.indices where state(of: number) != .gone { differences[number] = .gone }
    for finding in Findings(asked: decisions, in: context, work: &work).findings {
      let key = Finding(
        rule: finding.rule, path: finding.subject.path, decision: finding.decision)
      let number = numbers[key] ?? findings.count
      if number == findings.count {
        numbers[key] = number
        findings.append(key)
        places.append(draft.positions(of: key.path))
        subjects = nil
      }
      set(number, to: Finding.State(finding.outcome), in: &differences)
    }
    return Situation(draft: draft, changes: changes, differences: differences, base: context)
  }

  /// The findings that some changes may make a difference to, each once, ascending.
  private func numbers(touchedBy touches: some Sequence<(Touch, AttributePath)>) -> [Int] {
    let subjects = subjects ?? SubjectIndex(findings)
    self.subjects = subjects
    var touched: [Int] = []
    for (touch, path) in touches {
      for reader in touch.readers {
        touched +=
          reader.readsWholeLists
          ? subjects.numbers(of: reader.rule) : subjects.numbers(of: reader.rule, near: path)
      }
    }
    touched.sort()
    return touched.enumerated().filter { $0 == 0 || touched[$0 - 1] != $1 }.map(\.element)
  }

  // MARK: - What is known of a situation

  /// The subject of a finding in a draft; nil where there is none.
  func subject(of number: Int, in draft: Draft) -> Draft? {
    places[number].flatMap { draft.object(at: $0) }
  }

  /// The facts that decided a finding in a situation; of one that can no longer be met, those by which it
  /// applies.
  func decisivePaths(of number: Int, in situation: Situation) -> DecisivePaths {
    if let known = situation.facts[number] { return known }
    let finding = findings[number]
    var paths = [finding.path]
    if let subject = subject(of: number, in: situation.draft) {
      let facts = situation.context.decisiveFacts(
        of: policies.rules[finding.rule], for: subject, decision: finding.decision, work: &work)
      work += 8 * facts.count
      paths = isClosed(number, for: subject, in: situation) ? facts.applying : facts.all
    }
    let decisive = DecisivePaths(paths)
    situation.facts[number] = decisive
    return decisive
  }

  /// Whether the last day is past on which what a rule requires could be seen to.
  private func isClosed(_ number: Int, for subject: Draft, in situation: Situation) -> Bool {
    let finding = findings[number]
    guard let fix = policies.rules[finding.rule].fix, fix.deadline != nil,
      case .closed = situation.context.prospect(
        of: fix, for: subject, decision: finding.decision)
    else { return false }
    return true
  }

  /// The changes of the fact at a path in a situation.
  func candidates(
    at path: AttributePath, in situation: Situation, _ make: () -> [FactChange]
  ) -> [FactChange] {
    if let known = situation.candidates[path] { return known }
    let made = make()
    work += made.count
    situation.candidates[path] = made
    return made
  }
}

extension Draft {
  /// How many elements the lists have that a path goes through.
  func listCount(on path: AttributePath) -> Int {
    var count = 0
    for (position, step) in path.steps.enumerated() {
      if case .index = step, case .present(.list(let elements))? = find(path.steps.prefix(position))
      {
        count += elements.count
      }
    }
    return count
  }
}
