import CEL

/// For each fact the values that tell apart what expressions ask of it.
///
/// Between two neighbours of these values no comparison with a constant has another answer, so that looking at them
/// is looking at all.
struct FactDomains {
  /// What facts are compared with, by their paths.
  private var constants: [[String]: [ForeignValue]] = [:]
  private let facts: FactTable
  private let termTypes: [String: ForeignType]

  /// The domains of the facts that a model reads.
  init(
    of definitions: [ImportedDefinition], facts: FactTable, termTypes: [String: ForeignType]
  ) {
    self.facts = facts
    self.termTypes = termTypes
    for definition in definitions {
      for expression in definition.expressions {
        expression.visit { part in
          if case .quantified(_, let variable, let list, let condition) = part.kind,
            case .path(let parts) = list.kind
          {
            collect(condition, scope: definition.scope, variable: (variable, parts))
          }
        }
        collect(expression, scope: definition.scope, variable: nil)
      }
    }
  }

  private mutating func collect(
    _ expression: ForeignExpression, scope: ImportedScope,
    variable: (name: String, list: [String])?
  ) {
    func fact(_ side: ForeignExpression) -> [String]? {
      guard case .path(let parts) = side.kind else { return nil }
      if let variable, parts.first == variable.name {
        return variable.list + ["[]"] + parts.dropFirst()
      }
      switch scope.meaning(of: parts) {
      case .fact: return parts
      case .value(let term): return Self.path(ofTerm: term)
      case .lost, .none: return nil
      }
    }
    var found: [([String], [ForeignValue])] = []
    expression.visit { part in
      if case .call(_, let arguments) = part.kind, arguments.count == 2,
        let path = fact(arguments[0]), let value = arguments[1].literal
      {
        found.append((path, [value]))
      }
      guard case .binary(_, let left, let right) = part.kind else { return }
      for (side, other) in [(left, right), (right, left)] {
        guard let path = fact(side) else { continue }
        switch other.literal {
        case .list(let values)?: found.append((path, values))
        case .null?, nil: continue
        case let value?: found.append((path, [value]))
        }
      }
    }
    for (path, values) in found { constants[path, default: []] += values }
  }

  /// What a value made of facts goes by here; no fact has a path like it.
  private static func path(ofTerm term: String) -> [String] { ["=", term] }

  /// The values that tell apart what is asked of a value made of facts; some may never come about.
  func values(ofTerm term: String) -> [ForeignValue] {
    let path = Self.path(ofTerm: term)
    return values(of: path, type: termTypes[term] ?? .unknown)
  }

  /// The values of a fact that are worth looking at, without that of not being given.
  func values(of path: [String]) -> [ForeignValue] {
    facts.facts[path]?.allowed ?? values(of: path, type: facts.type(of: path))
  }

  private func values(of path: [String], type: ForeignType) -> [ForeignValue] {
    let near = constants[path] ?? []
    switch type {
    case .bool: return [.bool(true), .bool(false)]
    case .number: return Self.numbers(near)
    case .text, .unknown: return Self.texts(near)
    case .date: return Self.dates(near)
    case .instant: return Self.instants(near)
    case .duration: return Self.durations(near)
    case .list: return lists(of: path, near)
    case .object: return []
    }
  }

  private static func numbers(_ near: [ForeignValue]) -> [ForeignValue] {
    let edges = Set(
      near.compactMap { value -> Double? in
        guard case .number(let number) = value else { return nil }
        return number
      }
    ).sorted()
    guard let first = edges.first, let last = edges.last else { return [.number(1)] }
    var values = [first - 1]
    for (edge, next) in zip(edges, edges.dropFirst()) { values += [edge, (edge + next) / 2] }
    return (values + [last, last + 1]).map { .number($0) }
  }

  private static func texts(_ near: [ForeignValue]) -> [ForeignValue] {
    var values: [ForeignValue] = []
    for case .text(let text) in near where !values.contains(.text(text)) {
      values.append(.text(text))
    }
    var other = "other"
    while values.contains(.text(other)) { other += "-" }
    return values + [.text(other)]
  }

  private static func dates(_ near: [ForeignValue]) -> [ForeignValue] {
    var days: Set<CivilDate> = []
    for case .date(let date) in near {
      days.formUnion([date, date.adding(days: 1), date.adding(days: -1)].compactMap(\.self))
    }
    let anyDay = CivilDate("2026-01-05")
    return (days.isEmpty ? [anyDay].compactMap(\.self) : days.sorted()).map { .date($0) }
  }

  private static func instants(_ near: [ForeignValue]) -> [ForeignValue] {
    var seconds: Set<Int64> = []
    for case .instant(let instant) in near {
      seconds.formUnion([instant.seconds - 1, instant.seconds, instant.seconds + 1])
    }
    return (seconds.isEmpty ? [1_767_600_000] : seconds.sorted())
      .map { .instant(CELTimestamp(seconds: $0)) }
  }

  private static func durations(_ near: [ForeignValue]) -> [ForeignValue] {
    var seconds: Set<Int64> = []
    for case .duration(let duration) in near {
      seconds.formUnion([duration.seconds - 1, duration.seconds, duration.seconds + 1])
    }
    return (seconds.isEmpty ? [3_600] : seconds.sorted())
      .map { .duration(CELDuration(seconds: $0)) }
  }

  /// Lists that are empty, that have one element of each kind, and that have all of them.
  private func lists(of path: [String], _ near: [ForeignValue]) -> [ForeignValue] {
    let inner = facts.order.filter {
      $0.count > path.count && $0.starts(with: path) && $0[path.count] == "[]"
    }
    var elements: [ForeignValue] = []
    if inner.isEmpty || inner == [path + ["[]"]] {
      elements = near.isEmpty ? values(ofElementsOf: path) : Self.texts(near)
      if case .list(.number) = facts.type(of: path) { elements = Self.numbers(near) }
    } else {
      let domains = inner.map { ($0.dropFirst(path.count + 1), values(of: $0)) }
      let count = domains.map(\.1.count).max() ?? 0
      elements = (0..<min(count, 8)).map { index in
        .object(
          Dictionary(
            domains.filter { !$0.1.isEmpty }
              .map { ($0.0.joined(separator: "."), $0.1[index % $0.1.count]) }
          ) { first, _ in first })
      }
    }
    return [.list([])] + elements.map { .list([$0]) }
      + (elements.count > 1 ? [.list(elements)] : [])
  }

  private func values(ofElementsOf path: [String]) -> [ForeignValue] {
    let element = path + ["[]"]
    if facts.facts[element] != nil { return values(of: element) }
    switch facts.type(of: path) {
    case .list(.number): return [.number(1), .number(2)]
    case .list(.bool): return [.bool(true), .bool(false)]
    case .list(.text), .list(.unknown): return [.text("other")]
    default: return []
    }
  }
}
