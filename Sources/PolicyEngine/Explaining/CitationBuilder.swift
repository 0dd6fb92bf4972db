import CEL
import Diagnostics

/// Turns what evaluations read into citations, for one explanation.
///
/// Nearly everything is cited more than once: by several rules, for several subjects. So what was looked up
/// is kept, which is why this is a class.
final class CitationBuilder {
  let context: DecisionContext
  let source: FactDocument
  /// What the viewer is not shown; nil when all of it may be shown.
  let withholding: Withholding?
  /// How much was evaluated, cited and looked up.
  private(set) var work = 0
  private let lookup: FactLookup
  private let words: ValueWords
  /// The slots of the parameters that give records, by their names.
  private let slots: [String: Int]
  private var facts: [FactKey: Citations.Fact] = [:]
  /// What holds the facts looked up so far.
  private var holders: [AttributePath: FactLookup.Result] = [:]
  private var summaries: [AttributePath: String?] = [:]
  private var parameters: [ParameterKey: Citations.ParameterValue] = [:]
  private var terms: [TermKey: Citations.TermUse] = [:]

  private struct FactKey: Hashable {
    let path: AttributePath
    let isPresenceOnly: Bool
  }

  private struct ParameterKey: Hashable {
    let slot: Int
    let asOf: CivilDate?
  }

  private struct TermKey: Hashable {
    let field: FieldReference
    let path: AttributePath?
  }

  init(context: DecisionContext, source: FactDocument, withholding: Withholding?) {
    self.context = context
    self.source = source
    self.withholding = withholding
    let vocabulary = context.policies.vocabulary
    slots = Dictionary(
      vocabulary.parameters.enumerated().filter { $1.type.holdsRecords }.map {
        ($1.name, GlobalSlot.firstParameter + $0)
      }
    ) { first, _ in first }
    lookup = FactLookup(vocabulary: vocabulary, document: context.document)
    words = ValueWords(vocabulary: vocabulary)
  }

  /// The value of an expression, and what it read that made the difference.
  func evaluate(
    _ expression: CheckedExpression, in activation: Activation
  ) -> (result: Evaluation, citations: Citations) {
    let (result, reads) = context.policies.evaluator.record(expression, in: activation, work: &work)
    var citations = citations(of: reads)
    if citations.facts.count > FoldedFacts.limit
      || ComputedValues.sumUp(ComputedValues.parts(of: expression))
    {
      citations.computed = computed(in: expression, activation)
    }
    return (result, citations)
  }

  /// What the condition compares that is made of others, where its value is plain.
  private func computed(
    in condition: CheckedExpression, _ activation: Activation
  ) -> [Citations.Computed] {
    let policies = context.policies
    return ComputedValues.parts(of: condition).compactMap { part in
      let result = policies.evaluator.evaluate(part, in: activation, work: &work)
      guard case .value(let value) = result, value.isPlain else { return nil }
      var label: String?
      if case .derived(_, let field) = part.kind { label = term(field, on: nil)?.label }
      return Citations.Computed(
        expression: policies.texts.text(of: part), label: label, value: value,
        words: words.text(of: value, type: part.type))
    }
  }

  /// What some reads, each of which is there once, are cited as.
  private func citations(of reads: [DecisiveRead]) -> Citations {
    var citations = Citations()
    // A fact that was read says more than that it was asked for.
    let hasPresences = reads.contains { if case .presence = $0 { true } else { false } }
    let values = hasPresences ? Set(reads) : []
    for read in reads {
      switch read {
      case .fact(let path) where slots[path.root] != nil: add(record: path, to: &citations)
      case .presence(let path) where slots[path.root] != nil:
        add(record: path, to: &citations)
      case .fact(let path): citations.facts.append(fact(at: path, isPresenceOnly: false))
      case .presence(let path):
        if !values.contains(.fact(path)) {
          citations.facts.append(fact(at: path, isPresenceOnly: true))
        }
      case .global(GlobalSlot.today): citations.readsToday = true
      case .global(let slot):
        if let parameter = parameter(at: slot) { citations.parameters.append(parameter) }
      case .row(let slot, let step):
        // The table is read before its row.
        add(row: step, ofParameterAt: slot, asOf: nil, to: &citations)
      case .dated(let slot, let day, nil):
        if let parameter = parameter(at: slot, asOf: day) { citations.parameters.append(parameter) }
      case .dated(let slot, let day, let step?):
        add(row: step, ofParameterAt: slot, asOf: day, to: &citations)
      case .days(let name, let from, let through):
        add(daysFrom: from, through: through, ofCalendar: name, to: &citations)
      case .derived(let field, let path):
        if let term = term(field, on: path),
          !citations.terms.contains(where: { $0.path == term.path })
        {
          citations.terms.append(term)
        }
      }
    }
    return citations
  }

  /// A fact of a record that a parameter gives.
  private func add(record path: AttributePath, to citations: inout Citations) {
    guard let slot = slots[path.root] else { return }
    let index: Int
    if let known = citations.parameters.lastIndex(where: { $0.name == path.root }) {
      index = known
    } else if let cited = parameter(at: slot) {
      index = citations.parameters.count
      citations.parameters.append(cited)
    } else {
      return
    }
    guard
      let row = citations.parameters[index].row(
        at: path,
        type: context.policies.vocabulary.parameters[slot - GlobalSlot.firstParameter].type,
        words)
    else { return }
    // What is told of a part need not be told of the whole.
    citations.parameters[index].rows.removeAll { row.isInside($0) }
    if !citations.parameters[index].rows.contains(where: {
      $0.path == row.path || $0.isInside(row)
    }) {
      citations.parameters[index].rows.append(row)
    }
  }

