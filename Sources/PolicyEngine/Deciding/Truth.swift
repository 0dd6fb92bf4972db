public import CEL

/// Whether a condition holds: true, false, or not known, since facts are missing or for an error.
enum Truth: Sendable {
  case yes, no
  case undetermined(Undetermined)

  /// The value of a Boolean expression.
  init(_ evaluation: Evaluation) {
    switch evaluation {
    case .value(.bool(true)): self = .yes
    case .value(.bool(false)): self = .no
    case .value: self = .undetermined(Undetermined(error: EvaluationError("this is not a Boolean")))
    case .error(let error): self = .undetermined(Undetermined(error: error))
    case .unknown(let facts): self = .undetermined(Undetermined(missing: facts))
    }
  }

  /// True when all parts are; false when one is, whatever is not known of the others.
  static func all(_ parts: some Sequence<Truth>) -> Truth {
    var doubt: Undetermined?
    for part in parts {
      switch part {
      case .yes: continue
      case .no: return .no
      case .undetermined(let more): doubt = doubt.map { $0.union(more) } ?? more
      }
    }
    return doubt.map { .undetermined($0) } ?? .yes
  }

  /// True when one part is, whatever is not known of the others.
  static func any(_ parts: some Sequence<Truth>) -> Truth { !all(parts.lazy.map { !$0 }) }

  static prefix func ! (truth: Truth) -> Truth {
    switch truth {
    case .yes: .no
    case .no: .yes
    case .undetermined: truth
    }
  }

  /// The truth of a condition whose parts have the given truths.
  static func combining(_ kind: Condition.Kind, _ parts: some Sequence<Truth>) -> Truth {
    switch kind {
    case .all, .expression, .inForce, .gives: all(parts)
    case .any: any(parts)
    case .none: !any(parts)
    case .anyKnown: parts.contains { if case .yes = $0 { true } else { false } } ? .yes : .no
    }
  }
}

extension Condition.Kind {
  /// Whether one part alone decides, whatever the others are.
  func isDecided(by truth: Truth) -> Bool {
    switch (self, truth) {
    case (.all, .no), (.any, .yes), (.none, .yes), (.anyKnown, .yes): true
    default: false
    }
  }

  /// Whether one part alone makes the whole that truth.
  func isForced(_ truth: Truth) -> Bool {
    switch (self, truth) {
    case (.all, .no), (.any, .yes), (.none, .no), (.anyKnown, .yes): true
    default: false
    }
  }

  /// Whether a part of a truth made the difference to the whole of a truth.
  ///
  /// Of a whole that is withheld every part is said to have had a say.
  ///
  /// Where some parts alone force the whole (one that fails, in `all`), those did; else every part had
  /// a say, since any of them could have changed it.
  func isDecisive(_ part: Truth?, for whole: Truth?) -> Bool {
    guard let whole else { return true }
    guard let part else { return !isForced(whole) }
    return switch (self, whole, part) {
    case (.all, .no, .no), (.any, .yes, .yes), (.none, .no, .yes), (.anyKnown, .yes, .yes): true
    case (.all, .no, _), (.any, .yes, _), (.none, .no, _), (.anyKnown, .yes, _): false
    default: true
    }
  }
}

/// Why something is not known: the facts that would settle it, and the errors met.
public struct Undetermined: Hashable, Sendable {
  /// The facts that are missing.
  public let missing: UnknownFacts
  /// The evaluation errors.
  public let errors: [EvaluationError]

  init(missing: UnknownFacts = UnknownFacts([]), errors: [EvaluationError] = []) {
    self.missing = missing
    self.errors = errors
  }

  init(error: EvaluationError) { self.init(errors: [error]) }

  func union(_ other: Undetermined) -> Undetermined {
    Undetermined(
      missing: missing.union(other.missing),
      errors: errors + other.errors.filter { !errors.contains($0) })
  }
}
