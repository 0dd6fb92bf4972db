public import CEL

extension PolicySet {
  /// Decides a document for a date and says why.
  ///
  /// `decisions` are indexes of decisions; nil stands for all that are not on request. The outcomes are
  /// those of `decide`; the rules are evaluated again with recording on. What the `viewer` may not see is
  /// no part of the explanation, so that no rendering can show it.
  public func explain(
    _ document: FactDocument, today: CivilDate, decisions: [Int]? = nil,
    for viewer: Viewer = .privileged
  ) -> Explanation {
    let context = DecisionContext(policies: self, document: document.draft, today: today)
    return Explainer(
      asked: decisions ?? defaultDecisions, context: context, source: document,
      withholding: Withholding(from: viewer, in: context)
    ).explanation()
  }
}

/// Builds the explanation of what was decided.
struct Explainer {
  let asked: [Int]
  let context: DecisionContext
  /// What the viewer is not shown; nil when all of it may be shown.
  let withholding: Withholding?
  private let source: FactDocument
  private let citations: CitationBuilder

  private var policies: PolicySet { context.policies }

  init(asked: [Int], context: DecisionContext, source: FactDocument, withholding: Withholding?) {
    self.asked = asked
    self.context = context
    self.withholding = withholding
    self.source = source
    citations = CitationBuilder(context: context, source: source, withholding: withholding)
  }

  func explanation() -> Explanation {
    let questions = policies.questions(
      in: context.document, decisions: policies.decisionsNeeded(by: asked))
    let told = questions.map { explain($0) }
    let findings = Findings(asked: asked, findings: told.map(\.finding), in: policies)
    let outcomes = findings.outcomes(in: policies)
    var prospects: [Int: Prospect] = [:]
    var explained: [Int: DecisionExplanation] = [:]
    for decision in findings.decisions {
      let outcome = outcomes[decision] ?? .undetermined
      let own = findings.positions(deciding: decision, in: policies)
      let rules = own.filter { !told[$0].isOfWaiver }
        .map { told[$0].explanation.showingValues(outcome == .pass) }
        .mergingSamePlaces(if: withholding != nil)
      if outcome == .fail {
        let ways =
          rules.filter { $0.outcome == .violated && $0.severity == .error }
          .map(\.prospect)
          + policies.decisions[decision].needs.compactMap { prospects[$0] }
        prospects[decision] = ways.reduce(.open) { $0.combined(with: $1) }
      }
      explained[decision] = DecisionExplanation(
        name: policies.decisions[decision].name, title: policies.decisions[decision].title,
        isAskedFor: asked.contains(decision), outcome: outcome,
        word: policies.decisions[decision].word(for: outcome),
        needs: policies.decisions[decision].needs.map { policies.decisions[$0].name },
        subjects: subjects(
          of: decision, outcome: outcome, findings: own.map { findings.findings[$0] }),
        rules: rules, prospect: prospects[decision])
    }
    let needed = findings.decisions.filter { !asked.contains($0) }
    let governing = governing
    return Explanation(
      id: context.documentID, summary: citations.summary(of: context.document),
      today: context.today,
      governingDate: context.knownGoverningDate, timeZone: policies.vocabulary.timeZone,
      sourceTitle: policies.vocabulary.sourceTitle,
      governing: governing, isWithholding: withholding != nil,
      decisions: (asked + needed).compactMap { explained[$0] },
      provenance: Provenance(
        policies: policies, document: withholding == nil ? source.digest : nil),
      work: citations.work)
  }

  private var governing: Citations {
    citations.evaluate(
      policies.vocabulary.governingDate,
      in: context.activation(for: context.document, decision: nil)
    ).citations
  }