  private func add(
    row step: AttributePath.Step, ofParameterAt slot: Int, asOf day: CivilDate?,
    to citations: inout Citations
  ) {
    guard let row = row(at: step, ofParameterAt: slot, asOf: day),
      let name = parameter(at: slot, asOf: day)?.name,
      let index = citations.parameters.firstIndex(where: { $0.name == name && $0.asOf == day })
    else { return }
    // What is told of a part need not be told of the whole.
    if !citations.parameters[index].rows.contains(where: {
      $0.path == row.path || $0.isInside(row)
    }) {
      citations.parameters[index].rows.append(row)
    }
  }

  private func add(
    daysFrom from: CivilDate, through: CivilDate, ofCalendar name: String,
    to citations: inout Citations
  ) {
    for (index, cited) in citations.parameters.enumerated() {
      guard let calendar = cited.calendar(named: name) else { continue }
      citations.parameters[index].days += CalendarWords(calendar, declaredAt: cited.place)
        .days(from...through)
      return
    }
  }

  /// The fact at a path.
  func fact(at path: AttributePath, isPresenceOnly: Bool) -> Citations.Fact {
    let key = FactKey(path: path, isPresenceOnly: isPresenceOnly)
    if let known = facts[key] { return known }
    work += 1
    let found = find(path)
    var words: String?
    if !isPresenceOnly, case .value(let value) = found.state, let id = found.id,
      let owner = found.objects.last
    {
      words = NameTable(id, of: owner, in: context).text(of: value)
    }
    let fact = Citations.Fact(
      path: path, state: found.state, isPresenceOnly: isPresenceOnly,
      label: found.declaration?.label, words: words, holder: holder(among: found.objects),
      changedBy: found.declaration?.changedBy,
      // Where a document is kept back in part, its lines tell how much there is of that.
      place: withholding == nil ? source.range(of: path) : nil)
    facts[key] = fact
    return fact
  }

  private func find(_ path: AttributePath) -> FactLookup.Result {
    guard let parent = path.parent, let step = path.last else { return lookup.root }
    if let known = holders[parent] { return lookup.find(step, in: known) }
    let holder = find(parent)
    holders[parent] = holder
    return lookup.find(step, in: holder)
  }

  /// One line about an object, as its type says; nil where that says nothing.
  func summary(of object: any CELObject) -> String? {
    if let known = summaries[object.path] { return known }
    let summary = context.policies.vocabulary.type(named: object.typeName)?.summary.map {
      TemplateRenderer(policies: context.policies, withholding: withholding)
        .render($0, in: context.activation(for: object, decision: nil))
    }
    summaries[object.path] = summary
    return summary
  }

  /// The last of some objects that has a summary, the document apart.
  private func holder(among objects: [any CELObject]) -> Citations.Fact.Holder? {
    for object in objects.dropFirst().reversed() {
      if let summary = summary(of: object) {
        return Citations.Fact.Holder(path: object.path, summary: summary)
      }
    }
    return nil
  }

  private func parameter(at slot: Int, asOf day: CivilDate? = nil) -> Citations.ParameterValue? {
    let key = ParameterKey(slot: slot, asOf: day)
    if let known = parameters[key] { return known }
    let declared = context.policies.vocabulary.parameters
    let index = slot - GlobalSlot.firstParameter
    guard declared.indices.contains(index) else { return nil }
    let parameter = declared[index]
    let date = day ?? context.knownGoverningDate
    let dated = date.flatMap { parameter.value(on: $0) }
    var citation = Citations.ParameterValue(
      name: parameter.name, label: parameter.label, asOf: day, value: dated?.value,
      words: dated.map { words.text(of: $0.value, type: parameter.type) },
      since: parameter.isCalendar ? nil : dated?.from,
      overdueSince: date.flatMap(parameter.overdue),
      place: dated?.range ?? parameter.range, source: parameter.source, quote: parameter.quote)
    citation.isCalendar = parameter.isCalendar
    parameters[key] = citation
    return citation
  }

  /// A row of a parameter that is a table; nil for others.
  private func row(
    at step: AttributePath.Step, ofParameterAt slot: Int, asOf day: CivilDate?
  ) -> Citations.ParameterValue.Row? {
    guard let cited = parameter(at: slot, asOf: day) else { return nil }
    let type = context.policies.vocabulary.parameters[slot - GlobalSlot.firstParameter].type
    return cited.row(at: AttributePath(root: cited.name, steps: [step]), type: type, words)
  }

  private func term(_ field: FieldReference, on path: AttributePath?) -> Citations.TermUse? {
    let key = TermKey(field: field, path: path)
    if let known = terms[key] { return known }
    guard let type = context.policies.vocabulary.type(named: field.typeName),
      type.terms.indices.contains(field.index - type.facts.count)
    else { return nil }
    let term = type.terms[field.index - type.facts.count]
    let object = path?.description ?? type.variable
    let use = Citations.TermUse(
      path: "\(object).\(term.name)", label: term.label,
      definition: context.policies.texts.text(of: term.definition), place: term.range)
    terms[key] = use
    return use
  }
}
