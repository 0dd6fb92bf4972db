package import CEL

/// Decides documents one after the other by a compiled plan, as `PolicySet.decide` does one by one.
///
/// Documents are decided where they were decoded, and nothing is allocated for one unless the plan
/// can't tell the outcome of a rule; then the general evaluator is asked about that rule and subject, and
/// names the missing facts. A decider learns plans and keeps memory: each thread has its own.
public struct DocumentDecider: ~Copyable {
  /// A rule that is violated or undetermined for a subject.
  package struct Finding {
    package enum Kind: BitwiseCopyable {
      case violated, warning, observed, waived
      case undetermined
      /// The plan can't tell, and the general evaluator hasn't been asked.
      case doubtful
      /// The general evaluator found nothing.
      case settled
    }

    /// The index of the rule.
    package let rule: Int
    /// The outcome of the rule.
    package internal(set) var kind: Kind
    /// The position of the subject among the document's.
    let place: Int
    /// The position of the view in the plan.
    let view: Int
    /// The position of an undetermined finding's reasons; negative for others.
    var detail: Int
  }

  /// What it decides by.
  package var policies: PolicySet { plans.policies }
  /// The decisions asked for.
  package let asked: [Int]
  /// The decisions asked for and all that they need, each after those it needs.
  private let decisions: [Int]
  /// Each of these with each decision that it needs, in that order.
  private let needs: [(decision: Int, need: Int)]
  private let budget: Int
  private let hasIdentity: Bool
  private let today: CivilDate
  private let layout: FactLayout
  private let plans: DatedPlans<DecisionPlan>
  private let governingDate: GoverningDatePlan
  private var frame: FrameMemory

  /// The subjects of the last document.
  private(set) var subjects: DocumentSubjects
  /// The outcomes of the last document's decisions, by the index of the decision.
  private var outcomes: FixedTable<DecisionOutcome>
  /// The last document's findings by rule, then in its order; some may be settled.
  package private(set) var findings: [Finding] = []
  /// What the decisions asked for give that pass, of the last document; nil where none of them gives a value.
  package private(set) var values: [DecidedValue]?
  /// The reasons of undetermined findings.
  private(set) var details: [Verdict.Finding] = []
  /// Whether the last document has an identity, and that as UTF-8.
  private(set) var isIdentified = false
  private(set) var identityBytes = ByteBuffer()
  /// The value of the fact to group by as UTF-8; nil when the last document has none.
  package private(set) var group: [UInt8]?

  /// Where the last document stood in the piece of a stream that it was decided with.
  package internal(set) var place = 0..<0
  /// The number of its line in that piece, from 0.
  package internal(set) var lineNumber = 0

  /// Whether the value of a fact is noted for each document, to group them by.
  package let isGrouping: Bool

  /// A decider of a policy set for a date.
  ///
  /// `decisions` are indexes of decisions; nil stands for all that are not on request. The value of the
  /// fact `grouping` is noted for each document.
  package init(
    _ policies: PolicySet, today: CivilDate, decisions: [Int]? = nil, grouping: GroupingFact? = nil
  ) {
    self.today = today
    isGrouping = grouping != nil
    asked = decisions ?? policies.defaultDecisions
    let closure = policies.decisionsNeeded(by: asked)
    self.decisions = closure
    needs = closure.flatMap { decision in
      policies.decisions[decision].needs.map { (decision: decision, need: $0) }
    }
    budget = policies.evaluator.budget
    values = policies.anyGives(asked) ? [] : nil
    hasIdentity = policies.vocabulary.identity != nil
    layout = FactLayout(policies.vocabulary.schema)
    let types = policies.rules.filter { $0.decides.contains { closure.contains($0) } }
      .map(\.subjectType)
    let tree = SubjectTree(to: Set(types), in: policies)
    plans = DatedPlans(policies) { date in
      DecisionPlan(
        policies, decisions: closure, today: today, governingDate: date, tree: tree,
        grouping: grouping?.expression)
    }
    subjects = DocumentSubjects(tree: tree)
    outcomes = FixedTable(Array(repeating: .pass, count: policies.decisions.count))
    frame = FrameMemory()
    governingDate = GoverningDatePlan(policies, today: today)
  }

  /// The last document's identity; nil when it has none.
  public var identity: String? {
    isIdentified ? String(decoding: identityBytes.copy(), as: UTF8.self) : nil
  }

  /// The outcome of a decision for the last document, over all its subjects.
  package func outcome(of decision: Int) -> DecisionOutcome { outcomes[decision] }

  /// Whether every decision asked for passes for the last document, and at least one was asked for.
  public var passes: Bool { !asked.isEmpty && asked.allSatisfy { outcomes[$0] == .pass } }

