package import CEL
package import Diagnostics
package import YAML

/// What fixtures ask of a policy set beside its decisions.
extension PolicySet {
  /// The value of a term of the object at a path; nil where the document has no object there.
  package func value(
    ofTerm term: VocabularyType.Term, at path: AttributePath, in document: FactDocument,
    today: CivilDate
  ) -> Evaluation? {
    let lookup = FactLookup(vocabulary: vocabulary, document: document.root)
    guard case .value(.object(let object)) = lookup.find(path).state else { return nil }
    let context = DecisionContext(policies: self, document: document.root, today: today)
    return evaluator.evaluate(term.definition, in: context.activation(for: object, decision: nil))
  }

  /// The value of a parameter that is in force for a document; nil where none is.
  package func valueInForce(
    of parameter: Parameter, for document: FactDocument, today: CivilDate
  ) -> Parameter.DatedValue? {
    let context = DecisionContext(policies: self, document: document.root, today: today)
    return context.knownGoverningDate.flatMap { parameter.value(on: $0) }
  }

  /// The value that a node has as a constant of a type; nil, with a diagnostic, when it is none.
  package func constant(
    _ node: YAMLNode, as type: CELType, into diagnostics: inout [Diagnostic]
  ) -> CELValue? {
    let enumerations = Dictionary(
      uniqueKeysWithValues: vocabulary.enumerations.map { ($0.name, $0) })
    return ConstantReader(enumerations: enumerations).read(node, as: type, into: &diagnostics)
  }

  /// The decisions and all that they need, each once and after those it needs.
  package func decisionsNeeded(by decisions: [Int]) -> [Int] { closure(of: decisions) }
}
