import CEL

/// The rules that have a say in the decisions asked for, compiled for the governing dates of a range on
/// which the same rules are in force and all parameters keep their values.
final class DecisionPlan: Sendable {
  /// A rule, or one of its evaluations where it differs by the decision asked for.
  struct View: Sendable, BitwiseCopyable {
    /// The position of the rule among the plan's.
    let rule: Int
    let when: Int32
    let unless: Int32
    let require: Int32
    /// How much work evaluating it may cost.
    let budget: Int
    /// Whether nothing of it is left to the general evaluator.
    let isComplete: Bool
    /// Whether it evaluates all that the general evaluator does.
    let isFaithful: Bool
    /// The decision it is for, where that makes a difference.
    let decision: Int?
    /// The positions in `fails` of the decisions that a violation fails; none for a warning.
    let fails: TableRange
  }

  /// A rule that is in force, or may be.
  struct PlannedRule: Sendable, BitwiseCopyable {
    /// Its index in the policy set.
    let rule: Int
    /// What a violation is reported as.
    let violation: DocumentDecider.Finding.Kind
    /// Whether a violation fails nothing, so that nobody is shown where it is undetermined.
    let isQuiet: Bool
    /// Whether it is known to be in force.
    let isInForce: Bool
    /// The positions of its views.
    let views: TableRange
  }

  let program: PlanProgram
  // In tables without references: reading from arrays of arrays counts references at each step.
  let rules: ConstantTable<PlannedRule>
  let views: ConstantTable<View>
  let fails: ConstantTable<Int>
  /// The same rules as jump code, those about values of one type together.
  let jumps: JumpCode
  /// The document's identity as a string; nil when the general evaluator has to be asked.
  let identity: Int32?
  /// The fact to group by, by what it is.
  let grouping: GroupingNode?
  /// The conditions left to the general evaluator, with the rules that they are of.
  let fallbacks: [(rule: Int, expression: CheckedExpression)]

  /// A fact to group documents by: a node, and what it gives.
  enum GroupingNode: Sendable {
    case string(Int32)
    case truth(Int32)
    case number(Int32)
    case day(Int32)
  }

  /// A plan for the dates like `governingDate`; nil stands for documents whose date is not known.
  init(
    _ policies: PolicySet, decisions: [Int], today: CivilDate, governingDate: CivilDate?,
    tree: SubjectTree, grouping: CheckedExpression?
  ) {
    var compiler = PlanCompiler(policies, governingDate: governingDate)
    let parameters = policies.vocabulary.parameters.map { parameter in
      governingDate.flatMap { parameter.value(on: $0)?.value }
    }
    func scope(_ subjectType: Int, decision: Int?) -> PlanCompiler.Scope {
      let decision = decision.map { CELValue.string(policies.decisions[$0].name) }
      return PlanCompiler.Scope(
        locals: [.row(type: subjectType)], globals: [nil, .date(today), decision] + parameters)
    }
    var planned: [PlannedRule] = []
    var views: [View] = []
    var fails: [Int] = []
    var fallbacks: [(Int, CheckedExpression)] = []
    for (index, rule) in policies.rules.enumerated() {
      let concerned = rule.decides.filter { decisions.contains($0) }
      guard !concerned.isEmpty else { continue }
      // A rule that has nothing to say is passed over, unless its subjects may be missing: it is open
      // then whether there is anything that it would concern.
      let alwaysHasSubject = rule.subjectType == policies.vocabulary.documentType
      let isOutOfForce =
        governingDate.map { date in rule.effective.map { !$0.contains(date) } ?? false } ?? false
      if isOutOfForce, alwaysHasSubject { continue }
      let isQuiet = rule.severity != .error
      let decided: [Int?] = rule.dependsOnDecision ? concerned.map { $0 } : [nil]
      let usesKnown = !rule.exceptions.isEmpty || !rule.isDeclared
      let firstView = views.count
      for decision in decided {
        let scope = scope(rule.subjectType, decision: decision)
        // A definition may read which decision it is, and then differs between them.
        if decision != nil { compiler.forgetTerms() }
        let seen = compiler.fallbacks.count
        let left = compiler.leftOut
        let when =
          isOutOfForce
          ? PlanCompiler.no
          : rule.when.map { compiler.condition($0, scope) } ?? PlanCompiler.yes
        let unless = rule.unless.map { compiler.condition($0, scope) } ?? PlanCompiler.no
        let require = compiler.condition(rule.require, scope)
        fallbacks += compiler.fallbacks[seen...].map { (index, $0) }
        let saysNothing =
          when == PlanCompiler.no || unless == PlanCompiler.yes || require == PlanCompiler.yes
        if saysNothing, alwaysHasSubject { continue }
        let nodes = [when, unless, require]
        let firstFail = fails.count
        if !isQuiet { fails += decision.map { [$0] } ?? concerned }
        views.append(
          View(
            rule: planned.count, when: when, unless: unless, require: require,
            budget: policies.evaluator.budget - nodes.map { compiler.cost($0) }.reduce(0, +),
            // An exception that is not known is none, whatever its conditions are.
            isComplete: !usesKnown && nodes.allSatisfy { compiler.isComplete($0) },
            isFaithful: compiler.leftOut == left, decision: decision,
            fails: TableRange(firstFail..<fails.count)))
      }
      if rule.dependsOnDecision { compiler.forgetTerms() }
      guard views.count > firstView else { continue }
      planned.append(
        PlannedRule(
          rule: index, violation: .init(violationOf: rule), isQuiet: isQuiet,
          isInForce: rule.effective == nil || governingDate != nil,
          views: TableRange(firstView..<views.count)))
    }
    let documentScope = scope(policies.vocabulary.documentType, decision: nil)
    identity = policies.vocabulary.identity.flatMap { expression in
      expression.type == .string ? compiler.string(expression, documentScope) : nil
    }
    self.grouping = grouping.flatMap { compiler.grouping($0, documentScope) }
    rules = ConstantTable(planned)
    self.views = ConstantTable(views)
    self.fails = ConstantTable(fails)
    jumps = JumpCode(
      rules: planned.map { (policies.rules[$0.rule].subjectType, $0) }, views: views,
      nodes: compiler.nodes, tree: tree)
    self.fallbacks = fallbacks.map { (rule: $0.0, expression: $0.1) }
    program = compiler.program()
  }
}

extension PlanCompiler {
  /// The node of a fact that documents are grouped by; nil when there can be none.
  fileprivate mutating func grouping(
    _ expression: CheckedExpression, _ scope: Scope
  ) -> DecisionPlan.GroupingNode? {
    switch expression.type {
    case .string, .enumeration: string(expression, scope).map { .string($0) }
    case .bool: .truth(truth(expression, scope))
    case .int: number(expression, scope).map { .number($0) }
    case .date: number(expression, scope).map { .day($0) }
    default: nil
    }
  }
}
