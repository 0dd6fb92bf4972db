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
    let context = DecisionContext(policies: self, document: document.root, today: today)
    let findings = Findings(asked: decisions ?? defaultDecisions, in: context)
    return Explainer(
      context: context, source: document, findings: findings,
      withholding: Withholding(from: viewer, in: context)
    ).explanation()
  }
}

/// Builds the explanation of what was decided.
struct Explainer {
  let context: DecisionContext
  let source: FactDocument
  let findings: Findings
  /// What the viewer is not shown; nil when all of it may be told.
  let withholding: Withholding?

  private var policies: PolicySet { context.policies }

  func explanation() -> Explanation {
    let outcomes = findings.outcomes(in: policies)
    var prospects: [Int: Prospect] = [:]
    var explained: [Int: DecisionExplanation] = [:]
    for decision in findings.decisions {
      let outcome = outcomes[decision] ?? .undetermined
      let own = findings.findings(deciding: decision, in: policies)
      let rules = own.map { explain($0) }.mergingSamePlaces(if: withholding != nil)
      if outcome == .fail {
        let ways =
          rules.filter { $0.outcome == .violated && $0.severity == .error }
          .map { $0.fix?.prospect ?? .unknown }
          + policies.decisions[decision].needs.compactMap { prospects[$0] }
        prospects[decision] = ways.reduce(.open) { $0.combined(with: $1) }
      }
      explained[decision] = DecisionExplanation(
        name: policies.decisions[decision].name, title: policies.decisions[decision].title,
        isAskedFor: findings.asked.contains(decision), outcome: outcome,
        word: policies.decisions[decision].word(for: outcome),
        needs: policies.decisions[decision].needs.map { policies.decisions[$0].name },
        subjects: subjects(of: decision, outcome: outcome, findings: own), rules: rules,
        prospect: prospects[decision])
    }
    let needed = findings.decisions.filter { !findings.asked.contains($0) }
    return Explanation(
      id: context.documentID, summary: summary(of: context.document), today: context.today,
      governingDate: context.knownGoverningDate, timeZone: policies.vocabulary.timeZone,
      sourceTitle: policies.vocabulary.sourceTitle,
      governing: governing, isWithholding: withholding != nil,
      decisions: (findings.asked + needed).compactMap { explained[$0] },
      provenance: Provenance(
        policies: policies, document: withholding == nil ? source.digest : nil))
  }

  private var citations: CitationBuilder {
    CitationBuilder(context: context, source: source, withholding: withholding)
  }

  private var governing: Citations {
    let trace = policies.evaluator.trace(
      policies.vocabulary.governingDate,
      in: context.activation(for: context.document, decision: nil))
    return citations.citations(of: trace.decisiveReads())
  }

  private func explain(_ finding: Findings.Finding) -> RuleExplanation {
    let rule = policies.rules[finding.rule]
    let withheld = withholding?.facts(readBy: rule) ?? []
    var outcome = finding.outcome
    if !withheld.isEmpty, case .undetermined = outcome { outcome = .undetermined(Undetermined()) }
    var missing: [Citations.Fact] = []
    if case .undetermined(let doubt) = outcome {
      missing = doubt.missing.paths.map { citations.fact(at: $0, isPresenceOnly: true) }
    }
    var clauses: [ClauseExplanation] = []
    var reason: String?
    var fix: FixExplanation?
    var summary: String?
    let isAboutDocument = rule.subjectType == policies.vocabulary.documentType
    if case .value(let object) = finding.subject {
      let activation = context.activation(for: object, decision: finding.decision)
      clauses = self.clauses(of: rule, outcome: finding.outcome, in: activation)
      if !isAboutDocument { summary = self.summary(of: object) }
      if finding.outcome == .violated {
        reason = rule.because.map { render($0, in: activation) }
        fix = rule.fix.map { explain($0, in: activation) }
      }
    }
    return RuleExplanation(
      id: rule.id, title: rule.title, topic: rule.topic, severity: rule.severity,
      path: visible(finding.subject.path), subjectSummary: summary,
      subjectVariable: isAboutDocument ? nil : policies.vocabulary.types[rule.subjectType].variable,
      outcome: outcome, missing: missing, withheld: withheld,
      conditions: clauses, reason: reason, fix: fix, place: rule.range, source: rule.source,
      quote: rule.quote)
  }

