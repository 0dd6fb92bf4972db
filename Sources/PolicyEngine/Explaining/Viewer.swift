package import CEL

/// Who is to see an explanation, which settles whether it may tell confidential facts.
public enum Viewer: Hashable, Sendable {
  /// Somebody who may see every fact of every document.
  case privileged
  /// Somebody who may see the confidential facts of their own documents, by what documents say of whom they
  /// belong to; nil is nobody in particular, who sees none.
  case person(String?)
}

/// What a viewer is not shown of a document.
struct Withholding: Sendable {
  private let confidentiality: Confidentiality
  private let vocabulary: Vocabulary

  /// What is withheld of a document; nil when all of it may be told.
  ///
  /// Where it can't be told whom the document belongs to, it belongs to nobody.
  init?(from viewer: Viewer, in context: DecisionContext) {
    vocabulary = context.policies.vocabulary
    confidentiality = vocabulary.confidentiality
    guard case .person(let person) = viewer, !confidentiality.isEmpty else { return nil }
    guard let person, !person.isEmpty, let owner = vocabulary.owner else { return }
    let activation = context.activation(for: context.document, decision: nil)
    // By bytes: texts that only look alike name different people.
    if case .value(.string(let name)) = context.policies.evaluator.evaluate(owner, in: activation),
      name.utf8.elementsEqual(person.utf8)
    {
      return nil
    }
  }

  /// The confidential facts that an expression could tell something of, in the vocabulary's order.
  func facts(readBy expression: CheckedExpression) -> [Citations.Withheld] {
    named(confidentiality.facts(readBy: expression))
  }

  /// The confidential facts that a rule's outcome could tell something of, in the vocabulary's order.
  func facts(readBy rule: Rule) -> [Citations.Withheld] {
    named(confidentiality.facts(readBy: rule, in: vocabulary))
  }

  private func named(_ facts: Set<FieldReference>) -> [Citations.Withheld] {
    guard !facts.isEmpty else { return [] }
    let facts = confidentiality.outermost(of: facts)
    return vocabulary.types.flatMap { type in
      type.facts.enumerated().compactMap { index, fact in
        let field = FieldReference(typeName: type.name, index: index, name: fact.name)
        guard facts.contains(field) else { return nil }
        return Citations.Withheld(name: "\(type.variable).\(fact.name)", label: fact.label)
      }
    }
  }

  /// The path as far as the first confidential fact on it: what is inside of that tells how much there is.
  func visible(_ path: AttributePath) -> AttributePath {
    var type: VocabularyType? = vocabulary.types[vocabulary.documentType]
    for (position, step) in path.steps.enumerated() {
      guard case .field(let name) = step, let current = type else { continue }
      if confidentiality.contains(name, ofType: current.name) {
        return AttributePath(root: path.root, steps: Array(path.steps.prefix(position + 1)))
      }
      let fact = current.facts.first { $0.name == name }
      type = fact?.type.innermostObject.map { vocabulary.types[$0] }
    }
    return path
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
