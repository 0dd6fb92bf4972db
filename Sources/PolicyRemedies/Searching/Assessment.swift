import CEL
import Diagnostics
import PolicyEngine

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
  var work = 0
  private var numbers: [Finding: Int] = [:]
  /// Where the subjects of the findings stand; nil for those whose subjects are missing.
  private var subjectPlaces: [[Int]?] = []
  private let decisions: [Int]
  /// The document's facts where plans read them.
  private let facts: DraftFacts
  private let deciders: Pool<DraftDecider>
  private var subjects: SubjectIndex?
  private var touches: [AttributePath: Touch] = [:]
  private var places: [AttributePath: ChangedPlace] = [:]
  /// How the violated rules of the document as it is were evaluated, as far as the plan can tell.
  private(set) var trails: [Int: PlanTrail] = [:]
  /// What decided rules, by how they were evaluated.
  var decided: [Evaluated: Decided] = [:]

  var policies: PolicySet { knowledge.policies }

  init(
    _ knowledge: PolicyKnowledge, draft: Draft, facts: DraftFacts, today: CivilDate,
    decisions: [Int]
  ) {
    self.knowledge = knowledge
    self.today = today
    self.facts = facts
    self.decisions = decisions + knowledge.gates
    deciders = knowledge.deciders.drafts(today: today, decisions: self.decisions)
    let context = DecisionContext(policies: knowledge.policies, document: draft, today: today)
    start = Situation(
      draft, changes: [], fields: [], outcome: Situation.Outcome(differences: [:], trails: [:]),
      base: Situation.Base(context))
    let questions = questions(in: draft)
    let found = self.states(of: questions, with: [], in: context)
    for (number, (question, found)) in zip(questions, found).enumerated() {
      add(Finding(question))
      states.append(found.state)
      trails[number] = found.trail
    }
    start.work = work
  }

  private func questions(in draft: Draft) -> [Question] {
    policies.questions(in: draft, decisions: policies.decisionsNeeded(by: decisions))
  }

  private func add(_ finding: Finding) {
    numbers[finding] = findings.count
    findings.append(finding)
    subjectPlaces.append(start.draft.positions(of: finding.path))
  }

  /// What rules come to in a document with some facts changed: as far as the plan can tell, as it says.
  private func states(
    of questions: [Question], with fields: [DraftFacts.ChangedField]?, in context: DecisionContext
  ) -> [(state: Finding.State, trail: PlanTrail?)] {
    let asked = questions.map { question in
      DraftDecider.Question(
        rule: question.rule, decision: question.decision,
        subject: start.draft.positions(of: question.subject.path))
    }
    let answers = answers(to: asked, with: fields, on: context.knownGoverningDate)
    return questions.enumerated().map { index, question in
      switch answers?[index] ?? .open {
      case .fine: (.fine, nil)
      case .violated(let trail): (.violated, trail)
      case .open:
        (
          Finding.State(
            context.outcome(
              of: policies.rules[question.rule], for: question.subject,
              decision: question.decision, work: &work)), nil
        )
      }
    }
  }

  /// Counts work that was done elsewhere.
  func add(work: Int) { self.work += work }

  /// What a finding comes to in the document as it is.
  func state(of number: Int) -> Finding.State { number < states.count ? states[number] : .gone }

  func state(of number: Int, in situation: Situation) -> Finding.State {
    situation.outcome.differences[number] ?? state(of: number)
  }

  // MARK: - Changes

  /// What may come to something else by a change at a path.
  func touch(at path: AttributePath) -> Touch {
    if let known = touches[path] { return known }
    let touch = knowledge.touch(at: path)
    touches[path] = touch
    return touch
  }

  private func place(at path: AttributePath) -> ChangedPlace {
    if let known = places[path] { return known }
    let touch = touch(at: path)
    let numbers = touch.isWhole ? [] : numbers(touchedBy: touch, at: path)
    let place = ChangedPlace(
      touch: touch, positions: start.draft.positions(of: path), numbers: numbers,
      questions: numbers.map { question($0) }, copying: start.draft.listCount(on: path) / 16)
    places[path] = place
    return place
  }

  private func question(_ number: Int) -> DraftDecider.Question {
    DraftDecider.Question(
      rule: findings[number].rule, decision: findings[number].decision,
      subject: subjectPlaces[number])
  }

  /// A situation with several more changes.
  func situation(_ situation: Situation, with changes: [FactChange]) -> Situation {
    guard changes.count > 3 else {
      return changes.reduce(situation) { self.situation($0, with: $1) }
    }
    // So many are hardly ever tried twice, nor is what comes of the first of them of interest.
    return make(
      situation.changes + changes, fields(of: situation, with: changes[...]),
      touching: changes.map(\.path), from: situation)
  }

  private func situation(_ situation: Situation, with change: FactChange) -> Situation {
    let identity = FactChange.Identity(change)
    if let known = situation.next[identity] { return known }
    let made = make(
      situation.changes + [change], fields(of: situation, with: [change]),
      touching: [change.path], from: situation)
    situation.next[identity] = made
    return made
  }

  /// A situation without some of its changes, none of which makes the place for another.
  func situation(_ situation: Situation, without changes: [FactChange]) -> Situation {
    let gone = Set(changes.map { FactChange.Identity($0) })
    let kept = situation.changes.filter { !gone.contains(FactChange.Identity($0)) }
    return make(
      kept, fields(of: start, with: kept[...]), touching: Array(Set(changes.map(\.path))),
      from: situation)
  }

  /// A situation with some changes in all, which differs from another at some paths.
  private func make(
    _ changes: [FactChange], _ fields: [DraftFacts.ChangedField]?,
    touching paths: [AttributePath], from situation: Situation
  ) -> Situation {
    let before = work
    let touched = paths.map { place(at: $0) }
    work += touched.reduce(0) { $0 + $1.copying }
    let made =
      touched.contains(where: \.touch.isWhole)
      ? makeWhole(changes, fields) : make(changes, fields, touching: touched, from: situation)
    made.work = work - before + 1
    work += 1
    return made
  }

  private func make(
    _ changes: [FactChange], _ fields: [DraftFacts.ChangedField]?,
    touching touched: [ChangedPlace], from situation: Situation
  ) -> Situation {
    work += situation.outcome.differences.count / 4
    let place = touched.count == 1 ? touched[0] : nil
    let numbers = place?.numbers ?? touched.flatMap(\.numbers).ascendingOnce
    let questions = place?.questions ?? numbers.map { question($0) }
    let answers = answers(to: questions, with: fields, on: situation.base.governingDate)
    let outcome: Situation.Outcome
    if let place, let answers, !answers.contains(.open) {
      outcome = situation.outcome(where: answers, areToldAt: place) {
        self.outcome(of: numbers, answers, with: changes, from: situation)
      }
    } else {
      outcome = self.outcome(of: numbers, answers, with: changes, from: situation)
    }
    return Situation(
      start.draft, changes: changes, fields: fields, outcome: outcome, base: situation.base)
  }

  private func outcome(
    of numbers: [Int], _ answers: [DraftDecider.Answer]?, with changes: [FactChange],
    from situation: Situation
  ) -> Situation.Outcome {
    var differences = situation.outcome.differences
    var trails = situation.outcome.trails
    var open: [Int] = []
    for (index, number) in numbers.enumerated() where state(of: number, in: situation) != .gone {
      trails[number] = .some(nil)
      switch answers?[index] ?? .open {
      case .fine: set(number, to: .fine, in: &differences)
      case .violated(let trail):
        set(number, to: .violated, in: &differences)
        trails[number] = .some(trail)
      case .open: open.append(number)
      }
    }
    if !open.isEmpty {
      let draft = start.draft.applying(changes)
      let context = situation.base.context.with(document: draft)
      for number in open {
        let finding = findings[number]
        guard let subject = subject(of: number, in: draft) else { continue }
        let outcome = context.outcome(
          of: policies.rules[finding.rule], for: .value(subject), decision: finding.decision,
          work: &work)
        set(number, to: Finding.State(outcome), in: &differences)
      }
    }
    return Situation.Outcome(differences: differences, trails: trails)
  }

  /// What the changed facts have in a situation with several more changes, one after the other; nil where one is of
  /// no fact.
  private func fields(
    of situation: Situation, with changes: ArraySlice<FactChange>
  ) -> [DraftFacts.ChangedField]? {
    guard var fields = situation.fields else { return nil }
    fields.reserveCapacity(fields.count + changes.count)
    for (index, change) in zip(changes.indices, changes) {
      guard let positions = place(at: change.path).positions else { return nil }
      let field: FieldValue
      switch (change.kind, change.value) {
      case (.drop, _): field = .absent
      case (.supply, let value?), (.replace, let value?): field = .present(value)
      default:
        let draft = situation.draft.applying(changes[..<index])
        guard let found = draft.field(changedBy: change) else { return nil }
        field = found
      }
      fields.append(DraftFacts.ChangedField(at: positions, field))
    }
    return fields
  }

  /// What the plan tells of some findings in a changed document; nil where it can't be asked.
  private func answers(
    to questions: [DraftDecider.Question], with fields: [DraftFacts.ChangedField]?,
    on governingDate: CivilDate?
  ) -> [DraftDecider.Answer]? {
    guard let fields, facts.put(fields) else { return nil }
    let (policies, today, decisions) = (policies, today, decisions)
    var steps = 0
    let answers = deciders.use {
      DraftDecider(policies, today: today, decisions: decisions)
    } _: { decider in
      decider.answers(to: questions, in: facts, governingDate: governingDate, work: &steps)
    }
    work += steps
    return answers
  }

  /// The findings that a change at a path may make a difference to, ascending; all where it may change everything.
  func numbers(touchedAt path: AttributePath) -> [Int] {
    let touch = touch(at: path)
    return touch.isWhole ? Array(findings.indices) : place(at: path).numbers
  }

  private func set(
    _ number: Int, to state: Finding.State, in differences: inout [Int: Finding.State]
  ) {
    differences[number] = state == self.state(of: number) ? nil : state
  }

  /// A situation in which there may be other subjects, or other rules in force.
  private func makeWhole(
    _ changes: [FactChange], _ fields: [DraftFacts.ChangedField]?
  ) -> Situation {
    let draft = start.draft.applying(changes)
    let context = DecisionContext(policies: policies, document: draft, today: today)
    var differences: [Int: Finding.State] = [:]
    for number in findings.indices where state(of: number) != .gone { differences[number] = .gone }
    let questions = questions(in: draft)
    let states = self.states(of: questions, with: fields, in: context)
    var trails: [Int: PlanTrail?] = [:]
    for (question, (state, trail)) in zip(questions, states) {
      let finding = Finding(question)
      let number = numbers[finding] ?? findings.count
      if number == findings.count {
        add(finding)
        subjects = nil
        places = [:]
      }
      set(number, to: state, in: &differences)
      trails[number] = .some(trail)
    }
    return Situation(
      start.draft, changes: changes, fields: fields,
      outcome: Situation.Outcome(differences: differences, trails: trails),
      base: Situation.Base(context))
  }

  /// The findings that a change may make a difference to, each once, ascending.
  private func numbers(touchedBy touch: Touch, at path: AttributePath) -> [Int] {
    let subjects = subjects ?? SubjectIndex(findings)
    self.subjects = subjects
    return touch.readers.flatMap { reader in
      reader.readsWholeLists
        ? subjects.numbers(of: reader.rule) : subjects.numbers(of: reader.rule, near: path)
    }.ascendingOnce
  }

  // MARK: - What is known of a situation

  /// The subject of a finding in a draft; nil where there is none.
  func subject(of number: Int, in draft: Draft) -> Draft? {
    subjectPlaces[number].flatMap { draft.object(at: $0) }
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
    var end = path
    while let holder = end.parent {
      if case .index? = end.last, case .present(.list(let elements))? = find(holder) {
        count += elements.count
      }
      end = holder
    }
    return count
  }
}

extension [Int] {
  /// The numbers, each once, ascending.
  fileprivate var ascendingOnce: [Int] {
    let ascending = sorted()
    return ascending.enumerated().filter { $0 == 0 || ascending[$0 - 1] != $1 }.map(\.element)
  }
}
