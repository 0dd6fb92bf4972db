/// The ways from a document to the subjects of its rules, as a tree of facts to go through.
struct SubjectTree: Sendable {
  /// A step down: a fact of the objects that the step above it leads to.
  struct Step: Sendable, BitwiseCopyable {
    /// The index of the step above it; the first step is the document itself, and its own parent.
    let parent: Int
    /// The position of the fact, and the distance of its slot from the start of a row.
    let fact: Int32
    let slot: Int
    let isList: Bool
    let isOptional: Bool
  }

  /// The steps, each after the one above it.
  private(set) var steps = [
    Step(parent: 0, fact: 0, slot: 0, isList: false, isOptional: false)
  ]
  /// The names of the steps' facts.
  private(set) var names = [""]
  /// For each object type, the last steps of the ways to its values; empty for types not asked for.
  private(set) var stepsByType: [[Int]]

  /// The ways to the values of some types.
  init(to types: Set<Int>, in policies: PolicySet) {
    let schema = policies.vocabulary.schema
    let layout = FactLayout(schema)
    stepsByType = Array(repeating: [], count: schema.objectTypes.count)
    for type in types.sorted() {
      for route in policies.routes[type].routes {
        var last = 0
        for (step, owner) in zip(route.steps, route.types) {
          last = index(
            of: Step(
              parent: last, fact: Int32(truncatingIfNeeded: step.fact),
              slot: layout.rows[owner].offsets[step.fact], isList: step.isList,
              isOptional: schema.objectTypes[owner].facts[step.fact].isOptional),
            name: step.name)
        }
        stepsByType[type].append(last)
      }
    }
  }

  private mutating func index(of step: Step, name: String) -> Int {
    let known = steps.indices.dropFirst().first {
      steps[$0].parent == step.parent && steps[$0].fact == step.fact
    }
    if let known { return known }
    steps.append(step)
    names.append(name)
    return steps.count - 1
  }
}

/// A place that a rule is evaluated for, in the document that is being decided.
struct SubjectPlace: BitwiseCopyable {
  /// The object's row; negative where values are missing, since the last fact of the path is missing.
  let row: Int
  /// The position of the place that it was reached from, among the document's.
  let parent: Int
  /// The step that led to it; 0 for the document.
  let step: Int
  /// The position in the list; negative where the fact is not a list.
  let index: Int
}

/// The subjects of one document, gathered before its rules are evaluated.
struct DocumentSubjects: ~Copyable {
  private(set) var places = GrowingBuffer<SubjectPlace>()
  /// For each step the places that it leads to.
  private(set) var ranges: [Range<Int>]
  let tree: SubjectTree

  init(tree: SubjectTree) {
    self.tree = tree
    ranges = Array(repeating: 0..<0, count: tree.steps.count)
  }

  /// Gathers the subjects of the document with a row, in its order.
  mutating func gather(_ facts: FactView, documentRow: Int) {
    places.removeAll()
    places.append(SubjectPlace(row: documentRow, parent: 0, step: 0, index: -1))
    ranges[0] = 0..<1
    for number in tree.steps.indices.dropFirst() {
      let step = tree.steps[number]
      let start = places.count
      for parent in ranges[step.parent] { follow(step, number, from: parent, facts) }
      ranges[number] = start..<places.count
    }
  }

  @inline(__always)
  private mutating func follow(
    _ step: SubjectTree.Step, _ number: Int, from parent: Int, _ facts: FactView
  ) {
    let row = places[parent].row
    guard row >= 0 else {
      // What is missing above is missing here too, at the same path.
      places.append(places[parent])
      return
    }
    guard facts.has(step.fact, row: row) else {
      if !step.isOptional {
        places.append(SubjectPlace(row: -1, parent: parent, step: number, index: -1))
      }
      return
    }
    let word = facts[row &+ step.slot]
    guard step.isList else {
      places.append(
        SubjectPlace(row: Int(truncatingIfNeeded: word), parent: parent, step: number, index: -1))
      return
    }
    let list = FactList(word: word)
    for index in 0..<list.count {
      let row = Int(truncatingIfNeeded: facts[list.start &+ index])
      places.append(SubjectPlace(row: row, parent: parent, step: number, index: index))
    }
  }
}
