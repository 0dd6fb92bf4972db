import CEL
import Diagnostics
import PolicyEngine

/// Sessions near one: with another value for one of its facts, or for two.
struct NearbySessions {
  /// The values to try, by what they replace.
  let texts: [String]
  let dates: [CivilDate]
  let numbers: [Int]

  /// The values that the conditions of both sets speak of.
  init(_ sets: [PolicySet], near date: CivilDate) {
    var texts: Set<String> = ["", " ", "x"]
    var dates: Set<CivilDate> = [date]
    var numbers: Set<Int> = [0, 1, -1]
    for value in sets.flatMap(\.constants) {
      switch value {
      case .string(let text) where text.utf8.count < 200: texts.insert(text)
      case .date(let day): dates.insert(day)
      case .int(let number) where number.magnitude < 1 << 40:
        for near in [number - 1, number, number + 1] { numbers.insert(Int(near)) }
      default: break
      }
    }
    // What begins, ends or is written as one of them.
    let some = texts.sorted().prefix(40)
    texts.formUnion(
      some.flatMap { [$0 + "x", "x" + $0, $0.uppercased(), $0.lowercased(), " " + $0] })
    self.texts = texts.sorted()
    self.numbers = numbers.sorted()
    let steps = numbers.filter { $0.magnitude < 400 }
    self.dates = dates.union(steps.compactMap { date.adding(days: Int64($0)) }).sorted()
  }

  /// The sessions with one value changed, those with the nearest places first.
  func sessions(near session: TrialSession) -> some Sequence<TrialSession> {
    session.document.places.lazy.flatMap { place -> [TrialSession] in
      guard let value = session.document.value(at: place.steps[...]) else { return [] }
      return self.values(for: value).map { value in
        TrialSession(
          document: session.document.replacing(place.steps[...], with: value),
          today: session.today)
      }
    }
  }

  private func values(for value: JSONValue) -> [JSONValue] {
    switch value {
    case .bool(let flag): return [.bool(!flag)]
    case .int: return numbers.map { .int($0) }
    case .number: return numbers.flatMap { [.number(Double($0)), .number(Double($0) + 0.5)] }
    case .string(let text):
      if CivilDate(text) != nil { return dates.map { .string($0.description) } }
      if let instant = CELTimestamp(text) {
        let steps: [Int64] = [-86_400, -3_600, -1, 1, 60, 3_600, 6 * 3_600, 86_400]
        return steps.map {
          .string(CELTimestamp(seconds: instant.seconds + $0).description)
        }
      }
      return texts.map { .string($0) }
    case .array(let items):
      return items.isEmpty ? [] : [.array([]), .array(items + [items[0]])]
    default: return []
    }
  }
}

extension PolicySet {
  /// The constants in the conditions of rules, in terms and in parameters.
  var constants: [CELValue] {
    var found: [CELValue] = []
    func add(_ value: CELValue) {
      switch value {
      case .list(let items): for item in items { add(item) }
      case .map(let map):
        for entry in map.entries {
          add(entry.key)
          add(entry.value)
        }
      default: found.append(value)
      }
    }
    func visit(_ node: CheckedExpression) {
      if case .constant(let value) = node.kind { add(value) }
      for child in node.children { visit(child) }
    }
    for rule in rules {
      for condition in [rule.when, rule.unless, rule.require].compactMap(\.self) {
        for expression in condition.expressions { visit(expression) }
      }
    }
    for term in vocabulary.types.flatMap(\.terms) { visit(term.definition) }
    for value in vocabulary.parameters.flatMap(\.values) {
      add(value.value)
      add(.date(value.from))
    }
    return found
  }
}
