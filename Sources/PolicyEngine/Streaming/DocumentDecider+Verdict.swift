import CEL

extension DocumentDecider {
  /// The outcome of a decision for the last document, over all its subjects; nil for one that was not asked for.
  public func outcome(of name: String) -> DecisionOutcome? {
    for decision in asked where policies.decisions[decision].name == name {
      return outcome(of: decision)
    }
    return nil
  }

  /// What the last document was decided to be, as a value of its own.
  ///
  /// Making it takes longer than deciding: ask `passes` or `outcome(of:)` first where that will do.
  public var verdict: Verdict {
    func findings(_ kind: Finding.Kind) -> [Verdict.Finding] {
      self.findings.filter { $0.kind == kind }.map { finding in
        finding.detail >= 0
          ? details[finding.detail]
          : Verdict.Finding(
            of: policies.rules[finding.rule],
            at: AttributePath(root: "", steps: subjects.steps(to: finding.place)).pathFromRoot,
            Undetermined())
      }
    }
    return Verdict(
      id: identity,
      decisions: asked.map {
        Verdict.DecisionResult(name: policies.decisions[$0].name, outcome: outcome(of: $0))
      },
      violated: findings(.violated), undetermined: findings(.undetermined),
      warnings: findings(.warning),
      values: values, observed: policies.countsOnly.observed ? findings(.observed) : nil,
      waived: policies.countsOnly.waived ? findings(.waived) : nil)
  }
}
