public import CEL
import Diagnostics

extension PolicySet {
  /// What a person chooses the fact at a path of a document from.
  ///
  /// For a list, what its elements are chosen from. Cases of enumerations and truths are choices without
  /// a word of the vocabulary. Nothing here traps or fails: where the facts or dated values that the choices
  /// follow from are not there, they are undetermined.
  public func choices(
    of path: AttributePath, in document: FactDocument, today: CivilDate,
    for viewer: Viewer = .privileged
  ) -> Choices {
    FormReader(self, document: document, today: today, viewer: viewer).choices(of: path)
  }

  /// The names of values for people, for the fact at a path of a document; empty where it has none.
  ///
  /// A value that is not among them is shown as it is.
  public func names(
    of path: AttributePath, in document: FactDocument, today: CivilDate
  ) -> [Choices.Choice] {
    FormReader(self, document: document, today: today, viewer: .privileged).names(of: path)
  }

  /// Whether a form shows the fact at a path of a document.
  public func visibility(
    of path: AttributePath, in document: FactDocument, today: CivilDate,
    for viewer: Viewer = .privileged
  ) -> FieldVisibility {
    FormReader(self, document: document, today: today, viewer: viewer).visibility(of: path)
  }

  /// The facts of the object at a path of a document, as a form asks for them, in the vocabulary's order.
  ///
  /// The facts of single objects inside it come in the place of these; lists of objects, which have forms of
  /// their own, are left out. A document of which most is still missing will do.
  public func fields(
    of path: AttributePath, in document: FactDocument, today: CivilDate,
    for viewer: Viewer = .privileged
  ) -> [FormField] {
    FormReader(self, document: document, today: today, viewer: viewer).fields(of: path)
  }
}

/// Evaluates what the vocabulary says of the fields of forms, for one document.
private struct FormReader {
  private let context: DecisionContext
  private let withholding: Withholding?

  private var policies: PolicySet { context.policies }
  private var vocabulary: Vocabulary { policies.vocabulary }

  init(_ policies: PolicySet, document: FactDocument, today: CivilDate, viewer: Viewer) {
    context = DecisionContext(policies: policies, document: document.root, today: today)
    withholding = Withholding(from: viewer, in: context)
  }

  /// The object that the fact at a path belongs to, with the fact; nil where there is none.
  private func field(at path: AttributePath) -> (owner: Subject, id: FactID)? {
    let way = vocabulary.factsOnTheWay(of: path)
    guard let last = way.last, way.count == path.steps.count(where: \.isField) else { return nil }
    let holder = path.prefix(last.length - 1)
    let found = FactLookup(vocabulary: vocabulary, document: context.document).find(holder)
    if case .value(.object(let object)) = found.state { return (.value(object), last.id) }
    return (.missing(holder), last.id)
  }

  // MARK: - Choices

  func choices(of path: AttributePath) -> Choices {
    guard let (owner, id) = field(at: path) else { return .free }
    guard let expression = vocabulary.rules(of: id)?.choices else { return closedChoices(of: id) }
    guard !isWithheld(expression) else { return .withheld }
    guard case .value(let object) = owner else {
      return .undetermined(Undetermined(missing: UnknownFacts([owner.path])))
    }
    switch evaluate(expression, for: object) {
    case .value(.list(let values)):
      let names = NameTable(id, of: object, in: context)
      let known = closedChoices(of: id).all
      // A list without elements leaves the value free, so that a condition can say when there is a choice.
      return values.isEmpty
        ? .free
        : .oneOf(
          values.map { value in
            known.first { $0.value.isEqual(to: value) }
              ?? Choices.Choice(value: value, name: names.name(of: value), help: nil)
          })
    case .value(.map(let table)):
      return .oneOf(NameTable.choices(in: table))
    case .value: return .undetermined(Undetermined())
    case .error(let error): return .undetermined(Undetermined(error: error))
    case .unknown(let facts): return .undetermined(Undetermined(missing: facts))
    }
  }

