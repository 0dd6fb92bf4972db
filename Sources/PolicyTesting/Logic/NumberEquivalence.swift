import CEL
import PolicyEngine

/// Tells of two conditions that compare one number or date with constants that they are the same.
///
/// Between two neighbouring constants such a condition is the same for every number, so it is enough to try
/// the constants and their neighbours; that the number is not known is tried as well.
struct NumberEquivalence {
  /// What stands for the number: an expression that is not taken apart, by its key.
  private var unknown: (key: String, type: CELType, isSize: Bool)?
  private var constants: Set<Int64> = []

  /// Whether two conditions have the same value whatever the number is; false where that is not shown.
  static func areEqual(_ left: CheckedExpression, _ right: CheckedExpression) -> Bool {
    var collected = NumberEquivalence()
    guard collected.collect(condition: left), collected.collect(condition: right),
      let unknown = collected.unknown
    else { return false }
    var numbers = Set(collected.constants.flatMap { [$0 &- 1, $0, $0 &+ 1] })
    // A list has no fewer than no elements.
    if unknown.isSize { numbers = Set(numbers.filter { $0 >= 0 }) }
    let values = numbers.sorted().map { number -> CELValue in
      unknown.type == .date
        ? .date(CivilDate(daysSinceEpoch: Int32(truncatingIfNeeded: number))) : .int(number)
    }
    let evaluator = Evaluator()
    func outcome(_ node: CheckedExpression, _ kind: CheckedExpression.Kind) -> Bool? {
      let filled = node.replacing(unknown.key, with: kind)
      guard case .value(.bool(let value)) = evaluator.evaluate(filled, in: Activation()) else {
        return nil
      }
      return value
    }
    return outcome(left, .error) == outcome(right, .error)
      && values.allSatisfy { outcome(left, .constant($0)) == outcome(right, .constant($0)) }
  }

  /// Takes in the constants of a condition; false where it is made of more than comparisons of one number.
  private mutating func collect(condition node: CheckedExpression) -> Bool {
    switch node.kind {
    case .constant(.bool): return true
    case .not(let operand): return collect(condition: operand)
    case .and(let left, let right), .or(let left, let right):
      return collect(condition: left) && collect(condition: right)
    case .conditional(let condition, let then, let otherwise):
      return collect(condition: condition) && collect(condition: then)
        && collect(condition: otherwise)
    case .call("@in", _, let arguments) where arguments.count == 2:
      guard case .constant(.list(let elements)) = arguments[1].kind else { return false }
      return collect(number: arguments[0]) && elements.allSatisfy { take($0) }
    case .call(let name, _, let arguments) where arguments.count == 2:
      return ["_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_"].contains(name)
        && arguments.allSatisfy { collect(number: $0) }
    default: return false
    }
  }

  private mutating func collect(number node: CheckedExpression) -> Bool {
    guard node.type == .int || node.type == .date else { return false }
    switch node.kind {
    case .constant(let value): return take(value)
    case .conditional(let condition, let then, let otherwise):
      return collect(condition: condition) && collect(number: then) && collect(number: otherwise)
    default:
      let key = node.key
      if let unknown { return unknown.key == key }
      var isSize = false
      if case .call("size", _, _) = node.kind { isSize = true }
      unknown = (key, node.type, isSize)
      return true
    }
  }

  private mutating func take(_ value: CELValue) -> Bool {
    switch value {
    case .int(let number): constants.insert(number)
    case .date(let date): constants.insert(Int64(date.daysSinceEpoch))
    default: return false
    }
    return true
  }
}

extension CheckedExpression {
  /// The expression with every part of a key replaced by something else.
  fileprivate func replacing(_ key: String, with kind: Kind) -> CheckedExpression {
    if type == .int || type == .date, self.key == key { return with(kind) }
    return with(mappingChildren { $0.replacing(key, with: kind) })
  }
}
