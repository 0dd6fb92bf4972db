import CEL
import Diagnostics
import PolicyEngine

/// The changes of a fact that could make a difference, nearest first.
struct CandidateValues {
  let knowledge: PolicyKnowledge
  let today: CivilDate
  let assessment: Assessment

  private var vocabulary: Vocabulary { knowledge.policies.vocabulary }

  /// How many objects are built of the values that their facts may have.
  private static let objectLimit = 64
  /// A text that no policy names: what stands for any text.
  private static let anyText = "(any text)"

  /// The changes of the fact at a path that its declaration allows.
  func changes(of id: FactID, at path: AttributePath, in situation: Situation) -> [FactChange] {
    assessment.candidates(at: path, in: situation) { makeChanges(of: id, at: path, in: situation) }
  }

  private func makeChanges(
    of id: FactID, at path: AttributePath, in situation: Situation
  ) -> [FactChange] {
    let draft = situation.draft
    guard let field = draft.find(path) else { return [] }
    let declaration = vocabulary.declaration(of: id)
    let words = vocabulary.changes(of: id)
    var changes: [FactChange] = []
    if case .list(let element) = declaration.type {
      changes = listChanges(of: element, id, at: path, field, in: situation)
      if case .missing = field { changes.insert(FactChange(.supply, path, .list([])), at: 0) }
    } else {
      var current: CELValue?
      if case .present(let value) = field { current = value }
      let kind = current == nil ? FactChanges.Kind.supply : .replace
      changes = values(of: declaration.type, id, at: path, current: current, in: situation).map {
        FactChange(kind, path, $0.value, isOpen: $0.isOpen)
      }
      if current != nil, declaration.isOptional { changes.append(FactChange(.drop, path, nil)) }
    }
    return changes.filter { words?.allows($0.kind) ?? true }
  }

  /// Values that a fact could have, whether or not anybody may change it.
  func anyValues(
    of id: FactID, at path: AttributePath, in situation: Situation
  ) -> [CELValue] {
    values(of: vocabulary.declaration(of: id).type, id, at: path, current: nil, in: situation)
      .map(\.value)
  }

  private func listChanges(
    of element: FactSchema.ValueType, _ id: FactID, at path: AttributePath, _ field: FieldValue,
    in situation: Situation
  ) -> [FactChange] {
    if element.innermostObject != nil { return [] }
    var elements: [CELValue] = []
    if case .present(.list(let found)) = field { elements = found }
    let present = Set(elements.map { ValueIdentity($0) })
    let added = values(of: element, id, at: path, current: nil, in: situation)
      .filter { !$0.isOpen && !present.contains(ValueIdentity($0.value)) }
      .map { FactChange(.add, path, $0.value) }
    return added + elements.withoutRepeats().map { FactChange(.remove, path, $0) }
  }

  private typealias Candidate = (value: CELValue, isOpen: Bool)

  /// The values that a fact could have instead of its own.
  private func values(
    of type: FactSchema.ValueType, _ id: FactID, at path: AttributePath, current: CELValue?,
    in situation: Situation
  ) -> [Candidate] {
    if current == nil, vocabulary.changes(of: id)?.supplied == .today {
      return [(.date(today), false)]
    }
    let example = vocabulary.changes(of: id)?.example
    var found: [Candidate] = []
    switch type {
    case .bool: found = [(.bool(true), false), (.bool(false), false)]
    case .enumeration(let index):
      found = vocabulary.enumerations[index].cases.map { (.string($0.value), false) }
    case .string:
      var texts = comparands(of: id, at: path, in: situation).filter(\.isText)
      if case .string(let text)? = current,
        let near = Suggestion.nearest(to: text, among: texts.compactMap(\.text))
      {
        texts.insert(.string(near), at: 0)
      }
      found = texts.map { ($0, false) }
      if let example { found.append((example, false)) }
      found.append((.string(Self.anyText), true))
    case .int, .double, .decimal, .money, .date, .timestamp, .duration:
      found = (comparands(of: id, at: path, in: situation) + [example].compactMap(\.self))
        .flatMap { $0.withNeighbours(like: type) }
        .sorted { $0.distance(to: current) < $1.distance(to: current) }
        .map { ($0, false) }
    case .object(let object):
      // Each of them is there once.
      return objects(ofType: object, at: path, in: situation).map { (.object($0), false) }
        .filter { candidate in !(current.map { $0.isEqual(to: candidate.0) } ?? false) }
    case .list: break
    }
    var seen = Set(current.map { [ValueIdentity($0)] } ?? [])
    return found.filter { seen.insert(ValueIdentity($0.value)).inserted }
  }

  // MARK: - What conditions compare with

  private func comparands(
    of id: FactID, at path: AttributePath, in situation: Situation
  ) -> [CELValue] {
    var found: [CELValue] = []
    let context = situation.context
    for origin in origins(of: id, at: path, in: situation) {
      switch origin {
      case .value(let value): found += value.parts
      case .parameter(let index):
        let parameter = vocabulary.parameters[index]
        if let value = context.knownGoverningDate.flatMap({ parameter.value(on: $0) }) {
          found += value.value.parts
        }
      case .fact(let other):
        for object in objects(ofType: other.type, near: path, in: situation) {
          if case .present(let value) = object.value(ofField: other.fact) { found += value.parts }
        }
      case .computed(let expression, let type):
        for object in objects(ofType: type, near: path, in: situation) {
          let activation = context.activation(for: object, decision: nil)
          if case .value(let value) = evaluate(expression, in: activation) {
            found += value.parts
          }
        }
      }
    }
    return found.withoutRepeats()
  }

