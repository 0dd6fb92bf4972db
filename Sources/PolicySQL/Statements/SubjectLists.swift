import PolicyEngine

/// The subjects of a rule about parts of a document, as lists: of where they stand, and of what is so of each.
///
/// Where a fact that must be there is missing on the way, the place where it would stand is a subject, of which
/// nothing is known: no decision passes because nothing is there to decide.
struct SubjectLists {
  let policies: PolicySet
  let dialect: any StatementDialect
  /// The type of the subjects, by its index.
  let type: Int

  private var schema: FactSchema { policies.vocabulary.schema }

  /// The places, as texts such as `encounters[3]`.
  func places() throws -> String {
    try all(.place) { _, path in
      path
    } missing: { path in
      path
    }
  }

  /// Whether a condition holds, for each.
  func truths(_ condition: (_ subject: String) throws -> String) throws -> String {
    try all(.truth) { subject, _ in
      try condition(subject)
    } missing: { _ in
      "CAST(NULL AS BOOLEAN)"
    }
  }

  private func all(
    _ entry: EntryType, _ leaf: (String, String) throws -> String, missing: (String) -> String
  ) throws -> String {
    let routes = policies.routes[type].routes
    let lists = try routes.indices.map { index in
      // A place that an earlier route passes too is missing once.
      let shared = routes[..<index].map { other in
        zip(other.steps, routes[index].steps).prefix { $0 == $1 }.count
      }
      return try list(
        of: dialect.name(SQLColumn.document(schema.documentName)), path: nil,
        routes[index].steps[...],
        Way(types: routes[index].types, sharedSteps: shared.max() ?? 0), entry, leaf, missing)
    }
    if lists.count > 1 { return dialect.joined(lists) }
    return lists.first ?? dialect.entries(nil, of: entry)
  }

  /// What is known of a way down before it is gone.
  private struct Way {
    /// The types passed, the document's first.
    let types: [Int]
    /// How many steps an earlier way goes too.
    let sharedSteps: Int
  }

  /// The entries of all subjects below an object; `path` is the text of where it stands, nil for the document.
  private func list(
    of object: String, path: String?, _ steps: ArraySlice<SubjectRoutes.Step>, _ way: Way,
    _ entry: EntryType, _ leaf: (String, String) throws -> String, _ missing: (String) -> String
  ) throws -> String {
    guard let step = steps.first else {
      return dialect.entries(try leaf(object, path ?? "''"), of: entry)
    }
    let rest = steps.dropFirst()
    let owner = way.types[steps.startIndex]
    let fact = schema.objectTypes[owner].facts[step.fact]
    let value = try dialect.fact(fact.name, fact.type, of: object)
    let place =
      path.map { "\($0) || \(dialect.quoted("." + step.name))" } ?? dialect.quoted(step.name)
    let below: String
    if step.isList {
      let next = way.types[rest.startIndex]
      let variable = policies.vocabulary.types[next].variable
      func inner(_ position: String) -> String { "\(place) || '[' || \(position) || ']'" }
      if rest.isEmpty {
        below = try dialect.entries(in: value, variable, of: entry) { element, position in
          try leaf(element, inner(position))
        }
      } else {
        below = try dialect.joinedEntries(in: value, variable, of: entry) { element, position in
          try list(of: element, path: inner(position), rest, way, entry, leaf, missing)
        }
      }
    } else {
      below = try list(of: value, path: place, rest, way, entry, leaf, missing)
    }
    let isKnown = fact.isOptional || steps.startIndex < way.sharedSteps
    let none = dialect.entries(isKnown ? nil : missing(place), of: entry)
    return "CASE WHEN \(value) IS NULL THEN \(none) ELSE \(below) END"
  }
}
