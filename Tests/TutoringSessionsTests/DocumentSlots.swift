import CEL
import Diagnostics
import Foundation
import PolicyEngine
import Testing
import TutoringSessions

/// How often properties are tried.
enum Trials {
  /// A number of trials, as many times more as `TUTORPOLICY_TRIALS` says.
  static func count(_ number: Int) -> Int {
    number * (ProcessInfo.processInfo.environment["TUTORPOLICY_TRIALS"].flatMap { Int($0) } ?? 1)
  }
}

/// A document as JSON, every fact of which can be found and given another value of its kind.
struct ChangeableDocument {
  /// A place for a fact, or an element of a list of plain values.
  struct Slot {
    let path: AttributePath
    let type: FactSchema.ValueType
    let isOptional: Bool
  }

  /// Values of one kind that the document has.
  private struct Pool {
    var strings: [String] = []
    var stringsByName: [String: [String]] = [:]
    var dates: [CivilDate] = []
    var instants: [CELTimestamp] = []
  }

  let schema: FactSchema
  private(set) var facts: [String: Any]
  /// The values of the document as it was first.
  private var pool = Pool()

  init(_ session: TutoringSession, _ policies: PolicySet) throws {
    schema = policies.vocabulary.schema
    let json = try JSONSerialization.jsonObject(with: session.jsonData())
    facts = try #require(json as? [String: Any])
    for slot in slots {
      guard let text = value(at: slot.path) as? String else { continue }
      switch slot.type {
      case .string:
        pool.strings.append(text)
        if case .field(let name)? = slot.path.steps.last {
          pool.stringsByName[name, default: []].append(text)
        }
      case .date: pool.dates += CivilDate(text).map { [$0] } ?? []
      case .timestamp: pool.instants += CELTimestamp(text).map { [$0] } ?? []
      default: break
      }
    }
    pool.strings = (pool.strings + ["", "another", "cl-goal-1", "Family Math Night"]).uniqued()
    pool.stringsByName = pool.stringsByName.mapValues { $0.uniqued() }
    pool.dates = pool.dates.uniqued()
    pool.instants = pool.instants.uniqued()
  }

