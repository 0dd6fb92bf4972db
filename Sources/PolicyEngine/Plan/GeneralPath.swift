import CEL

/// One document as the general evaluator sees it, for what the plan can't tell.
struct GeneralPath {
  let context: DecisionContext
  private let storage: FactStorage
  private let documentName: String

  /// A copy of a document's facts.
  init(
    policies: PolicySet, layout: FactLayout, arena: borrowing FactArena, text: PaddedBytes,
    length: Int, row: Int, today: CivilDate
  ) {
    let schema = policies.vocabulary.schema
    storage = unsafe FactStorage(
      schema: schema, layout: layout, arena: arena,
      text: Array(UnsafeBufferPointer(start: text.start, count: length)))
    documentName = schema.documentName
    let document = FactObject(
      storage: storage, type: schema.documentType, row: row,
      path: AttributePath(root: schema.documentName))
    context = DecisionContext(policies: policies, document: document, today: today)
  }

  /// A subject, whose place among the document's is known.
  func subject(at place: Int, of subjects: borrowing DocumentSubjects, type: Int) -> Subject {
    let path = AttributePath(root: documentName, steps: subjects.steps(to: place))
    let row = subjects.places[place].row
    guard row >= 0 else { return .missing(path) }
    return .value(FactObject(storage: storage, type: type, row: row, path: path))
  }
}

extension DocumentSubjects {
  /// The path of a place, from the document.
  func steps(to place: Int) -> [AttributePath.Step] {
    var steps: [AttributePath.Step] = []
    var place = places[place]
    while place.step != 0 {
      if place.index >= 0 { steps.append(.index(place.index)) }
      steps.append(.field(tree.names[place.step]))
      place = places[place.parent]
    }
    return steps.reversed()
  }
}
