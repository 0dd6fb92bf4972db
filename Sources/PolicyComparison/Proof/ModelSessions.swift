import CEL
import Diagnostics
import Foundation
import PolicyEngine

/// Makes sessions of models: each term that is known gets a value that is as the model says.
///
/// What functions make of values is not always as the model has it, so sessions near it are tried as well.
struct ModelSessions {
  let store: LogicStore
  let timeZone: String
  /// A governing date near which dates are chosen.
  let date: CivilDate

  /// The session of a model; nil where there are no numbers as it has them.
  func session(of facts: TermFacts) -> TrialSession? {
    guard let numbers = numbers(of: facts) else { return nil }
    let texts = texts(of: facts)
    var facts = SessionBuilder(
      store: store, facts: facts, numbers: numbers, texts: texts)
    for (term, instant) in instants(facts.facts, numbers) { facts.numbers[term] = instant }
    let today = numbers[store.today].flatMap { Count.value($0, as: .date) }
    guard case .date(let today)? = today ?? .date(date) else { return nil }
    return TrialSession(document: facts.object(store.document), today: today)
  }

  // MARK: Numbers

  private func numbers(of facts: TermFacts) -> [TermID: Int128]? {
    let noon = Int128(date.daysSinceEpoch) * 86_400 + 18 * 3_600
    return NumberSolver(facts.bounds).values { term in
      switch store.type(of: term) {
      case .date: Int128(date.daysSinceEpoch)
      case .timestamp: noon * Count.second
      case .duration: 12 * 3_600 * Count.second
      default:
        if case .count(let list, _, _) = store[term] {
          Int128((facts.elements[list] ?? []).count)
        } else {
          0
        }
      }
    }
  }

  /// Instants whose date and time of day are what the model says of these.
  private func instants(
    _ facts: TermFacts, _ numbers: [TermID: Int128]
  ) -> [TermID: Int128] {
    var days: [TermID: Int128] = [:]
    var times: [TermID: Int128] = [:]
    for (term, number) in numbers {
      guard case .function(let name, let operands) = store[term],
        case .number(let form)? = operands.first, operands.count == 1, form.constant == 0,
        form.parts.count == 1, let part = form.parts.first, part.factor == 1,
        store.type(of: part.term) == .timestamp
      else { continue }
      if name.hasPrefix("date[") { days[part.term] = number }
      if name.hasPrefix("timeOfDay[") { times[part.term] = number }
    }
    var found: [TermID: Int128] = [:]
    for term in Set(days.keys).union(times.keys) {
      let own = numbers[term] ?? 0
      let local = own + offset(at: own)
      let day = days[term] ?? local.quotientAndRemainder(dividingBy: 86_400 * Count.second).quotient
      let time = times[term] ?? 12 * 3_600 * Count.second
      let wanted = day * 86_400 * Count.second + time
      found[term] = wanted - offset(at: wanted)
    }
    return found
  }

  /// How far the zone is from UTC at an instant, in nanoseconds.
  private func offset(at instant: Int128) -> Int128 {
    guard let zone = TimeZone(identifier: timeZone) else { return 0 }
    let seconds = Double(instant / Count.second)
    return Int128(zone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds))) * Count.second
  }

  // MARK: Texts

  private func texts(of facts: TermFacts) -> [TermID: String] {
    let groups = facts.textGroups()
    var allowed: [TermID: Set<String>] = [:]
    var excluded: [TermID: Set<String>] = [:]
    for (term, constants) in facts.allowed {
      let leader = groups[term] ?? term
      allowed[leader] = allowed[leader].map { $0.intersection(constants) } ?? constants
    }
    for (term, constants) in facts.excluded {
      excluded[groups[term] ?? term, default: []].formUnion(constants)
    }
    // Those that must differ from a text already chosen.
    var others: [TermID: Set<TermID>] = [:]
    for (left, right) in facts.differences {
      let (a, b) = (groups[left] ?? left, groups[right] ?? right)
      others[a, default: []].insert(b)
      others[b, default: []].insert(a)
    }
    var chosen: [TermID: String] = [:]
    let leaders = Set(facts.known.filter(\.value).map { groups[$0.key] ?? $0.key })
    // Those with the least choice first.
    let order = leaders.sorted {
      (allowed[$0]?.count ?? .max, $0) < (allowed[$1]?.count ?? .max, $1)
    }
    for leader in order {
      let taken = Set((others[leader] ?? []).compactMap { chosen[$0] })
      if let choices = allowed[leader] {
        let left = choices.subtracting(excluded[leader] ?? []).compactMap { store.strings[$0] }
        chosen[leader] = left.sorted().first { !taken.contains($0) } ?? left.sorted().first
        continue
      }
      let without = Set((excluded[leader] ?? []).compactMap { store.strings[$0] }).union(taken)
      var (text, number) = ("x", 1)
      while without.contains(text) {
        number += 1
        text = "x\(number)"
      }
      chosen[leader] = text
    }
    var result: [TermID: String] = chosen
    for (term, leader) in groups { result[term] = chosen[leader] }
    return result
  }
}

/// Puts the values of terms together as a document.
private struct SessionBuilder {
  let store: LogicStore
  let facts: TermFacts
  var numbers: [TermID: Int128]
  let texts: [TermID: String]
  private let owned: [TermID: [(name: String, term: TermID)]]

  init(
    store: LogicStore, facts: TermFacts, numbers: [TermID: Int128], texts: [TermID: String]
  ) {
    self.store = store
    self.facts = facts
    self.numbers = numbers
    self.texts = texts
    var owned: [TermID: [(String, TermID)]] = [:]
    for (term, isKnown) in facts.known where isKnown {
      if case .fact(let owner, let name) = store[term] {
        owned[owner, default: []].append((name.name, term))
      }
    }
    self.owned = owned.mapValues { $0.sorted { $0.0 < $1.0 } }
  }

  func object(_ term: TermID) -> JSONValue {
    .object(
      (owned[term] ?? []).compactMap { name, term in value(of: term).map { (name, $0) } })
  }

  private func value(of term: TermID) -> JSONValue? {
    let type = store.type(of: term)
    switch type {
    case .object: return object(term)
    case .bool: return .bool(facts.truths[term] ?? false)
    case .string, .enumeration: return .string(texts[term] ?? "")
    case .double: return .number(0)
    case .list: return .array(elements(of: term))
    case .int:
      return (numbers[term] ?? 0).magnitude > 1 << 62 ? nil : .int(Int(numbers[term] ?? 0))
    default:
      guard type.isCounted, let value = Count.value(numbers[term] ?? 0, as: type) else {
        return nil
      }
      return .string(ValueLiteral.text(of: value))
    }
  }

  private func elements(of list: TermID) -> [JSONValue] {
    let terms = facts.elements[list] ?? []
    var placed: [Int: TermID] = [:]
    for term in terms {
      if case .position(_, let index) = store[term], index < 100 { placed[index] = term }
    }
    var others = terms.filter { if case .position = store[$0] { false } else { true } }.sorted()
    var items: [JSONValue] = []
    while !others.isEmpty || items.count < (placed.keys.max() ?? -1) + 1 {
      let next =
        placed[items.count] ?? (others.isEmpty ? placed.values.min() : others.removeFirst())
      guard let next, let item = value(of: next) else { break }
      items.append(item)
    }
    // As many as the model has, by repeating one.
    for (term, number) in numbers {
      guard case .count(list, _, let body) = store[term], body == store.yes,
        let last = items.last
      else { continue }
      while items.count < Int(clamping: min(number, 100)) { items.append(last) }
    }
    return items
  }
}