  /// The document as the engine reads it.
  func read(sourceLocation: SourceLocation = #_sourceLocation) throws -> FactDocument {
    let data = try JSONSerialization.data(withJSONObject: facts, options: .sortedKeys)
    var diagnostics: [Diagnostic] = []
    let document = FactDocument.read(
      json: Source(name: "session.json", bytes: Array(data)), schema: schema, into: &diagnostics)
    return try #require(
      document, "\(diagnostics.map(\.message)) \(self)", sourceLocation: sourceLocation)
  }

  // MARK: Slots

  /// Every place that a fact has or could have, in the document's order.
  var slots: [Slot] {
    slots(in: facts, type: schema.documentType, at: AttributePath(root: schema.documentName))
  }

  private func slots(in object: [String: Any], type: Int, at path: AttributePath) -> [Slot] {
    schema.objectTypes[type].facts.flatMap { fact -> [Slot] in
      let path = path.appending(.field(fact.name))
      let own = Slot(path: path, type: fact.type, isOptional: fact.isOptional)
      return [own] + slots(in: object[fact.name], type: fact.type, at: path)
    }
  }

  private func slots(in value: Any?, type: FactSchema.ValueType, at path: AttributePath) -> [Slot] {
    switch (type, value) {
    case (.object(let type), let object as [String: Any]):
      slots(in: object, type: type, at: path)
    case (.list(let element), let list as [Any]):
      list.enumerated().flatMap { index, value -> [Slot] in
        let path = path.appending(.index(index))
        if case .object = element { return slots(in: value, type: element, at: path) }
        return [Slot(path: path, type: element, isOptional: false)]
      }
    default: []
    }
  }

  func value(at path: AttributePath) -> Any? {
    path.steps.reduce(facts as Any?) { value, step in
      switch step {
      case .field(let name), .key(let name): (value as? [String: Any])?[name]
      case .index(let index):
        (value as? [Any]).flatMap { $0.indices.contains(index) ? $0[index] : nil }
      }
    }
  }

  /// The document with another value at a path; nil takes the fact away.
  func setting(_ path: AttributePath, to value: Any?) -> ChangeableDocument {
    var changed = self
    changed.facts = Self.setting(path.steps[...], in: facts, to: value) as? [String: Any] ?? facts
    return changed
  }

  private static func setting(
    _ steps: ArraySlice<AttributePath.Step>, in container: Any?, to value: Any?
  ) -> Any? {
    guard let step = steps.first else { return value }
    switch (step, container) {
    case (.field(let name), var object as [String: Any]):
      object[name] = setting(steps.dropFirst(), in: object[name], to: value)
      return object
    case (.index(let index), var list as [Any]) where list.indices.contains(index):
      if let new = setting(steps.dropFirst(), in: list[index], to: value) { list[index] = new }
      return list
    default: return container
    }
  }

  // MARK: Values

  /// Other values that a slot could have, of those that may matter: the document's own and their neighbours.
  ///
  /// Nil stands for none, where the fact is optional.
  func alternatives(for slot: Slot) -> [Any?] {
    let current = value(at: slot.path)
    var found: [Any?] = values(of: slot.type, like: slot.path, current: current)
    if slot.isOptional { found.insert(nil, at: 0) }
    return found.filter { !Self.isEqual($0, current) }
  }

  private static func isEqual(_ left: Any?, _ right: Any?) -> Bool {
    switch (left, right) {
    case (nil, nil): true
    case (let left?, let right?): (left as? NSObject)?.isEqual(right as? NSObject) ?? false
    default: false
    }
  }

  private func values(
    of type: FactSchema.ValueType, like path: AttributePath, current: Any?
  ) -> [Any] {
    switch type {
    case .bool: return [true, false]
    case .enumeration(let index): return schema.enumerations[index].cases
    case .string: return pool.strings
    case .date:
      return pool.dates.flatMap { date -> [String] in
        [0, -1, 1, 7, 8, -400].map { date.addingDays($0).description }
      }
    case .timestamp:
      return pool.instants.flatMap { instant -> [String] in
        [0, -1, 1, 3_600].map { CELTimestamp(seconds: instant.seconds + $0).description }
      }
    case .int, .double, .decimal, .money, .duration: return []
    case .object(let type): return samples(ofType: type, depth: 0)
    case .list(let element):
      let list = current as? [Any] ?? []
      let shorter = list.indices.map { index in
        list.enumerated().filter { $0.offset != index }.map(\.element)
      }
      let longer = values(of: element, like: path, current: nil).map { list + [$0] }
      return [[Any]()] + shorter + longer
    }
  }

  /// Objects of a type, with every mix of values for their closed lists and a few for the rest.
  private func samples(ofType type: Int, depth: Int) -> [[String: Any]] {
    guard depth < 2 else { return [] }
    return schema.objectTypes[type].facts.reduce([[:]]) { objects, fact in
      var choices: [Any]
      switch fact.type {
      case .string: choices = Array((pool.stringsByName[fact.name] ?? []).prefix(3))
      case .object(let type): choices = Array(samples(ofType: type, depth: depth + 1).prefix(1))
      case .list: choices = [[Any]()]
      case .date: choices = pool.dates.map(\.description)
      case .timestamp: choices = pool.instants.prefix(1).map(\.description)
      case .bool: choices = [true, false]
      default: choices = values(of: fact.type, like: AttributePath(root: ""), current: nil)
      }
      if choices.isEmpty { choices = fact.type == .string ? ["x"] : [] }
      return objects.flatMap { object in
        choices.map { object.merging([fact.name: $0]) { $1 } }
      }.prefix(40).map { $0 }
    }
  }
}

extension CivilDate {
  fileprivate func addingDays(_ days: Int) -> CivilDate {
    CivilDate(daysSinceEpoch: daysSinceEpoch + Int32(days))
  }
}

extension Array where Element: Hashable {
  /// Each element once, in order.
  fileprivate func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

extension AttributePath {
  /// Whether the path is another one, or leads to it or beyond it.
  func isOnTheWay(to other: AttributePath) -> Bool {
    root == other.root && other.steps.starts(with: steps)
  }
}
