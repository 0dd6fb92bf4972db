/// A case: facts with their values, and what was made of them.
///
/// Expressions are evaluated here as the files they come from mean them, so that fixtures expect what the files say
/// and not what the policies made of them happen to give.
struct ForeignCase {
  /// The facts that are given, by their paths; what is inside a list stands in the list.
  var facts: [[String]: ForeignValue]
  /// The values made of facts, as far as they are known.
  var values: [String: ForeignValue] = [:]
  private var variables: [String: ForeignValue] = [:]

  init(facts: [[String]: ForeignValue]) { self.facts = facts }

  /// The value of an expression; nil where it has none, or none that is known here.
  func value(of expression: ForeignExpression, in scope: ImportedScope) -> ForeignValue? {
    switch expression.kind {
    case .literal(let value): return value
    case .path(let parts): return value(at: parts, in: scope)
    case .not(let operand):
      return truth(of: operand, in: scope).map { .bool(!$0) }
    case .negative(let operand):
      guard case .number(let number)? = value(of: operand, in: scope) else { return nil }
      return .number(-number)
    case .binary(let sign, let left, let right): return binary(sign, left, right, in: scope)
    case .conditional(let condition, let first, let second):
      return truth(of: condition, in: scope).flatMap { value(of: $0 ? first : second, in: scope) }
    case .list(let elements): return list(elements, in: scope)
    case .call(let function, let arguments):
      guard case .list(let values)? = list(arguments, in: scope) else { return nil }
      return Self.call(function, values)
    case .quantified(let quantifier, let variable, let list, let condition):
      return quantified(quantifier, variable, list, condition, in: scope)
    case .isMissing(let operand):
      return .bool(value(of: operand, in: scope) == nil)
    }
  }

  /// Whether a condition holds; nil where that is not known.
  func truth(of expression: ForeignExpression, in scope: ImportedScope) -> Bool? {
    guard case .bool(let flag)? = value(of: expression, in: scope) else { return nil }
    return flag
  }

  private func value(at parts: [String], in scope: ImportedScope) -> ForeignValue? {
    if let first = parts.first, let element = variables[first] {
      return parts.dropFirst().reduce(element) { value, part in
        guard case .object(let members)? = value else { return nil }
        return members[part]
      }
    }
    if case .value(let term) = scope.meaning(of: parts) { return values[term] }
    return facts[parts]
  }

  private func list(
    _ elements: [ForeignExpression], in scope: ImportedScope
  ) -> ForeignValue? {
    var values: [ForeignValue] = []
    for element in elements {
      guard let value = value(of: element, in: scope) else { return nil }
      values.append(value)
    }
    return .list(values)
  }

  private func binary(
    _ sign: ForeignExpression.Operator, _ left: ForeignExpression, _ right: ForeignExpression,
    in scope: ImportedScope
  ) -> ForeignValue? {
    if sign == .and || sign == .or {
      let decisive = sign == .or
      let sides = [truth(of: left, in: scope), truth(of: right, in: scope)]
      if sides.contains(decisive) { return .bool(decisive) }
      return sides.contains(nil) ? nil : .bool(!decisive)
    }
    guard let one = value(of: left, in: scope), let other = value(of: right, in: scope) else {
      return nil
    }
    switch sign {
    case .equal: return .bool(one.isSame(as: other))
    case .notEqual: return .bool(!one.isSame(as: other))
    case .less: return one.isLess(than: other).map { .bool($0) }
    case .greater: return other.isLess(than: one).map { .bool($0) }
    case .lessOrEqual: return other.isLess(than: one).map { .bool(!$0) }
    case .greaterOrEqual: return one.isLess(than: other).map { .bool(!$0) }
    case .isIn:
      guard case .list(let elements) = other else { return nil }
      return .bool(elements.contains { $0.isSame(as: one) })
    default: return Self.arithmetic(sign, one, other)
    }
  }

  private static func arithmetic(
    _ sign: ForeignExpression.Operator, _ one: ForeignValue, _ other: ForeignValue
  ) -> ForeignValue? {
    switch (one, other) {
    case (.number(let left), .number(let right)):
      switch sign {
      case .plus: return .number(left + right)
      case .minus: return .number(left - right)
      case .times: return .number(left * right)
      case .divided: return right == 0 ? nil : .number(left / right)
      default: return nil
      }
    case (.text(let left), .text(let right)): return sign == .plus ? .text(left + right) : nil
    default: return nil
    }
  }

  private func quantified(
    _ quantifier: ForeignExpression.Quantifier, _ variable: String, _ list: ForeignExpression,
    _ condition: ForeignExpression, in scope: ImportedScope
  ) -> ForeignValue? {
    guard case .list(let elements)? = value(of: list, in: scope) else { return nil }
    var inner = self
    var truths: [Bool] = []
    for element in elements {
      inner.variables[variable] = element
      guard let truth = inner.truth(of: condition, in: scope) else { return nil }
      truths.append(truth)
    }
    let count = truths.count { $0 }
    switch quantifier {
    case .some: return .bool(count > 0)
    case .all: return .bool(count == truths.count)
    case .one: return .bool(count == 1)
    }
  }

  private static func call(
    _ function: ForeignExpression.Function, _ arguments: [ForeignValue]
  ) -> ForeignValue? {
    switch (function, arguments.first, arguments.dropFirst().first) {
    case (.startsWith, .text(let text)?, .text(let part)?):
      return .bool(text.unicodeScalars.starts(with: part.unicodeScalars))
    case (.endsWith, .text(let text)?, .text(let part)?):
      return .bool(
        text.unicodeScalars.reversed().starts(with: part.unicodeScalars.reversed()))
    case (.contains, .text(let text)?, .text(let part)?):
      return .bool(Array(text.utf8).contains(part.utf8))
    case (.contains, .list(let elements)?, let element?):
      return .bool(elements.contains { $0.isSame(as: element) })
    case (.length, .text(let text)?, nil): return .number(Double(text.unicodeScalars.count))
    case (.count, .list(let elements)?, nil): return .number(Double(elements.count))
    case (.floor, .number(let number)?, nil): return .number(number.rounded(.down))
    case (.ceiling, .number(let number)?, nil): return .number(number.rounded(.up))
    case (.absolute, .number(let number)?, nil): return .number(number.magnitude)
    default: return numbers(function, arguments)
    }
  }

  private static func numbers(
    _ function: ForeignExpression.Function, _ arguments: [ForeignValue]
  ) -> ForeignValue? {
    var values = arguments
    if arguments.count == 1, case .list(let elements) = arguments[0] { values = elements }
    let numbers = values.compactMap { value -> Double? in
      guard case .number(let number) = value else { return nil }
      return number
    }
    guard numbers.count == values.count else { return nil }
    switch function {
    case .sum: return .number(numbers.reduce(0, +))
    case .sumOfSome: return numbers.isEmpty ? nil : .number(numbers.reduce(0, +))
    case .least: return numbers.min().map { .number($0) }
    case .greatest: return numbers.max().map { .number($0) }
    default: return nil
    }
  }
}