  /// Decides the document that has a row in an arena, and was decoded from a text's first bytes, and
  /// it takes no more than `length`.
  package mutating func decide(
    row: Int, in arena: borrowing FactArena, text: PaddedBytes, length: Int
  ) {
    if !findings.isEmpty { findings.removeAll(keepingCapacity: true) }
    if !details.isEmpty { details.removeAll(keepingCapacity: true) }
    for decision in decisions { outcomes[decision] = .pass }
    if values?.isEmpty == false { values = [] }
    let planDecides = arena.withView(of: text) { facts in evaluate(facts, documentRow: row) }
    guard !planDecides else { return combineNeeds() }
    let general = GeneralPath(
      policies: policies, layout: layout, arena: arena, text: text, length: length, row: row,
      today: today)
    settle(by: general)
    combineNeeds()
    // A value is never the plan's, so that there is none without the general evaluator.
    if values != nil {
      values = general.context.values(of: asked, withholding: nil) { outcomes[$0] == .pass }
    }
  }

  /// A decision passes only where those pass that it needs.
  @inline(__always)
  private mutating func combineNeeds() {
    for (decision, need) in needs {
      outcomes[decision] = outcomes[decision].combined(with: outcomes[need])
    }
  }

  // MARK: - By the plan

  /// Evaluates all rules; false when some finding is doubtful, or the identity is.
  private mutating func evaluate(_ facts: FactView, documentRow: Int) -> Bool {
    subjects.gather(facts, documentRow: documentRow)
    let plan = plans.plan(
      on: governingDate.day(facts, documentRow: documentRow, frame: frame))
    var machine = unsafe PlanMachine(
      plan.program, facts: facts, documentRow: documentRow, unsafeFrame: frame.start)
    var isDecided = true
    let jumps = plan.jumps
    machine.enterDocument(jumps.documentObjects)
    for number in 0..<jumps.chains.count {
      let chain = jumps.chains[number]
      for step in chain.subjectSteps.positions {
        for place in subjects.ranges[jumps.subjectSteps[step]] {
          isDecided = walk(chain, of: plan, at: place, &machine) && isDecided
        }
      }
    }
    sortFindings()
    isDecided = identify(by: plan, &machine) && isDecided
    if isGrouping {
      group = plan.grouping.flatMap {
        Self.text(of: $0, budget: budget, &machine)
      }
    }
    return isDecided
  }

  /// Decides the rules of a chain for a subject; false when some finding is doubtful.
  private mutating func walk(
    _ chain: JumpChain, of plan: DecisionPlan, at place: Int, _ machine: inout PlanMachine
  ) -> Bool {
    let jumps = plan.jumps
    let row = subjects.places[place].row
    guard row >= 0 else {
      for position in chain.views.positions {
        add(.doubtful, ofView: jumps.chainViews[position], in: plan, at: place)
      }
      return chain.views.positions.isEmpty
    }
    machine.enterSubject(row, jumps.subjectObjects, chain.objects)
    var isDecided = true
    var index = unsafe machine.walk(jumps.tests.start, from: chain.start)
    while true {
      let test = jumps.tests[Int(index)]
      let view = Int(truncatingIfNeeded: test.value)
      switch test.operation {
      case .violated:
        let violation = plan.rules[plan.views[view].rule].violation
        add(violation, ofView: view, in: plan, at: place)
      case .doubtful:
        let rule = plan.rules[plan.views[view].rule]
        if let kind = Self.kind(of: plan.views[view], of: rule, row: row, &machine) {
          add(kind, ofView: view, in: plan, at: place)
          if kind == .doubtful { isDecided = false }
        }
      default: return isDecided
      }
      index = unsafe machine.walk(jumps.tests.start, from: test.no)
    }
  }

  /// Puts the findings, which came subject by subject, into the order of their rules.
  private mutating func sortFindings() {
    // Most documents have a handful, which are in their order after a step or two; of a document with
    // thousands of subjects, each step would move past all findings of the rules behind.
    guard findings.count <= 64 else {
      let numbered = findings.enumerated().sorted {
        ($0.element.rule, $0.offset) < ($1.element.rule, $1.offset)
      }
      findings = numbered.map(\.element)
      return
    }
    for index in findings.indices.dropFirst() {
      var place = index
      while place > 0, findings[place].rule < findings[place - 1].rule {
        findings.swapAt(place, place - 1)
        place -= 1
      }
    }
  }

  /// The outcome of a rule for the subject with a row; nil for nothing to report.
  @inline(__always)
  private static func kind(
    of view: DecisionPlan.View, of rule: DecisionPlan.PlannedRule, row: Int,
    _ machine: inout PlanMachine
  ) -> Finding.Kind? {
    let when = machine.evaluate(view.when, row: row, budget: view.budget)
    if when == .no { return nil }
    let require = machine.evaluate(view.require, row: row, budget: view.budget)
    if require == .yes { return nil }
    let unless = machine.evaluate(view.unless, row: row, budget: view.budget)
    if unless == .yes { return nil }
    if when == .yes, unless == .no, require == .no, rule.isInForce {
      return rule.violation
    }
    // What is only missing makes a warning undetermined, which nobody is shown.
    return rule.isQuiet && view.isComplete ? nil : .doubtful
  }

