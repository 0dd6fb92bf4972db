import CEL

/// Who is to see an explanation, which settles whether it may tell confidential facts.
public enum Viewer: Hashable, Sendable {
  /// Somebody who may see every fact of every document.
  case privileged
  /// Somebody who may see the confidential facts of their own documents, by what documents say of whom they
  /// belong to; nil is nobody in particular, who sees none.
  case person(String?)
}

/// A fact that is kept from the viewer, whether or not it made the difference.
public struct WithheldFact: Hashable, Sendable {
  /// The thing that it is a fact of and its name, such as `account.balance`.
  public let name: String
  /// The fact in people's words; nil when its name says it.
  public let label: String?
}

/// What a viewer is not shown of a document.
struct Withholding: Sendable {
  private let confidentiality: Confidentiality
  private let vocabulary: Vocabulary

  /// What is withheld of a document; nil when all of it may be shown.
  ///
  /// `evaluate` gives the value of an expression about the document. Where it is not known whom the
  /// document belongs to, it belongs to nobody.
  init?(
    from viewer: Viewer, in vocabulary: Vocabulary,
    evaluate: (CheckedExpression) -> Evaluation
  ) {
    self.vocabulary = vocabulary
    confidentiality = vocabulary.confidentiality
    guard case .person(let person) = viewer, !confidentiality.isEmpty else { return nil }
    guard let person, !person.isEmpty, let owner = vocabulary.owner else { return }
    // By bytes: texts that only look alike name different people.
    if case .value(.string(let name)) = evaluate(owner), name.utf8.elementsEqual(person.utf8) {
      return nil
    }
  }

  /// The confidential facts that an expression could tell something of, in the vocabulary's order.
  func facts(readBy expression: CheckedExpression) -> [WithheldFact] {
    named(confidentiality.facts(readBy: expression))
  }

  /// The confidential facts that a rule's outcome could tell something of, in the vocabulary's order.
  func facts(readBy rule: Rule) -> [WithheldFact] {
    named(confidentiality.facts(readBy: rule, in: vocabulary))
  }

  private func named(_ facts: Set<FieldReference>) -> [WithheldFact] {
    guard !facts.isEmpty else { return [] }
    let facts = confidentiality.outermost(of: facts)
    return vocabulary.types.flatMap { type in
      type.facts.enumerated().compactMap { index, fact in
        let field = FieldReference(typeName: type.name, index: index, name: fact.name)
        guard facts.contains(field) else { return nil }
        return WithheldFact(name: "\(type.variable).\(fact.name)", label: fact.label)
      }
    }
  }

  /// The path as far as the first confidential fact on it: what is inside of that tells how much there is.
  func visible(_ path: AttributePath) -> AttributePath {
    var type: VocabularyType? = vocabulary.types[vocabulary.documentType]
    for (position, step) in path.steps.enumerated() {
      guard case .field(let name) = step, let current = type else { continue }
      if confidentiality.contains(name, ofType: current.name) {
        return path.prefix(position + 1)
      }
      let fact = current.facts.first { $0.name == name }
      type = fact?.type.innermostObject.map { vocabulary.types[$0] }
    }
    return path
  }
}

extension Confidentiality {
  /// The confidential facts that a rule's outcome could tell something of.
  func facts(readBy rule: Rule, in vocabulary: Vocabulary) -> Set<FieldReference> {
    rule.outcomeExpressions.reduce(into: facts(if: vocabulary.types[rule.subjectType])) {
      $0.formUnion(facts(readBy: $1))
    }
  }
}
