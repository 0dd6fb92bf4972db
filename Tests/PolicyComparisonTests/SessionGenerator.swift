import CEL
import Diagnostics
import Foundation
import PolicyEngine
import TestSupport

@testable import PolicyComparison

/// Makes sessions as a vocabulary has them, of the values that the conditions speak of and their neighbours; a fact may
/// be missing.
struct SessionGenerator {
  private let schema: FactSchema
  private var numbers: SeededNumbers
  private let texts: [String]
  private let dates: [CivilDate]
  private let counts: [Int]

  init(sets: [PolicySet], seed: UInt64) {
    schema = sets[sets.count - 1].vocabulary.schema
    numbers = SeededNumbers(seed: seed)
    let day = CivilDate(daysSinceEpoch: 20_741)
    let nearby = NearbySessions(sets, near: day)
    texts = nearby.texts.filter { $0.count < 30 }
    let edges = sets.flatMap { $0.edges.flatMap { [$0, $0.adding(days: -1) ?? $0] } }
    dates = nearby.dates + edges
    counts = nearby.numbers
  }

  mutating func session() -> TrialSession {
    TrialSession(
      document: object(schema.documentType), today: dates[numbers.below(dates.count)])
  }

  private mutating func object(_ type: Int) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = []
    for fact in schema.objectTypes[type].facts {
      // Most facts are there, since little is decided of what is not.
      guard numbers.below(fact.isOptional ? 3 : 12) > 0 else { continue }
      members.append((fact.name, value(fact.type)))
    }
    return .object(members)
  }

  private mutating func value(_ type: FactSchema.ValueType) -> JSONValue {
    switch type {
    case .bool: return .bool(numbers.below(2) == 0)
    case .int: return .int(counts[numbers.below(counts.count)])
    case .double: return .number(Double(counts[numbers.below(counts.count)]) / 2)
    case .decimal, .money: return .string("\(counts[numbers.below(counts.count)]).5")
    case .string: return .string(texts[numbers.below(texts.count)])
    case .date: return .string(dates[numbers.below(dates.count)].description)
    case .timestamp:
      let day = dates[numbers.below(dates.count)]
      let seconds = Int64(day.daysSinceEpoch) * 86_400 + Int64(numbers.below(49)) * 1_800
      return .string(CELTimestamp(seconds: seconds).description)
    case .duration: return .string("\(numbers.below(5))h")
    case .enumeration(let index):
      let cases = schema.enumerations[index].cases
      return .string(cases[numbers.below(cases.count)])
    case .object(let index): return object(index)
    case .list(let element):
      var items: [JSONValue] = []
      for _ in 0..<numbers.below(4) { items.append(value(element)) }
      return .array(items)
    }
  }
}

extension JSONValue {
  /// The value of a JSON text; nil where it is none.
  init?(parsing text: String) {
    let decoded = try? JSONDecoder().decode(DecodedJSON.self, from: Data(text.utf8))
    guard let value = decoded else { return nil }
    self.init(value)
  }

  private init(_ value: DecodedJSON) {
    switch value {
    case .null: self = .null
    case .bool(let flag): self = .bool(flag)
    case .number(let number):
      self = Int(exactly: number).map { .int($0) } ?? .number(number)
    case .string(let text): self = .string(text)
    case .array(let items): self = .array(items.map { JSONValue($0) })
    case .object(let members):
      self = .object(
        members.sorted { $0.key < $1.key }.map { (key: $0.key, value: JSONValue($0.value)) })
    }
  }
}
