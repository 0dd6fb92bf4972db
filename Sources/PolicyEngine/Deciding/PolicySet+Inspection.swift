package import CEL
package import Diagnostics
package import YAML

/// What fixtures ask of a policy set beside its decisions.
extension PolicySet {
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
}
