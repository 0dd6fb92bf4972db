public import CEL

/// What a document was decided to be: the decisions asked for, and the rules that made a difference.
public struct Verdict: Sendable, Hashable {
  /// A decision with its outcome, over all its subjects.
  public struct DecisionResult: Sendable, Hashable {
    /// The decision's name.
    public let name: String
    /// Its outcome.
    public let outcome: DecisionOutcome
  }

  /// A rule that is violated or undetermined at a place.
  public struct Finding: Sendable, Hashable {
    /// The rule's id.
    public let rule: String
    /// The path of the subject, empty for the document itself.
    public let at: String
    /// The paths of the facts that would settle it; empty unless it is undetermined since facts are missing.
    public let missing: [String]
    /// The evaluation errors that stand in the way.
    public let errors: [String]
    /// The waiver without which the rule would be violated; nil for all others.
    public internal(set) var waiver: String?
  }

  /// What tells the document from others; nil when it has nothing that does.
  public let id: String?
  /// The decisions asked for, in the order asked.
  public let decisions: [DecisionResult]
  /// The rules violated, each once at a place, of the decisions asked for and of those they need.
  public let violated: [Finding]
  /// The rules that are undetermined.
  public let undetermined: [Finding]
  /// The rules violated that only warn.
  public let warnings: [Finding]
  /// What the decisions asked for give that pass; nil where none of them gives a value.
  public let values: [DecidedValue]?
  /// The rules violated that are only observed; nil where the policies have none of that kind.
  public let observed: [Finding]?
  /// The rules that would be violated without a waiver; nil where the policies have no waivers.
  public let waived: [Finding]?

  /// Whether confidential facts are kept from the viewer, since the document is somebody else's.
  public internal(set) var isWithholding = false

  /// Whether every decision asked for passes, and at least one was asked for.
  public var passes: Bool { !decisions.isEmpty && decisions.allSatisfy { $0.outcome == .pass } }
}

extension PolicySet {
  /// Decides a document for a date.
  ///
  /// `decisions` are indexes of decisions; nil stands for all that are not on request.
  public func decide(
    _ document: FactDocument, today: CivilDate, decisions: [Int]? = nil
  ) -> Verdict {
    let context = DecisionContext(policies: self, document: document.draft, today: today)
    return Findings(asked: decisions ?? defaultDecisions, in: context).verdict(in: context)
  }
}

extension Findings {
  /// The findings as a verdict.
  package func verdict(in context: DecisionContext) -> Verdict {
    verdict(in: context, withholding: nil)
  }

  /// The findings as a verdict, without what is withheld.
  func verdict(in context: DecisionContext, withholding: Withholding?) -> Verdict {
    let policies = context.policies
    let outcomes = outcomes(in: policies)
    var violated: [Verdict.Finding] = []
    var undetermined: [Verdict.Finding] = []
    var warnings: [Verdict.Finding] = []
    var observed: [Verdict.Finding] = []
    var waived: [Verdict.Finding] = []
    for finding in findings {
      let rule = policies.rules[finding.rule]
      switch (finding.outcome, rule.severity) {
      case (.violated, .error): violated.append(finding.verdictFinding(rule, withholding))
      case (.violated, .warning): warnings.append(finding.verdictFinding(rule, withholding))
      case (.undetermined, .error): undetermined.append(finding.verdictFinding(rule, withholding))
      case (.violated, .observe):
        let found = finding.verdictFinding(rule, withholding)
        if found.waiver == nil { observed.append(found) } else { waived.append(found) }
      case (.undetermined, .warning), (.undetermined, .observe), (.doesNotApply, _),
        (.satisfied, _):
        continue
      }
    }
    var verdict = Verdict(
      id: context.documentID,
      decisions: asked.map { decision in
        Verdict.DecisionResult(
          name: policies.decisions[decision].name, outcome: outcomes[decision] ?? .undetermined)
      },
      violated: violated.withoutRepeats(), undetermined: undetermined.withoutRepeats(),
      warnings: warnings.withoutRepeats(),
      values: policies.anyGives(asked)
        ? context.values(of: asked, withholding: withholding) { outcomes[$0] == .pass } : nil,
      observed: policies.countsOnly.observed ? observed.withoutRepeats() : nil,
      waived: policies.countsOnly.waived ? waived.withoutRepeats() : nil)
    verdict.isWithholding = withholding != nil
    return verdict
  }
}

extension Findings.Finding {
  fileprivate func verdictFinding(_ rule: Rule, _ withholding: Withholding?) -> Verdict.Finding {
    var doubt = Undetermined()
    if case .undetermined(let found) = outcome { doubt = found }
    // What a rule wants to know tells something where it reads what is confidential.
    if let withholding, !withholding.facts(readBy: rule).isEmpty { doubt = Undetermined() }
    let path = withholding?.visible(subject.path) ?? subject.path
    return Verdict.Finding(of: rule, at: path.pathFromRoot, doubt)
  }
}

extension Verdict.Finding {
  /// What was found of a rule at a place, and why that is undetermined.
  ///
  /// What counts the effect of a waiver is told as the rule that it waives.
  init(of rule: Rule, at: String, _ doubt: Undetermined) {
    self.init(
      rule: rule.countedWaiver?.rule ?? rule.id, at: at,
      missing: doubt.missing.paths.map(\.pathFromRoot), errors: doubt.errors.map(\.message),
      waiver: rule.countedWaiver?.waiver)
  }
}

extension [Verdict.Finding] {
  /// Each rule once at a place: one that is evaluated for several decisions may be found for each.
  fileprivate func withoutRepeats() -> [Verdict.Finding] {
    var seen: Set<[String]> = []
    return filter { seen.insert([$0.rule, $0.at, $0.waiver ?? ""]).inserted }
  }
}

extension DecisionContext {
  /// What tells the document from others; nil when it has nothing that does.
  package var documentID: String? {
    guard let identity = policies.vocabulary.identity else { return nil }
    let activation = activation(for: document, decision: nil)
    guard case .value(.string(let id)) = policies.evaluator.evaluate(identity, in: activation)
    else { return nil }
    return id
  }
}
