import CEL
import PolicyEngine
import TestSupport

@testable import PolicyRemedies

/// Draws values for the changes of an alternative from what it says of them, as a program that reads it would.
struct ValueDraws {
  let alternative: Alternative
  /// The values that a change may have one of, for those that are listed; one that stands for the others.
  private let choices: [[CELValue?]]

  init(_ alternative: Alternative) {
    self.alternative = alternative
    choices = alternative.changes.map { change in
      switch change.values {
      case .nothing, .range: [nil]
      case .oneOf(let values): values
      case .anything(let example): Self.texts(for: change, example)
      case .object(let facts): Self.objects(like: change.tried, facts).map { .object($0) }
      }
    }
  }

  /// How many combinations there are of what is listed.
  var count: Int { choices.reduce(1) { $0 * $1.count } }

  /// The changes with the values of a combination, and with values drawn where these have bounds.
  func changes(_ number: Int, using random: inout SeededNumbers) -> [FactChange]? {
    var rest = number
    var drawn: [CELValue?] = []
    for (index, change) in alternative.changes.enumerated() {
      let choice = choices[index][rest % choices[index].count]
      rest /= choices[index].count
      // What an action sets to its own value has whatever that is.
      if let maker = change.doneBy,
        change.relations.contains(.init(change: maker, atLeast: 0, atMost: 0))
      {
        drawn.append(drawn[maker])
        continue
      }
      guard case .range(let from, let until) = change.values else {
        drawn.append(choice)
        continue
      }
      guard let value = draw(change, from, until, beside: drawn, using: &random) else { return nil }
      drawn.append(value)
    }
    return zip(alternative.changes, drawn).map { FactChange($0.kind, $0.path, $1) }
  }

  /// A value within the bounds, at their ends as often as between them; nil where there is none.
  private func draw(
    _ change: ChangedFact, _ from: CELValue?, _ until: CELValue?, beside drawn: [CELValue?],
    using random: inout SeededNumbers
  ) -> CELValue? {
    guard let tried = change.tried else { return nil }
    // What has no end has room for what depends on it; a date so many days away is still a date.
    let reach: Int64 = if case .date = tried { 1_000 } else { 100_000 }
    let far = reach * Int64(drawn.count + 1)
    var least = from.flatMap { tried.steps(until: $0) } ?? -far
    var most = until.flatMap { tried.steps(until: $0) } ?? far
    for relation in change.relations {
      guard let other = drawn[relation.change], let steps = tried.steps(until: other) else {
        return nil
      }
      if let bound = relation.atLeast { least = max(least, steps + bound) }
      if let bound = relation.atMost { most = min(most, steps + bound) }
    }
    guard least <= most else { return nil }
    let offset: Int64 =
      switch Int.random(in: 0..<5, using: &random) {
      case 0: least
      case 1: most
      case 2: min(least + 1, most)
      case 3: max(most - 1, least)
      default: Int64.random(in: least...most, using: &random)
      }
    return tried.moved(by: offset)
  }

  private static func texts(for change: ChangedFact, _ example: CELValue?) -> [CELValue?] {
    var texts = ["Something else", "x"]
    if !(change.exceptions?.areBlank ?? false) { texts += ["", " "] }
    return [example].filter { $0 != nil } + texts.map { .string($0) }
  }

  private static func objects(
    like tried: CELValue?,
    _ facts: [(fact: String, label: String, type: CELType, values: [CELValue])]
  ) -> [Draft] {
    guard case .object(let object)? = tried, let draft = object as? Draft else { return [] }
    return facts.reduce([draft]) { drafts, fact in
      drafts.flatMap { draft in
        fact.values.map { draft.setting([.field(fact.fact)], to: .present($0)) }
      }
    }
  }
}