  private mutating func add(
    _ kind: Finding.Kind, ofView view: Int, in plan: DecisionPlan, at place: Int
  ) {
    let rule = plan.rules[plan.views[view].rule]
    if kind == .violated {
      for position in plan.views[view].fails.positions { outcomes[plan.fails[position]] = .fail }
    }
    // A rule that is evaluated for several decisions may be found for each: it is listed once.
    if view > rule.views.positions.lowerBound, kind != .doubtful,
      findings.contains(where: {
        $0.rule == rule.rule && $0.place == place && $0.kind == kind
      })
    {
      return
    }
    findings.append(Finding(rule: rule.rule, kind: kind, place: place, view: view, detail: -1))
  }

  /// Tells the document's identity; false when the general evaluator has to.
  private mutating func identify(by plan: DecisionPlan, _ machine: inout PlanMachine) -> Bool {
    isIdentified = false
    guard hasIdentity else { return true }
    guard let node = plan.identity,
      let string = machine.evaluateString(node, budget: budget)
    else { return false }
    isIdentified = true
    identityBytes.removeAll()
    unsafe identityBytes.append(string.buffer)
    return true
  }

  private static func text(
    of node: DecisionPlan.GroupingNode, budget: Int, _ machine: inout PlanMachine
  ) -> [UInt8]? {
    switch node {
    case .string(let node):
      return machine.evaluateString(node, budget: budget).map { unsafe Array($0.buffer) }
    case .truth(let node):
      switch machine.evaluate(node, row: 0, budget: budget) {
      case .yes: return Array("true".utf8)
      case .no: return Array("false".utf8)
      case .undetermined: return nil
      }
    case .number(let node):
      return machine.evaluateDay(node, budget: budget).map { Array("\($0)".utf8) }
    case .day(let node):
      return machine.evaluateDay(node, budget: budget).map {
        Array(CivilDate(daysSinceEpoch: Int32(truncatingIfNeeded: $0)).description.utf8)
      }
    }
  }

  // MARK: - By the general evaluator

  private mutating func settle(by general: GeneralPath) {
    let context = general.context
    let policies = policies
    isIdentified = false
    if let identity = context.documentID {
      isIdentified = true
      identityBytes.removeAll()
      identityBytes.append(identity)
    }
    for index in findings.indices where findings[index].kind == .doubtful {
      let finding = findings[index]
      let rule = policies.rules[finding.rule]
      let subject = general.subject(at: finding.place, of: subjects, type: rule.subjectType)
      let plan = plans.plan(on: context.knownGoverningDate.map { Int64($0.daysSinceEpoch) })
      let view = plan.views[finding.view]
      let outcome = context.outcome(of: rule, for: subject, decision: view.decision)
      let combined = outcome.decisionOutcome
      for position in view.fails.positions {
        let decision = plan.fails[position]
        outcomes[decision] = outcomes[decision].combined(with: combined)
      }
      findings[index].kind = .settled
      switch outcome {
      case .doesNotApply, .satisfied: continue
      case .violated: findings[index].kind = Finding.Kind(violationOf: rule)
      case .undetermined(let doubt):
        guard rule.severity == .error else { continue }
        details.append(Verdict.Finding(of: rule, at: subject.path.pathFromRoot, doubt))
        findings[index].detail = details.count - 1
        findings[index].kind = .undetermined
      }
      if isRepeated(index) { findings[index].kind = .settled }
    }
  }

  /// Whether an earlier finding says the same of the rule at the same place.
  private func isRepeated(_ index: Int) -> Bool {
    let finding = findings[index]
    return findings[..<index].contains { other in
      guard other.rule == finding.rule, other.kind == finding.kind else { return false }
      return other.place == finding.place
        || (finding.detail >= 0 && details[other.detail].at == details[finding.detail].at)
    }
  }
}

extension DocumentDecider.Finding.Kind {
  /// What a violation of a rule is reported as.
  init(violationOf rule: Rule) {
    self =
      switch rule.severity {
      case .error: .violated
      case .warning: .warning
      case .observe: rule.countedWaiver == nil ? .observed : .waived
      }
  }
}

/// The words of the frames of one evaluation after the other.
///
/// - INVARIANT: `start` has `count` words, and belongs to this value alone.
@safe
struct FrameMemory: ~Copyable {
  private static let count = PlanMachine.frameCapacity + JumpCells.count + ZoneCells.count

  let start: UnsafeMutablePointer<Int>

  init() {
    unsafe start = .allocate(capacity: Self.count)
    unsafe start.initialize(repeating: 0, count: Self.count)
  }

  deinit { unsafe start.deallocate() }
}