  /// What a fact is compared with; where that is not given, what that is compared with in its turn: whoever gives
  /// both must leave room for the other.
  private func origins(
    of id: FactID, at path: AttributePath, in situation: Situation
  ) -> [Comparands.Origin] {
    let own = knowledge.comparands.origins[id] ?? []
    let beyond = own.flatMap { origin -> [Comparands.Origin] in
      guard case .fact(let other) = origin, other != id,
        objects(ofType: other.type, near: path, in: situation).contains(where: {
          if case .present = $0.value(ofField: other.fact) { false } else { true }
        })
      else { return [] }
      return (knowledge.comparands.origins[other] ?? []).filter {
        if case .fact(let fact) = $0 { fact != id } else { false }
      }
    }
    return own + beyond
  }

  private func evaluate(
    _ expression: CheckedExpression, in activation: Activation
  ) -> Evaluation {
    var work = 0
    defer { assessment.add(work: work) }
    return knowledge.policies.evaluator.evaluate(expression, in: activation, work: &work)
  }

  /// The objects of a type that a condition can read together with a fact.
  private func objects(
    ofType type: Int, near path: AttributePath, in situation: Situation
  ) -> [any CELObject] {
    knowledge.policies.routes[type].subjects(in: situation.draft, near: path).compactMap {
      if case .value(let object) = $0 { object } else { nil }
    }
  }

  // MARK: - New objects

  /// New objects of a type, of its required facts alone, in every combination of what these may be.
  private func objects(
    ofType type: Int, at path: AttributePath, in situation: Situation
  ) -> [Draft] {
    let facts = vocabulary.types[type].facts
    var rows: [[FieldValue]] = [[]]
    rows[0].reserveCapacity(facts.count)
    for (index, fact) in facts.enumerated() {
      guard !fact.isOptional else {
        for row in rows.indices { rows[row].append(.absent) }
        continue
      }
      let id = FactID(type: type, fact: index)
      let inner = path.appending(.field(fact.name))
      let choices = requiredValues(of: fact.type, id, at: inner, in: situation)
        .prefix(Self.objectLimit).map { FieldValue.present($0) }
      rows = rows.flatMap { row in choices.map { row + [$0] } }
      if rows.count > Self.objectLimit { rows = Array(rows.prefix(Self.objectLimit)) }
    }
    return rows.map {
      Draft(schema: vocabulary.schema, type: type, path: path, fields: $0)
    }
  }

  private func requiredValues(
    of type: FactSchema.ValueType, _ id: FactID, at path: AttributePath, in situation: Situation
  ) -> [CELValue] {
    switch type {
    case .list: return [.list([])]
    case .string:
      let named = comparands(of: id, at: path, in: situation).filter(\.isText)
      return named.isEmpty ? [vocabulary.changes(of: id)?.example ?? .string(Self.anyText)] : named
    default:
      return values(of: type, id, at: path, current: nil, in: situation).map(\.value)
    }
  }
}

// MARK: - Values

extension CELValue {
  fileprivate var isText: Bool { text != nil }

  fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }

  /// The value itself; of a list its elements, of a table its keys.
  fileprivate var parts: [CELValue] {
    switch self {
    case .list(let elements): elements.flatMap(\.parts)
    case .map(let map): map.entries.map(\.key)
    default: [self]
    }
  }

  /// The value with what comes just before and after it, where it is of a type.
  fileprivate func withNeighbours(like type: FactSchema.ValueType) -> [CELValue] {
    switch (self, type) {
    case (.int, .int), (.double, .double), (.decimal, .decimal), (.money, .money), (.date, .date),
      (.timestamp, .timestamp),
      (.duration, .duration):
      [self, moved(by: -1), moved(by: 1)].compactMap(\.self)
    case (.int(let number), .double): CELValue.double(Double(number)).withNeighbours(like: type)
    default: []
    }
  }

  /// An ordered value so many steps later: days, seconds, ones; nil where there is none.
  func moved(by steps: Int64) -> CELValue? {
    switch self {
    case .int(let number):
      let (sum, overflow) = number.addingReportingOverflow(steps)
      return overflow ? nil : .int(sum)
    case .double(let number): return .double(number + Double(steps))
    case .date(let date):
      let days = Int64(date.daysSinceEpoch) + steps
      // The years 1 to 9999.
      guard (-719_162...2_932_896).contains(days) else { return nil }
      return .date(CivilDate(daysSinceEpoch: Int32(days)))
    case .timestamp(let instant):
      let seconds = instant.seconds + steps
      guard (-62_135_596_800...253_402_300_799).contains(seconds) else { return nil }
      return .timestamp(CELTimestamp(seconds: seconds, nanoseconds: instant.nanoseconds))
    case .duration(let duration):
      return .duration(
        CELDuration(seconds: duration.seconds + steps, nanoseconds: duration.nanoseconds))
    default: return nil
    }
  }

  /// Where an ordered value stands on a line of steps; nil for others.
  var position: Double? {
    switch self {
    case .int(let number): Double(number)
    case .double(let number): number
    case .decimal(let number): number.approximation
    case .money(let money): money.amount.approximation
    case .date(let date): Double(date.daysSinceEpoch)
    case .timestamp(let instant): Double(instant.seconds) + Double(instant.nanoseconds) * 1e-9
    case .duration(let duration): Double(duration.seconds) + Double(duration.nanoseconds) * 1e-9
    default: nil
    }
  }

  fileprivate func distance(to other: CELValue?) -> Double {
    guard let position, let other = other?.position else { return 0 }
    return abs(position - other)
  }
}
