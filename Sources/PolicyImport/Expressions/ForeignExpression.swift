import CEL
import Diagnostics

/// An expression of another engine, as far as policies can say the same.
struct ForeignExpression: Sendable {
  /// What an expression is made of.
  indirect enum Kind: Sendable {
    case literal(ForeignValue)
    /// A fact, a value made of others, or what a quantifier goes through; by its parts as they are written.
    case path([String])
    case not(ForeignExpression)
    case negative(ForeignExpression)
    case binary(Operator, ForeignExpression, ForeignExpression)
    case conditional(ForeignExpression, ForeignExpression, ForeignExpression)
    case list([ForeignExpression])
    case call(Function, [ForeignExpression])
    /// Whether the condition holds for some element, or all; the variable is the first part of paths in it.
    case quantified(
      Quantifier, variable: String, over: ForeignExpression, condition: ForeignExpression)
    /// Whether a fact is not given.
    case isMissing(ForeignExpression)
  }

  /// Operators that mean here what they mean there.
  enum Operator: String, Sendable {
    case and = "&&"
    case or = "||"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case isIn = "in"

    /// Whether it compares two values of one type.
    var isComparison: Bool {
      switch self {
      case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
      default: false
      }
    }
  }

  /// How many elements of a list a condition must hold for.
  enum Quantifier: String, Sendable {
    case some = "exists"
    case all = "all"
    case one = "exists_one"
  }

  /// Functions that have the same meaning here, under other names.
  enum Function: String, Sendable {
    case contains, startsWith, endsWith, sum, least, greatest, floor, ceiling, absolute
    /// How many signs a text has, and how many elements a list.
    case length, count
    /// A sum that an empty list does not have.
    case sumOfSome
  }

  /// What it is.
  let kind: Kind
  /// Where it is written.
  let range: SourceRange

  init(_ kind: Kind, at range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

extension ForeignExpression {
  /// All conditions together; nil for none.
  static func all(_ conditions: [ForeignExpression]) -> ForeignExpression? {
    joined(conditions, by: .and)
  }

  /// Conditions of which one is enough; nil for none.
  static func any(_ conditions: [ForeignExpression]) -> ForeignExpression? {
    joined(conditions, by: .or)
  }

  private static func joined(
    _ conditions: [ForeignExpression], by sign: Operator
  ) -> ForeignExpression? {
    guard let first = conditions.first else { return nil }
    return conditions.dropFirst().reduce(first) {
      ForeignExpression(.binary(sign, $0, $1), at: $0.range.union($1.range))
    }
  }

  /// The conditions that must all hold for it to hold.
  var conjuncts: [ForeignExpression] {
    guard case .binary(.and, let left, let right) = kind else { return [self] }
    return left.conjuncts + right.conjuncts
  }

  /// The parts that it is made of.
  var children: [ForeignExpression] {
    switch kind {
    case .literal, .path: []
    case .not(let operand), .negative(let operand), .isMissing(let operand): [operand]
    case .binary(_, let left, let right): [left, right]
    case .conditional(let condition, let first, let second): [condition, first, second]
    case .list(let elements), .call(_, let elements): elements
    case .quantified(_, _, let list, let condition): [list, condition]
    }
  }

  /// Calls `body` with the expression and everything in it.
  func visit(_ body: (ForeignExpression) -> Void) {
    body(self)
    for child in children { child.visit(body) }
  }

  /// The value that it is written as; nil where it has to be computed.
  var literal: ForeignValue? {
    switch kind {
    case .literal(let value): return value
    case .negative(let operand):
      guard case .number(let number)? = operand.literal else { return nil }
      return .number(-number)
    case .list(let elements):
      let values = elements.map(\.literal)
      return values.contains { $0 == nil } ? nil : .list(values.compactMap(\.self))
    default: return nil
    }
  }
}
