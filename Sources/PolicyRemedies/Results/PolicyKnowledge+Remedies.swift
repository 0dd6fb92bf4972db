public import CEL
public import PolicyEngine

extension PolicyKnowledge {
  /// What would make the decisions about a document pass.
  ///
  /// `decisions` are indexes of decisions; nil stands for all that are not on request. `role` is who asks,
  /// as `changedBy` names roles; nil stands for the vocabulary's `reader`. A `viewer` who may not see what is
  /// confidential in the document is told what the decisions come to and no more: what would help may tell
  /// that a record would bear something out. With the `best` alone, no more is looked for than the best ways
  /// out in a line each, for a moment: neither other alternatives nor what missing facts would settle.
  public func remedies(
    for document: FactDocument, today: CivilDate, decisions: [Int]? = nil, role: String? = nil,
    viewer: Viewer = .privileged, extent: Remedies.Extent = .all
  ) -> Remedies {
    remedies(
      for: document, today: today, decisions: decisions, role: role, viewer: viewer, extent: extent,
      allowance: Allowance(extent == .all ? RemedySearch.wholeWork : RemedySearch.bestWork))
  }

  /// The same within an allowance of work.
  func remedies(
    for document: FactDocument, today: CivilDate, decisions: [Int]? = nil, role: String? = nil,
    viewer: Viewer = .privileged, extent: Remedies.Extent, allowance: Allowance
  ) -> Remedies {
    let viewer = policies.viewer(viewer, of: document, today: today)
    guard viewer == .privileged else {
      return withheld(document, today: today, decisions: decisions, role: role, viewer: viewer)
    }
    let draft = document.draft
    let role = role ?? policies.vocabulary.defaultReader
    let asked = decisions ?? policies.defaultDecisions
    let wording = Wording(knowledge: self, draft: draft, today: today)
    let assessment = Assessment(
      self, draft: draft, facts: DraftFacts(document), today: today, decisions: asked)
    let search = RemedySearch(
      assessment: assessment,
      prover: Prover(self, start: draft, today: today, decisions: asked),
      allowance: allowance, extent: extent)
    let found = asked.map { decision in
      RemedyFinder(search, decision: decision, role: role, wording: wording).remedy()
    }
    return Remedies(
      id: assessment.start.context.documentID, summary: wording.summary,
      today: today, role: role, documentName: policies.vocabulary.documentName,
      isWithholding: false, decisions: found,
      provenance: extent == .all
        ? Provenance(policies: policies, document: document.digest) : nil,
      work: search.allowance.used)
  }

  private func withheld(
    _ document: FactDocument, today: CivilDate, decisions: [Int]?, role: String?, viewer: Viewer
  ) -> Remedies {
    let asked = decisions ?? policies.defaultDecisions
    let verdict = policies.decide(document, today: today, decisions: asked, for: viewer)
    let summary = policies.explain(document, today: today, decisions: [], for: viewer).summary
    return Remedies(
      id: verdict.id, summary: summary, today: today,
      role: role ?? policies.vocabulary.defaultReader,
      documentName: policies.vocabulary.documentName, isWithholding: true,
      decisions: zip(asked, verdict.decisions).map { decision, result in
        let decision = policies.decisions[decision]
        return Remedy(
          decision: decision.name, title: decision.title, outcome: result.outcome,
          word: decision.word(for: result.outcome), passWord: decision.passWord,
          prospect: result.outcome == .pass ? .passes : .withheld, steps: [], until: nil,
          proof: nil, settling: [], isCutShort: false)
      }, provenance: Provenance(policies: policies, document: nil), work: 0)
  }
}
