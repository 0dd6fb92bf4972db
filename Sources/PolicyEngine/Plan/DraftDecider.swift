package import CEL

/// Decides rules for subjects of drafts by compiled plans, as `DocumentDecider` decides documents.
///
/// A search decides one rule after the other for changed documents, thousands of times: the plan takes a
/// twentieth of what the general evaluator does. It learns plans, and is for one thread at a time.
package final class DraftDecider {
  /// A rule that is asked about a subject.
  package struct Question {
    /// The index of the rule.
    let rule: Int
    /// The decision that it is asked for, where that makes a difference to the rule.
    let decision: Int?
    /// The positions that lead to the subject; nil where it is missing.
    let subject: [Int]?

    /// A question about the subject that some positions lead to.
    package init(rule: Int, decision: Int?, subject: [Int]?) {
      self.rule = rule
      self.decision = decision
      self.subject = subject
    }
  }

  /// What the plan can tell of a rule.
  package enum Answer: Equatable, Sendable {
    /// It does not apply, or is satisfied.
    case fine
    /// It is violated; with how that was found, where that can be told.
    case violated(PlanTrail?)
    /// Facts are missing, or the plan can't tell: the general evaluator can.
    case open
  }

  private struct ViewKey: Hashable {
    let rule: Int
    let decision: Int?
  }

  private let plans: DatedPlans<DecisionPlan>
  private let budget: Int
  private let frame = FrameMemory()
  /// The views of each plan that was used, by what they are of.
  private var views: [ObjectIdentifier: [ViewKey: Int]] = [:]

  /// A decider of the rules that have a say in some decisions, by their indexes.
  package init(_ policies: PolicySet, today: CivilDate, decisions: [Int]) {
    budget = policies.evaluator.budget
    let closure = policies.decisionsNeeded(by: decisions)
    let types = policies.rules.filter { $0.decides.contains { closure.contains($0) } }
      .map(\.subjectType)
    let tree = SubjectTree(to: Set(types), in: policies)
    plans = DatedPlans(policies) { date in
      DecisionPlan(
        policies, decisions: closure, today: today, governingDate: date, tree: tree, grouping: nil)
    }
  }

  /// The answers to some questions about the draft whose facts were put last.
  ///
  /// `work` grows by an eighth of the steps that the general evaluator would count at most.
  package func answers(
    to questions: [Question], in facts: DraftFacts, governingDate: CivilDate?, work: inout Int
  ) -> [Answer] {
    let plan = plans.plan(on: governingDate.map { Int64($0.daysSinceEpoch) })
    let views = views(of: plan)
    var spent = 0
    let answers = unsafe facts.words.withUnsafeBufferPointer { words -> [Answer] in
      unsafe facts.text.withUnsafeBufferPointer { text -> [Answer] in
        unsafe facts.decodedText.withUnsafeBufferPointer { decoded -> [Answer] in
          guard let words = words.baseAddress, let text = text.baseAddress else {
            return questions.map { _ in .open }
          }
          let view = unsafe FactView(
            words: words, text: text, decodedText: decoded.baseAddress ?? text)
          var machine = unsafe PlanMachine(
            plan.program, facts: view, documentRow: facts.documentRow, unsafeFrame: frame.start)
          return questions.map { question in
            guard let row = question.subject.flatMap({ facts.row(at: $0) }) else { return .open }
            let key = ViewKey(rule: question.rule, decision: question.decision)
            // What the plan left out has nothing to say of any document.
            guard let number = views[key] else { return .fine }
            let view = plan.views[number]
            spent += budget - view.budget
            return Self.answer(view, of: plan, row: row, &machine, &spent)
          }
        }
      }
    }
    work += questions.count + spent / 8
    return answers
  }

  private static func answer(
    _ view: DecisionPlan.View, of plan: DecisionPlan, row: Int, _ machine: inout PlanMachine,
    _ spent: inout Int
  ) -> Answer {
    func truth(_ node: Int32) -> PlanTruth {
      machine.budget = view.budget
      let truth = machine.evaluate(node, row: row, budget: view.budget)
      spent += view.budget - machine.budget
      return truth
    }
    let when = truth(view.when)
    if when == .no { return .fine }
    let require = truth(view.require)
    if require == .yes { return .fine }
    let unless = truth(view.unless)
    if unless == .yes { return .fine }
    let isKnown = when == .yes && unless == .no && require == .no
    guard isKnown, plan.rules[view.rule].isInForce else { return .open }
    return .violated(machine.trail(of: view, row: row))
  }

  private func views(of plan: DecisionPlan) -> [ViewKey: Int] {
    let identity = ObjectIdentifier(plan)
    if let known = views[identity] { return known }
    var numbers: [ViewKey: Int] = [:]
    for position in 0..<plan.views.count {
      let view = plan.views[position]
      numbers[ViewKey(rule: plan.rules[view.rule].rule, decision: view.decision)] = position
    }
    views[identity] = numbers
    return numbers
  }
}
