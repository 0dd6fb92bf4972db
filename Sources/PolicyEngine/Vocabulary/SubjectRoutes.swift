package import CEL

/// The ways from a document to the values of one type in it: for each, the facts to go through.
package struct SubjectRoutes: Sendable {
  /// One step: a fact of the type reached so far, by its position there.
  package struct Step: Hashable, Sendable {
    package let fact: Int
    package let name: String
    package let isList: Bool
  }

  /// A way down: its steps from the document, and the types passed, the document's first.
  package struct Route: Hashable, Sendable {
    package let steps: [Step]
    package let types: [Int]
  }

  /// The ways; for the document's own type one without steps.
  package let routes: [Route]
  /// Whether values of the type also stand where no way leads: inside themselves, or in lists of lists.
  let isIncomplete: Bool

  /// Whether documents hold values of the type.
  package var isReachable: Bool { !routes.isEmpty }

  /// Whether values of a type are met on the way to values of this one, or are these.
  func passes(through type: Int) -> Bool { routes.contains { $0.types.contains(type) } }

  /// How many ways there may be in all; types that contain each other crosswise have very many.
  private static let limit = 1_000

  /// The ways to the values of each type, none of which passes through one type twice.
  ///
  /// Nil when there are more than can be followed.
  static func all(in schema: FactSchema) -> [SubjectRoutes]? {
    var found = [[Route]](repeating: [], count: schema.objectTypes.count)
    var count = 0
    var open = [Route(steps: [], types: [schema.documentType])]
    while let route = open.popLast() {
      guard let last = route.types.last else { continue }
      found[last].append(route)
      count += 1
      guard count <= limit else { return nil }
      for (index, fact) in schema.objectTypes[last].facts.enumerated().reversed() {
        guard let (target, isList) = fact.type.objectType, !route.types.contains(target) else {
          continue
        }
        let step = Step(fact: index, name: fact.name, isList: isList)
        open.append(Route(steps: route.steps + [step], types: route.types + [target]))
      }
    }
    let incomplete = typesOutOfReach(in: schema)
    return found.enumerated().map {
      SubjectRoutes(routes: $1, isIncomplete: incomplete.contains($0))
    }
  }

  /// The types whose values may stand where no way leads, and all that these contain.
  private static func typesOutOfReach(in schema: FactSchema) -> Set<Int> {
    let contained = schema.objectTypes.map { type in
      Set(type.facts.compactMap { $0.type.innermostObject })
    }
    func reachable(from starts: Set<Int>) -> Set<Int> {
      var reached = starts
      var open = Array(starts)
      while let type = open.popLast() {
        open += contained[type].filter { reached.insert($0).inserted }
      }
      return reached
    }
    let recursive = contained.indices.filter { reachable(from: contained[$0]).contains($0) }
    let deep = schema.objectTypes.flatMap(\.facts).filter { $0.type.objectType == nil }
      .compactMap(\.type.innermostObject)
    return reachable(from: Set(recursive + deep))
  }
}

extension FactSchema.ValueType {
  /// The object type that the value is, or is a list of; nil for other values.
  fileprivate var objectType: (type: Int, isList: Bool)? {
    switch self {
    case .object(let type): (type, false)
    case .list(.object(let type)): (type, true)
    default: nil
    }
  }
}

/// A value that a rule is evaluated for, or the place where such values are missing.
package enum Subject: Sendable {
  case value(any CELObject)
  /// The values are not known, since the fact at the path is missing.
  case missing(AttributePath)

  /// Where the subject stands.
  package var path: AttributePath {
    switch self {
    case .value(let object): object.path
    case .missing(let path): path
    }
  }
}

extension SubjectRoutes {
  /// The values of the type in a document, in the order of the document.
  ///
  /// Where a required fact on the way is not given, the values below it are not known: that is a
  /// subject of its own, so that a decision about them is never taken to hold because there are none.
  package func subjects(in document: any CELObject) -> [Subject] {
    routes.flatMap { route in
      route.steps.reduce([Subject.value(document)]) { level, step in
        level.flatMap { Self.values(of: step, in: $0) }
      }
    }
  }

  /// Those of the values that can be read together with a path: none in other elements of a list that it
  /// leads into.
  package func subjects(in document: any CELObject, near path: AttributePath) -> [Subject] {
    routes.flatMap { route in
      var level = [Subject.value(document)]
      // How far the way is that of the path; nil from where they part.
      var position: Int? = 0
      for step in route.steps {
        level = level.flatMap { Self.values(of: step, in: $0) }
        guard let current = position else { continue }
        guard current < path.steps.count, path.steps[current] == .field(step.name) else {
          position = nil
          continue
        }
        position = current + 1
        guard step.isList else { continue }
        guard current + 1 < path.steps.count, case .index(let index) = path.steps[current + 1]
        else {
          position = nil
          continue
        }
        level = level.indices.contains(index) ? [level[index]] : []
        position = current + 2
      }
      return level
    }
  }

  private static func values(of step: Step, in subject: Subject) -> [Subject] {
    guard case .value(let object) = subject else { return [subject] }
    switch object.value(ofField: step.fact) {
    case .present(.list(let elements)):
      return elements.compactMap { if case .object(let value) = $0 { .value(value) } else { nil } }
    case .present(.object(let value)):
      return [.value(value)]
    case .absent:
      return []
    case .missing, .present:
      return [.missing(object.path.appending(.field(step.name)))]
    }
  }
}
