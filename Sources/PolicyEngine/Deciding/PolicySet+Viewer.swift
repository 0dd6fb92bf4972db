package import CEL

extension Withholding {
  /// What is withheld of the document that is decided; nil when all of it may be shown.
  init?(from viewer: Viewer, in context: DecisionContext) {
    self.init(from: viewer, in: context.policies.vocabulary) { expression in
      context.policies.evaluator.evaluate(
        expression, in: context.activation(for: context.document, decision: nil))
    }
  }
}

extension PolicySet {
  /// What a viewer may see of a document: all of it, or nothing confidential.
  ///
  /// Whose the document is is settled by this, so that one that is changed afterwards, as by suppositions, is
  /// shown as it was before: nobody can suppose to be its owner.
  package func viewer(
    _ viewer: Viewer, of document: FactDocument, today: CivilDate
  ) -> Viewer {
    let context = DecisionContext(policies: self, document: document.draft, today: today)
    return Withholding(from: viewer, in: context) == nil ? .privileged : .person(nil)
  }

  /// What a document is decided to be, without what the viewer may not see.
  package func decide(
    _ document: FactDocument, today: CivilDate, decisions: [Int], for viewer: Viewer
  ) -> Verdict {
    let context = DecisionContext(policies: self, document: document.draft, today: today)
    return Findings(asked: decisions, in: context).verdict(
      in: context, withholding: Withholding(from: viewer, in: context))
  }
}
