package import CEL

/// What every rule that has a say in the decisions asked for comes to, for each of its subjects.
package struct Findings: Sendable {
  /// One outcome.
  package struct Finding: Sendable {
    /// The index of the rule.
    package let rule: Int
    package let subject: Subject
    /// The decision it was evaluated for, where that makes a difference to the rule.
    package let decision: Int?
    package let outcome: RuleOutcome
  }

  /// The decisions asked for.
  let asked: [Int]
  /// The decisions asked for and all that they need, each after those it needs.
  let decisions: [Int]
  /// The outcomes, by rule and then in the order of the document.
  package let findings: [Finding]

  package init(asked: [Int], in context: DecisionContext) {
    self.init(asked: asked, ofRules: context.policies.rules.indices, in: context)
  }

  /// The same, adding to `work` how much there was to evaluate.
  package init(asked: [Int], in context: DecisionContext, work: inout Int) {
    self.init(asked: asked, ofRules: context.policies.rules.indices, in: context, work: &work)
  }

  /// Outcomes that were found otherwise, by rule and then in the order of the document.
  init(asked: [Int], findings: [Finding], in policies: PolicySet) {
    self.asked = asked
    decisions = policies.decisionsNeeded(by: asked)
    self.findings = findings
  }

  /// The outcomes of some rules alone, by their index.
  package init(asked: [Int], ofRules rules: some Sequence<Int>, in context: DecisionContext) {
    var work = 0
    self.init(asked: asked, ofRules: rules, in: context, work: &work)
  }

  private init(
    asked: [Int], ofRules rules: some Sequence<Int>, in context: DecisionContext, work: inout Int
  ) {
    let policies = context.policies
    self.asked = asked
    decisions = policies.decisionsNeeded(by: asked)
    findings = policies.questions(
      in: context.document, decisions: decisions, rules: Array(rules)
    ).map { question in
      Finding(
        rule: question.rule, subject: question.subject, decision: question.decision,
        outcome: context.outcome(
          of: policies.rules[question.rule], for: question.subject, decision: question.decision,
          work: &work))
    }
  }

  /// The positions of the findings of the rules that a decision is made of, without those of the decisions
  /// it needs.
  func positions(deciding decision: Int, in policies: PolicySet) -> [Int] {
    findings.indices.filter { index in
      findings[index].decision.map { $0 == decision }
        ?? policies.rules[findings[index].rule].decides.contains(decision)
    }
  }

  /// The outcome of every decision, over all its subjects.
  package func outcomes(in policies: PolicySet) -> [Int: DecisionOutcome] {
    var outcomes: [Int: DecisionOutcome] = [:]
    for decision in decisions { outcomes[decision] = .pass }
    for finding in findings where policies.rules[finding.rule].severity == .error {
      let outcome = finding.outcome.decisionOutcome
      guard outcome != .pass else { continue }
      for decision in finding.decision.map({ [$0] }) ?? policies.rules[finding.rule].decides {
        outcomes[decision] = outcomes[decision]?.combined(with: outcome)
      }
    }
    for decision in decisions {
      for need in policies.decisions[decision].needs {
        if let needed = outcomes[need] {
          outcomes[decision] = outcomes[decision]?.combined(with: needed)
        }
      }
    }
    return outcomes
  }
}

extension RuleOutcome {
  /// What the outcome makes of a decision by itself.
  var decisionOutcome: DecisionOutcome {
    switch self {
    case .doesNotApply, .satisfied: .pass
    case .violated: .fail
    case .undetermined: .undetermined
    }
  }
}

/// A rule that has a say, with what it is asked about.
package struct Question {
  /// The index of the rule.
  package let rule: Int
  package let subject: Subject
  /// The decision it is evaluated for, where that makes a difference to the rule.
  package let decision: Int?
}

extension PolicySet {
  /// Every rule that has a say in some decisions, for each of its subjects in the order of the document.
  ///
  /// `rules` are the indexes of those asked; nil stands for all.
  package func questions(
    in document: any CELObject, decisions: [Int], rules: [Int]? = nil
  ) -> [Question] {
    var subjects: [Int: [Subject]] = [:]
    var questions: [Question] = []
    for index in rules ?? Array(self.rules.indices) {
      let rule = self.rules[index]
      let concerned = rule.decides.filter { decisions.contains($0) }
      guard !concerned.isEmpty else { continue }
      let values = subjects[rule.subjectType] ?? routes[rule.subjectType].subjects(in: document)
      subjects[rule.subjectType] = values
      let views: [Int?] = rule.dependsOnDecision ? concerned.map { $0 } : [nil]
      for subject in values {
        questions += views.map { Question(rule: index, subject: subject, decision: $0) }
      }
    }
    return questions
  }

  /// The decisions and all that they need, each once and after those it needs.
  package func decisionsNeeded(by decisions: [Int]) -> [Int] {
    var ordered: [Int] = []
    var met: Set<Int> = []
    // Without recursion: a chain of needs may be as long as there are decisions.
    var open = decisions.reversed().map { (decision: $0, isReady: false) }
    while let (decision, isReady) = open.popLast() {
      if isReady {
        ordered.append(decision)
      } else if met.insert(decision).inserted {
        open.append((decision, true))
        open += self.decisions[decision].needs.reversed().map { ($0, false) }
      }
    }
    return ordered
  }
}
