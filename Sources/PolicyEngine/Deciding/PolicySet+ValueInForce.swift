package import CEL

extension PolicySet {
  /// The value of a parameter that is in force for a document; nil where none is.
  package func valueInForce(
    of parameter: Parameter, for document: FactDocument, today: CivilDate
  ) -> Parameter.DatedValue? {
    let context = DecisionContext(policies: self, document: document.root, today: today)
    return context.knownGoverningDate.flatMap { parameter.value(on: $0) }
  }
}
