import CEL

extension DocumentDecider {
  /// What the last document was decided to be, as a value of its own.
  package var verdict: Verdict {
    func findings(_ kind: Finding.Kind) -> [Verdict.Finding] {
      self.findings.filter { $0.kind == kind }.map { finding in
        finding.detail >= 0
          ? details[finding.detail]
          : Verdict.Finding(
            rule: policies.rules[finding.rule].id,
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
      warnings: findings(.warning))
  }
}
