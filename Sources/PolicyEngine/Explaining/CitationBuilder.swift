import CEL
import Diagnostics

/// Turns what an evaluation read into citations.
struct CitationBuilder: Sendable {
  let context: DecisionContext
  let source: FactDocument
  /// What the viewer is not shown; nil when all of it may be told.
  let withholding: Withholding?

  func citations(of reads: [DecisiveRead]) -> Citations {
    var citations = Citations()
    for read in reads {
      switch read {
      case .fact(let path): citations.facts.append(fact(at: path, isPresenceOnly: false))
      case .presence(let path): citations.facts.append(fact(at: path, isPresenceOnly: true))
      case .global(GlobalSlot.today): citations.readsToday = true
      case .global(let slot):
        if let parameter = parameter(at: slot) { citations.parameters.append(parameter) }
      case .derived(let field, let path):
        if let term = term(field, on: path) { citations.terms.append(term) }
      }
    }
    // Each once: a fact that was read says more than that it was asked for.
    return Citations().union(citations.preferringValues())
  }

  /// The fact at a path.
  func fact(at path: AttributePath, isPresenceOnly: Bool) -> Citations.Fact {
    let vocabulary = context.policies.vocabulary
    let found = FactLookup(vocabulary: vocabulary, document: context.document).find(path)
    var words: String?
    if !isPresenceOnly, case .value(let value) = found.state,
      let id = vocabulary.factsOnTheWay(of: path).last?.id, let owner = found.objects.last
    {
      words = NameTable(id, of: owner, in: context).text(of: value)
    }
    return Citations.Fact(
      path: path, state: found.state, isPresenceOnly: isPresenceOnly,
      label: found.declaration?.label, words: words, holder: holder(among: found.objects),
      changedBy: found.declaration?.changedBy,
      // Where a document is kept back in part, its lines tell how much there is of that.
      place: withholding == nil ? source.range(of: path) : nil)
  }

  /// The last of some objects that has a summary, the document apart.
  private func holder(among objects: [any CELObject]) -> Citations.Fact.Holder? {
    for object in objects.dropFirst().reversed() {
      guard let type = context.policies.vocabulary.type(named: object.typeName),
        let summary = type.summary
      else { continue }
      let renderer = TemplateRenderer(policies: context.policies, withholding: withholding)
      return Citations.Fact.Holder(
        path: object.path,
        summary: renderer.render(summary, in: context.activation(for: object, decision: nil)))
    }
    return nil
  }

  private func parameter(at slot: Int) -> Citations.ParameterValue? {
    let parameters = context.policies.vocabulary.parameters
    let index = slot - GlobalSlot.firstParameter
    guard parameters.indices.contains(index) else { return nil }
    let parameter = parameters[index]
    let dated = context.knownGoverningDate.flatMap { parameter.value(on: $0) }
    return Citations.ParameterValue(
      name: parameter.name, label: parameter.label, value: dated?.value,
      words: dated.map {
        ValueWords(vocabulary: context.policies.vocabulary).text(of: $0.value, type: parameter.type)
      }, since: dated?.from, overdueSince: context.knownGoverningDate.flatMap(parameter.overdue),
      place: dated?.range ?? parameter.range, source: parameter.source, quote: parameter.quote)
  }

  private func term(_ field: FieldReference, on path: AttributePath?) -> Citations.TermUse? {
    guard let type = context.policies.vocabulary.type(named: field.typeName),
      type.terms.indices.contains(field.index - type.facts.count)
    else { return nil }
    let term = type.terms[field.index - type.facts.count]
    let object = path?.description ?? type.variable
    return Citations.TermUse(
      path: "\(object).\(term.name)", label: term.label,
      definition: term.definition.range.text.foldingSpace(), place: term.range)
  }
}

extension Citations {
  /// The facts whose values were read before those that were only asked for, in their order otherwise.
  fileprivate func preferringValues() -> Citations {
    var result = self
    let read = Set(facts.filter { !$0.isPresenceOnly }.map(\.path))
    result.facts = facts.filter { !$0.isPresenceOnly || !read.contains($0.path) }
    return result
  }
}

extension String {
  /// The text on one line, with single spaces where it had line breaks and runs of space.
  func foldingSpace() -> String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