  /// The choices that the type alone leaves.
  private func closedChoices(of id: FactID) -> Choices {
    let declaration = vocabulary.declaration(of: id)
    var type = declaration.type
    if case .list(let element) = type { type = element }
    switch type {
    case .bool:
      return .oneOf(
        [true, false].map { .init(value: .bool($0), name: $0 ? "Yes" : "No", help: nil) })
    case .enumeration(let index):
      return .oneOf(
        vocabulary.enumerations[index].cases.map {
          .init(value: .string($0.value), name: $0.label, help: $0.help)
        })
    default: return .free
    }
  }

  func names(of path: AttributePath) -> [Choices.Choice] {
    guard let (owner, id) = field(at: path), case .value(let object) = owner else { return [] }
    return NameTable(id, of: object, in: context).all
  }

  // MARK: - Visibility

  func visibility(of path: AttributePath) -> FieldVisibility {
    guard let (owner, id) = field(at: path), let condition = vocabulary.rules(of: id)?.shownWhen
    else { return .shown }
    guard !condition.expressions.contains(where: { isWithheld($0) }) else { return .withheld }
    guard case .value(let object) = owner else {
      return .undetermined(Undetermined(missing: UnknownFacts([owner.path])))
    }
    switch context.truth(of: condition, in: context.activation(for: object, decision: nil)) {
    case .yes: return .shown
    case .no: return .hidden
    case .undetermined(let doubt): return .undetermined(doubt)
    }
  }

  private func isWithheld(_ expression: CheckedExpression) -> Bool {
    withholding.map { !$0.facts(readBy: expression).isEmpty } ?? false
  }

  private func evaluate(_ expression: CheckedExpression, for object: any CELObject) -> Evaluation {
    policies.evaluator.evaluate(
      expression, in: context.activation(for: object, decision: nil))
  }

  // MARK: - Fields

  func fields(of path: AttributePath) -> [FormField] {
    let lookup = FactLookup(vocabulary: vocabulary, document: context.document)
    let type: Int? =
      path.steps.isEmpty
      ? vocabulary.documentType
      : vocabulary.factsOnTheWay(of: path).last.flatMap {
        vocabulary.declaration(of: $0.id).type.innermostObject
      }
    return type.map { fields(of: path, type: $0, passed: [], lookup) } ?? []
  }

  /// The facts of an object; `passed` are the types on the way, so that one inside itself ends.
  private func fields(
    of path: AttributePath, type: Int, passed: Set<Int>, _ lookup: FactLookup
  ) -> [FormField] {
    zip(vocabulary.types[type].facts.indices, vocabulary.types[type].facts).flatMap { index, fact in
      let path = path.appending(.field(fact.name))
      if case .object(let inner) = fact.type, vocabulary.changesAsWhole(fact) == false {
        return passed.contains(inner)
          ? [] : fields(of: path, type: inner, passed: passed.union([type]), lookup)
      }
      if case .list = fact.type, fact.type.innermostObject != nil { return [] }
      let isHidden = withholding != nil && vocabulary.confidentiality.touches(path, in: vocabulary)
      return [
        FormField(
          path: path, fact: fact, changes: vocabulary.types[type].changes[index],
          state: isHidden ? nil : lookup.find(path).state, choices: choices(of: path),
          visibility: visibility(of: path))
      ]
    }
  }
}

extension Vocabulary {
  /// What the vocabulary says of a fact's field in a form.
  package func rules(of id: FactID) -> FieldRules? { types[id.type].fields[id.fact] }

  /// Whether an object is given and taken as one, such as an assignment, rather than fact by fact.
  fileprivate func changesAsWhole(_ fact: VocabularyType.Fact) -> Bool { fact.changedBy != nil }
}

extension AttributePath.Step {
  fileprivate var isField: Bool { if case .field = self { true } else { false } }
}
