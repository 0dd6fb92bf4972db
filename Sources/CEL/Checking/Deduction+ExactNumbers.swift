import Diagnostics

/// Numbers that are written beside a decimal or an amount of money: they are one too.
extension Deduction {
  /// The operands with the numbers among them made what the others are, where one is exact.
  func exactly(
    _ operands: [CheckedExpression], convertingInts: Bool = false
  ) -> [CheckedExpression] {
    guard !isDynamic, let type = operands.lazy.compactMap({ self.exactType(of: $0) }).first else {
      return operands
    }
    return operands.map { written($0, as: type, convertingInts: convertingInts) }
  }

  /// The arguments of a call with the numbers among them made what the function takes.
  func exactly(
    _ arguments: [CheckedExpression], for name: String
  ) -> [CheckedExpression] {
    guard !isDynamic else { return arguments }
    switch name {
    // How many times: a plain number, whatever is multiplied.
    case "_*_" where arguments.contains { exactType(of: $0) != nil }:
      return arguments.map { written($0, as: .decimal, doublesOnly: true) }
    // The step before the way of rounding is a decimal; what is divided by may be an int.
    case "round", "divide", "inHours":
      return arguments.enumerated().map { index, argument in
        let isStep = index == arguments.count - 2
        return index == 0 ? argument : written(argument, as: .decimal, doublesOnly: !isStep)
      }
    default: return exactly(arguments)
    }
  }

  /// The type of exact numbers that a node has, or is a list or an optional of; nil for others.
  private func exactType(of node: CheckedExpression) -> CELType? { type(of: node).exact }

  /// The node as a value of an exact type, where it is a number that is written out.
  func written(
    _ node: CheckedExpression, as type: CELType, convertingInts: Bool = false,
    doublesOnly: Bool = false
  ) -> CheckedExpression {
    guard let exact = type.exact, !isDynamic else { return node }
    switch node.kind {
    case .constant(.double),
      .constant(.int) where !doublesOnly:
      // As it is written, since a double has lost some of that.
      guard let number = CELDecimal(node.range.text) ?? node.writtenNumber else { return node }
      let value: CELValue = exact == .money ? .money(CELMoney(number)) : .decimal(number)
      return CheckedExpression(kind: .constant(value), type: exact, range: node.range)
    case .list(let elements):
      let made = elements.map { element in
        CheckedExpression.ListElement(
          value: written(element.value, as: exact, doublesOnly: doublesOnly),
          isOptional: element.isOptional)
      }
      guard made.allSatisfy({ self.type(of: $0.value).exact == exact }) else { return node }
      return CheckedExpression(kind: .list(made), type: .list(exact), range: node.range)
    case .conditional(let condition, let then, let otherwise):
      let then = written(then, as: exact, doublesOnly: doublesOnly)
      let otherwise = written(otherwise, as: exact, doublesOnly: doublesOnly)
      guard self.type(of: then) == exact, self.type(of: otherwise) == exact else { return node }
      return CheckedExpression(
        kind: .conditional(condition, then: then, else: otherwise), type: exact, range: node.range)
    default:
      guard convertingInts, exact == .decimal, self.type(of: node) == .int else { return node }
      let conversion = Library.exact.overloads.filter { $0.id == "int_to_decimal" }
      return CheckedExpression(
        kind: .call(name: "decimal", overloads: conversion, arguments: [node]), type: .decimal,
        range: node.range)
    }
  }

  /// Reports a way of rounding that there is not; whether there was one to report.
  mutating func reportsRounding(_ name: String, _ arguments: [CheckedExpression]) -> Bool {
    guard isStrict, ["round", "divide", "inHours"].contains(name), arguments.count > 2,
      let way = arguments.last, case .constant(.string(let text)) = way.kind,
      Rounding(rawValue: text) == nil
    else { return false }
    report(.unknownRounding(text, at: way.range))
    return true
  }
}

extension CELType {
  /// The type of exact numbers that it is, or is a list or an optional of; nil for others.
  fileprivate var exact: CELType? {
    switch self {
    case .decimal, .money: self
    case .list(let element), .optional(let element): element.exact
    default: nil
    }
  }
}

extension CheckedExpression {
  /// The number that a literal is, where its text is written in another way, such as with a hexadecimal.
  fileprivate var writtenNumber: CELDecimal? {
    switch kind {
    case .constant(.int(let number)): CELDecimal(number)
    case .constant(.double(let number)): CELDecimal("\(number)")
    default: nil
    }
  }
}

extension Diagnostic {
  static func unknownRounding(_ way: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownRounding, "'\(way)' is not a way of rounding", at: range,
      help: Suggestion.helpOrList(
        for: way, among: Rounding.allCases.map(\.rawValue), listing: "the ways are"))
  }
}
