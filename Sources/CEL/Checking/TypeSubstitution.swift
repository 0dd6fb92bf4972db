/// What is known of the type variables that checking an expression introduces.
///
/// Type variables are parameters with names of their own (`%1`), so that each use of an overload's `T`
/// is another. Assignability and the choice of the more general of two types follow the checker that the
/// specification's conformance tests were made with.
struct TypeSubstitution {
  private var types: [String: CELType] = [:]
  /// What was known before of each variable that something was learnt of, in order, so that it can be
  /// forgotten again: copies of all that is known would cost as much as the expression is long, each time.
  private var learnt: [(name: String, before: CELType?)] = []
  private var count = 0
  /// Whether null may stand for an optional value, an instant, a duration or an object, as the
  /// specification's checker has it.
  private let takesNull: Bool

  /// Nothing known yet.
  init(takesNull: Bool = false) { self.takesNull = takesNull }

  /// Whether any type variable was made.
  var isUsed: Bool { count > 0 }

  /// A new type variable.
  mutating func freshVariable() -> CELType {
    count += 1
    return .parameter("%\(count)")
  }

  /// The types of a signature with its parameters replaced by new type variables.
  mutating func instantiating(_ overload: Overload) -> (parameters: [CELType], result: CELType) {
    guard overload.isGeneric else { return (overload.parameters, overload.result) }
    var fresh: [String: CELType] = [:]
    func replace(_ type: CELType) -> CELType? {
      guard case .parameter(let name) = type else { return nil }
      if let known = fresh[name] { return known }
      count += 1
      let variable = CELType.parameter("%\(count)")
      fresh[name] = variable
      return variable
    }
    let parameters = overload.parameters.map { $0.mapping(replace) }
    return (parameters, overload.result.mapping(replace))
  }

  /// The type with all that is known put in; what is still open is `dyn` if `isFinal`.
  func resolved(_ type: CELType, isFinal: Bool) -> CELType {
    guard isUsed, type.hasParameters else { return type }
    return type.mapping { part in
      guard case .parameter(let name) = part else { return nil }
      if let known = types[name] { return resolved(known, isFinal: isFinal) }
      return isFinal ? .dyn : nil
    }
  }

  /// Whether values of one type may stand where the other is expected; learns what that takes.
  mutating func isAssignable(_ type: CELType, to target: CELType) -> Bool {
    let before = mark
    if unify(target, type) { return true }
    forget(since: before)
    return false
  }

  /// A point to which `forget(since:)` goes back.
  var mark: Int { learnt.count }

  /// Forgets what was learnt since a point.
  mutating func forget(since mark: Int) {
    while learnt.count > mark, let last = learnt.popLast() { types[last.name] = last.before }
  }

  private mutating func learn(_ name: String, _ type: CELType) {
    learnt.append((name, types.updateValue(type, forKey: name)))
  }

  /// The more general of two types that are assignable to each other.
  func mostGeneral(_ left: CELType, _ right: CELType) -> CELType {
    isEqualOrLessSpecific(left, right) ? left : right
  }

  private mutating func unify(_ target: CELType, _ type: CELType) -> Bool {
    if target == type { return true }
    if case .parameter(let name) = target, let result = substitute(name, by: type) {
      return result
    }
    if case .parameter(let name) = type, let result = substitute(name, by: target) {
      return result
    }
    if target.isDynamic || type.isDynamic { return true }
    switch (target, type) {
    case (.string, .enumeration): return true
    case (_, .null): return takesNull && target.isNullable
    case (.list(let a), .list(let b)), (.optional(let a), .optional(let b)),
      (.type(let a), .type(let b)):
      return unify(a, b)
    case (.map(let a, let c), .map(let b, let d)):
      return unify(a, b) && unify(c, d)
    case (.abstract(let a, let left), .abstract(let b, let right)):
      guard a == b, left.count == right.count else { return false }
      for (c, d) in zip(left, right) where !unify(c, d) { return false }
      return true
    default: return false
    }
  }

  /// Makes a variable stand for a type; nil when that says nothing (the type contains the variable).
  private mutating func substitute(_ name: String, by type: CELType) -> Bool? {
    if type == .parameter(name) { return true }
    if let known = types[name] {
      guard unify(known, type) else {
        // Where one is an enumeration and the other text, both are text.
        guard unify(type, known) else { return false }
        learn(name, type)
        return true
      }
      let general = mostGeneral(known, type)
      if !isReferenced(name, in: general) { learn(name, general) }
      return true
    }
    guard !isReferenced(name, in: type) else { return nil }
    learn(name, type)
    return true
  }

  private func isReferenced(_ name: String, in type: CELType) -> Bool {
    guard type.hasParameters else { return false }
    var found = false
    _ = type.mapping { part in
      if case .parameter(let other) = part {
        if other == name {
          found = true
        } else if let known = types[other] {
          found = found || isReferenced(name, in: known)
        }
      }
      return nil
    }
    return found
  }

  private func isEqualOrLessSpecific(_ left: CELType, _ right: CELType) -> Bool {
    if left == right || left == .dyn { return true }
    if case .parameter = left { return true }
    if right == .dyn { return false }
    if case .parameter = right { return false }
    switch (left, right) {
    case (.string, .enumeration): return true
    case (_, .null): return takesNull && left.isNullable
    case (.list(let a), .list(let b)), (.optional(let a), .optional(let b)),
      (.type(let a), .type(let b)):
      return isEqualOrLessSpecific(a, b)
    case (.map(let a, let c), .map(let b, let d)):
      return isEqualOrLessSpecific(a, b) && isEqualOrLessSpecific(c, d)
    case (.abstract(let a, let one), .abstract(let b, let other)):
      return a == b && one.count == other.count
        && zip(one, other).allSatisfy { isEqualOrLessSpecific($0, $1) }
    default: return false
    }
  }
}

extension CELType {
  /// Whether the specification's checker takes null for a value of the type.
  fileprivate var isNullable: Bool {
    switch self {
    case .optional, .timestamp, .duration, .object, .abstract: true
    default: false
    }
  }
}

extension CheckedExpression {
  /// The tree with type variables replaced by what they stand for.
  func resolvingTypes(_ substitution: TypeSubstitution) -> CheckedExpression {
    CheckedExpression(
      kind: mappingChildren { $0.resolvingTypes(substitution) },
      type: substitution.resolved(type, isFinal: true), range: range)
  }
}
