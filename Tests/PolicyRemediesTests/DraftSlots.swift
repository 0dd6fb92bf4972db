import CEL
import PolicyEngine

@testable import PolicyRemedies

/// The places of a document's facts, with other values that each could have.
///
/// Documents are changed as drafts: nothing is read anew for a change, so that thousands can be tried.
struct DraftSlots {
  /// A place for a fact, or an element of a list of plain values.
  struct Slot {
    let path: AttributePath
    let type: FactSchema.ValueType
    let isOptional: Bool
  }

  /// Another value for a place.
  struct Change: CustomStringConvertible {
    let path: AttributePath
    let field: FieldValue

    var description: String { "\(path): \(field)" }
  }

  let schema: FactSchema
  private var texts: [CELValue]
  /// The texts that the document has for facts of a name.
  private var textsByName: [String: [CELValue]] = [:]
  private var dates: [CELValue] = []
  private var instants: [CELValue] = []

  /// The slots of a document whose facts may also have some texts that it does not hold.
  init(of draft: Draft, texts: [String]) {
    schema = draft.schema
    self.texts = texts.map { .string($0) }
    for slot in slots(of: draft) {
      guard case .present(let value)? = draft.find(slot.path) else { continue }
      switch value {
      case .string:
        guard case .string = slot.type else { continue }
        self.texts.append(value)
        if case .field(let name)? = slot.path.steps.last {
          textsByName[name, default: []].append(value)
        }
      case .date: dates.append(value)
      case .timestamp: instants.append(value)
      default: continue
      }
    }
    self.texts = self.texts.withoutRepeats()
    textsByName = textsByName.mapValues { $0.withoutRepeats() }
    dates = dates.withoutRepeats()
    instants = instants.withoutRepeats()
  }

  // MARK: Places

  /// Every place that a fact has or could have, in the document's order.
  func slots(of draft: Draft) -> [Slot] {
    zip(schema.objectTypes[draft.type].facts, draft.fields).flatMap { fact, field -> [Slot] in
      let path = draft.path.appending(.field(fact.name))
      let own = Slot(path: path, type: fact.type, isOptional: fact.isOptional)
      guard case .present(let value) = field else { return [own] }
      return [own] + slots(in: value, type: fact.type, at: path)
    }
  }

  private func slots(
    in value: CELValue, type: FactSchema.ValueType, at path: AttributePath
  ) -> [Slot] {
    switch (value, type) {
    case (.object(let object), _): (object as? Draft).map { slots(of: $0) } ?? []
    case (.list(let elements), .list(let element)):
      elements.enumerated().flatMap { index, value -> [Slot] in
        let inside = slots(in: value, type: element, at: path.appending(.index(index)))
        if case .object = element { return inside }
        return [Slot(path: path.appending(.index(index)), type: element, isOptional: false)]
      }
    default: []
    }
  }

  // MARK: Values

  /// The other values that a slot could have, of those that may matter: cases of lists, what the document
  /// has elsewhere, what comes just before and after it; and none, where the fact is optional.
  func changes(of slot: Slot, in draft: Draft) -> [Change] {
    var current: CELValue?
    if case .present(let value)? = draft.find(slot.path) { current = value }
    var found = values(of: slot.type, at: slot.path, current: current)
      .filter { value in !(current.map { value.isEqual(to: $0) } ?? false) }
      .map { Change(path: slot.path, field: .present($0)) }
    if slot.isOptional, current != nil { found.append(Change(path: slot.path, field: .absent)) }
    return found
  }

  private func values(
    of type: FactSchema.ValueType, at path: AttributePath, current: CELValue?
  ) -> [CELValue] {
    switch type {
    case .bool: return [.bool(true), .bool(false)]
    case .enumeration(let index): return schema.enumerations[index].cases.map { .string($0) }
    case .string: return texts
    case .date: return near(dates, steps: [0, -1, 1, 7, 8, -400])
    case .timestamp: return near(instants, steps: [0, -1, 1, 3_600])
    case .int, .double, .decimal, .money, .duration: return []
    case .object(let type): return samples(of: type, at: path).map { .object($0) }
    case .list(let element):
      var elements: [CELValue] = []
      if case .list(let found)? = current { elements = found }
      let shorter = elements.indices.map { index -> [CELValue] in
        elements.enumerated().filter { $0.offset != index }.map(\.element)
      }
      let last = path.appending(.index(elements.count))
      let longer = values(of: element, at: last, current: nil).map { elements + [$0] }
      return ([[]] + shorter + longer).map { list in
        .list(list.enumerated().map { $1.standing(at: path.appending(.index($0))) })
      }
    }
  }

  private func near(_ values: [CELValue], steps: [Int64]) -> [CELValue] {
    values.flatMap { value in steps.compactMap { value.moved(by: $0) } }.withoutRepeats()
  }

  /// Objects of the required facts of a type, with every mix of the cases of their lists.
  private func samples(of type: Int, at path: AttributePath) -> [Draft] {
    let rows = schema.objectTypes[type].facts.reduce([[]]) { rows, fact -> [[FieldValue]] in
      guard !fact.isOptional else { return rows.map { $0 + [.absent] } }
      let inner = path.appending(.field(fact.name))
      let choices: [CELValue] =
        switch fact.type {
        case .string: Array(((textsByName[fact.name] ?? []) + texts.prefix(1)).prefix(3))
        case .object(let type): samples(of: type, at: inner).prefix(1).map { .object($0) }
        case .list: [.list([])]
        case .date: dates
        case .timestamp: Array(instants.prefix(1))
        default: values(of: fact.type, at: inner, current: nil)
        }
      return Array(rows.flatMap { row in choices.map { row + [.present($0)] } }.prefix(40))
    }
    return rows.map { Draft(schema: schema, type: type, path: path, fields: $0) }
  }
}

extension Draft {
  /// The draft with a value changed.
  func making(_ change: DraftSlots.Change) -> Draft {
    setting(change.path.steps, to: change.field)
  }
}

extension CELValue {
  /// The value with its objects at another place.
  fileprivate func standing(at path: AttributePath) -> CELValue {
    switch self {
    case .object(let object):
      guard let draft = object as? Draft, draft.path != path else { return self }
      let names = draft.schema.objectTypes[draft.type].facts.map(\.name)
      return .object(
        Draft(
          schema: draft.schema, type: draft.type, path: path,
          fields: zip(names, draft.fields).map { name, field in
            guard case .present(let value) = field else { return field }
            return .present(value.standing(at: path.appending(.field(name))))
          }))
    case .list(let elements):
      return .list(
        elements.enumerated().map { $1.standing(at: path.appending(.index($0))) })
    default: return self
    }
  }
}

extension AttributePath {
  /// Whether the path is another one, or leads to it.
  func isOnTheWay(to other: AttributePath) -> Bool {
    root == other.root && other.steps.starts(with: steps)
  }
}
