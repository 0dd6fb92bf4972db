import CEL
import PolicyEngine

/// One step of a search: a change, with what it comes to.
///
/// Of the values of a fact that come to the same, only the nearest is followed.
struct Option {
  let change: FactChange
  let trial: Trial
  let cost: Cost
}

/// What a change asks of its reader; of two that do as well, the lower is shown first.
struct Cost: Comparable {
  /// Whether somebody else than the reader makes it: 0 or 1.
  var foreign = 0
  /// How far the new value is from what was given: 0 where nothing given is contradicted.
  var distance = 0
  /// How much is given up by it.
  var loss = 0
  /// How many rules warn afterwards that did not before.
  var warnings = 0

  static func < (left: Cost, right: Cost) -> Bool {
    (left.foreign, left.distance, left.loss, left.warnings)
      < (right.foreign, right.distance, right.loss, right.warnings)
  }

  static func + (left: Cost, right: Cost) -> Cost {
    var sum = left
    sum.foreign += right.foreign
    sum.distance += right.distance
    sum.loss += right.loss
    sum.warnings += right.warnings
    return sum
  }

  init() {}

  /// The cost of a change in a document.
  init(of change: FactChange, in draft: Draft, nature: FactChanges.Nature) {
    switch change.kind {
    case .supply, .add: distance = 0
    case .replace: distance = change.isNear(in: draft) ? 1 : 2
    case .drop, .remove: distance = 2
    }
    // What was seen and written down is less likely to be wrong than what was claimed or chosen.
    let isContradicted = change.kind != .supply && change.kind != .add
    if isContradicted, nature == .observation || nature == .record { distance += 2 }
    switch (change.kind, change.value) {
    case (.drop, _), (.remove, _), (.replace, .bool(false)?), (.replace, .object?): loss = 1
    default: loss = 0
    }
  }
}

extension FactChange {
  /// Whether the new value is near the old one: a slip of the pen, or a minute.
  fileprivate func isNear(in draft: Draft) -> Bool {
    guard let value, case .present(let old)? = draft.find(path) else { return false }
    switch (old, value) {
    case (.string(let old), .string(let new)): return old.isNear(new)
    case (.timestamp(let old), .timestamp(let new)): return abs(old.seconds - new.seconds) <= 900
    case (.date(let old), .date(let new)): return abs(old.days(until: new)) <= 1
    case (.int(let old), .int(let new)): return old.distance(to: new).magnitude <= 1
    default: return false
    }
  }
}