  /// The conditions that had a say: none where the rule is not in force, `require` only where it applies.
  private func clauses(
    of rule: Rule, outcome: RuleOutcome, in activation: Activation
  ) -> [ClauseExplanation] {
    let builder = ConditionExplainer(
      evaluator: policies.evaluator, activation: activation,
      citations: citations)
    return rule.conditionsWithSay(for: outcome).map { role, condition in
      ClauseExplanation(role: role, condition: builder.explain(condition))
    }
  }

  private func explain(_ fix: Rule.Fix, in activation: Activation) -> FixExplanation {
    if let deadline = fix.deadline, let withheld = withholding?.facts(readBy: deadline),
      !withheld.isEmpty
    {
      return FixExplanation(
        action: render(fix.action, in: activation), prospect: .unknown,
        citations: Citations(withheld: withheld))
    }
    let deadline = fix.deadline.map { policies.evaluator.trace($0, in: activation) }
    let prospect = deadline.map { Prospect($0.result, today: context.today) } ?? .open
    let citations = deadline.map {
      self.citations.citations(of: $0.decisiveReads())
    }
    return FixExplanation(
      action: render(fix.action, in: activation), prospect: prospect,
      citations: citations ?? Citations())
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
        if case .value(let object) = subject { self.summary(of: object) } else { nil as String? }
      return DecisionExplanation.SubjectOutcome(
        path: visible(subject.path), summary: summary,
        outcome: (outcomes[subject.path] ?? .undetermined).combined(with: ofAll))
    }
    return told.mergingSamePlaces(if: withholding != nil)
  }

  private func summary(of object: any CELObject) -> String? {
    policies.vocabulary.type(named: object.typeName)?.summary.map {
      render($0, in: context.activation(for: object, decision: nil))
    }
  }

  private func visible(_ path: AttributePath) -> AttributePath {
    withholding?.visible(path) ?? path
  }

  private func render(_ template: Template, in activation: Activation) -> String {
    TemplateRenderer(policies: policies, withholding: withholding).render(template, in: activation)
  }
}

extension AttributePath {
  /// The path and the paths that it begins with, the longest first.
  fileprivate var ancestorsAndSelf: some Sequence<AttributePath> {
    (0...steps.count).reversed().lazy.map {
      AttributePath(root: root, steps: Array(steps.prefix($0)))
    }
  }
}

// What is about things inside a confidential fact is told once for all of them: how many there are is theirs.

extension [RuleExplanation] {
  /// Each rule once at a place, as it came out worst.
  fileprivate func mergingSamePlaces(if isMerging: Bool) -> Self {
    guard isMerging else { return self }
    return reduce(into: []) { merged, rule in
      guard let index = merged.firstIndex(where: { $0.id == rule.id && $0.path == rule.path })
      else { return merged.append(rule) }
      if rule.outcome.badness > merged[index].outcome.badness { merged[index] = rule }
    }
  }
}

extension [DecisionExplanation.SubjectOutcome] {
  /// Each place once, with what its subjects come to together.
  fileprivate func mergingSamePlaces(if isMerging: Bool) -> Self {
    guard isMerging else { return self }
    return reduce(into: []) { merged, subject in
      guard let index = merged.firstIndex(where: { $0.path == subject.path })
      else { return merged.append(subject) }
      merged[index] = .init(
        path: subject.path, summary: subject.summary,
        outcome: merged[index].outcome.combined(with: subject.outcome))
    }
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
