import Diagnostics

/// Makes a session smaller while something is still so of it: facts are left out, and values made plain.
///
/// What is left has no fact that could be left out, and no value that could be the default of its kind: false, 0, an
/// empty text, list or object.
struct SessionMinimizer {
  let holds: (JSONValue) -> Bool

  func smallest(_ start: JSONValue) -> JSONValue {
    var session = start
    while true {
      let before = session
      // Each try starts from what the last one left, so paths are found anew.
      var index = 0
      while true {
        let places = session.places
        guard index < places.count else { break }
        if let smaller = smaller(session, at: places[index]) {
          session = smaller
        } else {
          index += 1
        }
      }
      if session.compact == before.compact { return session }
    }
  }

  private func smaller(_ session: JSONValue, at place: JSONPlace) -> JSONValue? {
    if !place.steps.isEmpty {
      let without = session.replacing(place.steps[...], with: nil)
      if holds(without) { return without }
    }
    for plain in session.value(at: place.steps[...])?.plainer ?? [] {
      let changed = session.replacing(place.steps[...], with: plain)
      if changed.compact != session.compact, holds(changed) { return changed }
    }
    return nil
  }
}

/// A place in a JSON value.
struct JSONPlace {
  enum Step: Hashable {
    case key(String)
    case index(Int)
  }

  let steps: [Step]
}

extension JSONValue {
  /// All places, those that hold others first.
  var places: [JSONPlace] {
    var places: [JSONPlace] = []
    func visit(_ value: JSONValue, _ steps: [JSONPlace.Step]) {
      places.append(JSONPlace(steps: steps))
      switch value {
      case .object(let members):
        for member in members { visit(member.value, steps + [.key(member.key)]) }
      case .array(let items):
        for (index, item) in items.enumerated() { visit(item, steps + [.index(index)]) }
      default: break
      }
    }
    visit(self, [])
    return places
  }

  func value(at steps: ArraySlice<JSONPlace.Step>) -> JSONValue? {
    guard let step = steps.first else { return self }
    switch (step, self) {
    case (.key(let key), .object(let members)):
      return members.first { $0.key == key }?.value.value(at: steps.dropFirst())
    case (.index(let index), .array(let items)):
      return items.indices.contains(index) ? items[index].value(at: steps.dropFirst()) : nil
    default: return nil
    }
  }

  /// The value with another one at a place, or with nothing there.
  func replacing(_ steps: ArraySlice<JSONPlace.Step>, with value: JSONValue?) -> JSONValue {
    guard let step = steps.first else { return value ?? .null }
    let rest = steps.dropFirst()
    switch (step, self) {
    case (.key(let key), .object(let members)):
      return .object(
        members.compactMap { member in
          guard member.key == key else { return member }
          if rest.isEmpty { return value.map { (key, $0) } }
          return (key, member.value.replacing(rest, with: value))
        })
    case (.index(let index), .array(let items)):
      return .array(
        items.enumerated().compactMap { position, item in
          guard position == index else { return item }
          return rest.isEmpty ? value : item.replacing(rest, with: value)
        })
    default: return self
    }
  }

  /// The defaults that could stand in the value's place.
  fileprivate var plainer: [JSONValue] {
    switch self {
    case .bool(true): [.bool(false)]
    case .int(let number): number == 0 ? [] : [.int(0)]
    case .number(let number): number == 0 ? [] : [.number(0)]
    case .string(let text): text.isEmpty ? [] : [.string("")]
    case .array(let items): items.isEmpty ? [] : [.array([])]
    case .object(let members): members.isEmpty ? [] : [.object([])]
    case .bool(false), .null: []
    }
  }
}