  private func explain(
    _ question: Question
  ) -> (finding: Findings.Finding, explanation: RuleExplanation, isOfWaiver: Bool) {
    let rule = policies.rules[question.rule]
    let withheld = withholding?.facts(readBy: rule) ?? []
    let (outcome, clauses) = decide(question)
    var told = outcome
    if !withheld.isEmpty, case .undetermined = told { told = .undetermined(Undetermined()) }
    var missing: [Citations.Fact] = []
    if case .undetermined(let doubt) = told {
      missing = doubt.missing.paths.map { citations.fact(at: $0, isPresenceOnly: true) }
    }
    var reason: String?
    var fix: FixExplanation?
    var summary: String?
    var grounds: [GroundExplanation] = []
    var exceptions: [ExceptionExplanation] = []
    let isAboutDocument = rule.subjectType == policies.vocabulary.documentType
    if case .value(let object) = question.subject {
      if !isAboutDocument { summary = citations.summary(of: object) }
      let activation = context.activation(for: object, decision: question.decision)
      grounds = self.grounds(of: rule, outcome, clauses, in: activation)
      exceptions = self.exceptions(of: rule, outcome, in: activation)
      if outcome == .violated {
        reason = rule.because.map { render($0, in: activation) }
        fix = rule.fix.map { explain($0, in: activation) }
      }
    }
    let explanation = RuleExplanation(
      id: rule.id, title: rule.title, topic: rule.topic, severity: rule.severity,
      path: visible(question.subject.path), subjectSummary: summary,
      subjectVariable: isAboutDocument ? nil : policies.vocabulary.types[rule.subjectType].variable,
      outcome: told, missing: missing, withheld: withheld,
      conditions: clauses, reason: reason, fix: fix, grounds: grounds,
      given: clauses.last { $0.role == .require }?.condition.given, exceptions: exceptions,
      place: rule.range, source: rule.source, quote: rule.quote)
    let finding = Findings.Finding(
      rule: question.rule, subject: question.subject, decision: question.decision, outcome: outcome)
    // What counts the effect of a waiver is told where the rule is that it waives.
    return (finding, explanation, rule.countedWaiver != nil)
  }

  /// The outcome of a rule, and the conditions that had a say: none where the rule is not in force, `require`
  /// only where it applies.
  private func decide(
    _ question: Question
  ) -> (outcome: RuleOutcome, clauses: [ClauseExplanation]) {
    let rule = policies.rules[question.rule]
    guard case .value(let object) = question.subject else {
      return (context.outcome(of: rule, for: question.subject, decision: question.decision), [])
    }
    let explainer = ConditionExplainer(
      policies: policies,
      activation: context.activation(for: object, decision: question.decision),
      citations: citations)
    var clauses: [ClauseExplanation] = []
    func explain(_ role: ClauseRole, _ condition: Condition) -> Truth? {
      let (explanation, truth) = explainer.explain(condition)
      clauses.append(ClauseExplanation(role: role, condition: explanation))
      return truth
    }
    guard withholding == nil else {
      // What decided may be withheld, so the outcome of the rule is not shown by what is explained.
      let outcome = context.outcome(
        of: rule, for: question.subject, decision: question.decision)
      for (role, condition) in rule.conditionsWithSay(for: outcome) { _ = explain(role, condition) }
      return (outcome, clauses)
    }
    func truth(_ role: ClauseRole, _ condition: Condition) -> Truth {
      // Where nothing is withheld, every condition has a truth.
      explain(role, condition) ?? .undetermined(Undetermined())
    }
    let outcome = RuleOutcome(
      isInForce: context.isInForce(rule), when: rule.when.map { truth(.when, $0) } ?? .yes,
      unless: rule.unless.map { truth(.unless, $0) } ?? .no, require: truth(.require, rule.require))
    return (outcome, clauses)
  }

  func explain(_ fix: Rule.Fix, in activation: Activation) -> FixExplanation {
    if let deadline = fix.deadline, let withheld = withholding?.facts(readBy: deadline),
      !withheld.isEmpty
    {
      return FixExplanation(
        action: render(fix.action, in: activation), prospect: .unknown,
        citations: Citations(withheld: withheld))
    }
    let deadline = fix.deadline.map { citations.evaluate($0, in: activation) }
    return FixExplanation(
      action: render(fix.action, in: activation),
      prospect: deadline.map { Prospect($0.result, today: context.today) } ?? .open,
      citations: deadline?.citations ?? Citations())
  }

  private func subjects(
    of decision: Int, outcome: DecisionOutcome, findings own: [Findings.Finding]
  ) -> [DecisionExplanation.SubjectOutcome] {
    let type = policies.decisions[decision].subjectType
    guard type != policies.vocabulary.documentType else {
      return [.init(path: context.document.path, summary: nil, outcome: outcome)]
    }
    let subjects = policies.routes[type].subjects(in: context.document)
    var outcomes: [AttributePath: DecisionOutcome] = [:]
    for subject in subjects { outcomes[subject.path] = .pass }
    var ofAll = DecisionOutcome.pass
    for finding in own where policies.rules[finding.rule].severity == .error {
      let found = finding.outcome.decisionOutcome
      guard found != .pass else { continue }
      // A rule about a part of a subject counts for that subject; one about the document for all.
      let holder = finding.subject.path.ancestorsAndSelf.first { outcomes[$0] != nil }
      if let holder {
        outcomes[holder] = outcomes[holder]?.combined(with: found)
      } else {
        ofAll = ofAll.combined(with: found)
      }
    }
    let told = subjects.map { subject in
      let summary =
        if case .value(let object) = subject { citations.summary(of: object) } else {
          nil as String?
        }
      return DecisionExplanation.SubjectOutcome(
        path: visible(subject.path), summary: summary,
        outcome: (outcomes[subject.path] ?? .undetermined).combined(with: ofAll))
    }
    return told.mergingSamePlaces(if: withholding != nil)
  }

  private func visible(_ path: AttributePath) -> AttributePath {
    withholding?.visible(path) ?? path
  }

  func render(_ template: Template, in activation: Activation) -> String {
    TemplateRenderer(policies: policies, withholding: withholding).render(template, in: activation)
  }
}

extension AttributePath {
  /// The path and the paths that it begins with, the longest first.
  fileprivate var ancestorsAndSelf: some Sequence<AttributePath> {
    (0...count).reversed().lazy.map { prefix($0) }
  }
}

// What is about things inside a confidential fact is shown once for all of them: how many there are is theirs.

extension [RuleExplanation] {
  /// Each rule once at a place, as it came out worst.
  fileprivate func mergingSamePlaces(if isMerging: Bool) -> Self {
    guard isMerging else { return self }
    var indices: [String: [AttributePath: Int]] = [:]
    return reduce(into: []) { merged, rule in
      guard let index = indices[rule.id]?[rule.path] else {
        indices[rule.id, default: [:]][rule.path] = merged.count
        return merged.append(rule)
      }
      if rule.outcome.badness > merged[index].outcome.badness { merged[index] = rule }
    }
  }
}

extension [DecisionExplanation.SubjectOutcome] {
  /// Each place once, with the outcome of its subjects together.
  fileprivate func mergingSamePlaces(if isMerging: Bool) -> Self {
    guard isMerging else { return self }
    var indices: [AttributePath: Int] = [:]
    return reduce(into: []) { merged, subject in
      guard let index = indices[subject.path] else {
        indices[subject.path] = merged.count
        return merged.append(subject)
      }
      merged[index] = .init(
        path: subject.path, summary: subject.summary,
        outcome: merged[index].outcome.combined(with: subject.outcome))
    }
  }
}

extension RuleExplanation {
  /// The rule, with the values that were given only where they may be shown.
  fileprivate func showingValues(_ isShowing: Bool) -> RuleExplanation {
    guard let given, !isShowing else { return self }
    var copy = self
    copy.given = given.withoutValues
    return copy
  }
}

extension RuleOutcome {
  fileprivate var badness: Int {
    switch self {
    case .doesNotApply: 0
    case .satisfied: 1
    case .undetermined: 2
    case .violated: 3
    }
  }
}
