import CEL
import PolicyEngine

/// Optional values: in SQL whether it is known what they are, and what, NULL being none.
extension ConditionCompiler {
  /// An optional value as two expressions.
  struct OptionalSQL {
    /// Whether it is known whether there is a value: TRUE or FALSE.
    var isKnown: String
    /// The value; NULL for none.
    var value: String
  }

  /// A call that makes of an optional something that is not; nil for other calls.
  mutating func optionalCall(
    _ name: String, _ arguments: [CheckedExpression], _ scope: Scope
  ) throws -> String? {
    guard let first = arguments.first, case .optional = first.type else { return nil }
    let operand = try optional(first, scope)
    switch (name, arguments.count) {
    case ("hasValue", 1):
      return "CASE WHEN \(operand.isKnown) THEN (\(operand.value)) IS NOT NULL END"
    case ("value", 1):
      return "CASE WHEN \(operand.isKnown) THEN \(operand.value) END"
    case ("orValue", 2):
      // All arguments of a call are evaluated: without the other value there is none at all.
      let other = try value(arguments[1], scope)
      return SQLLogic.value(
        "CASE WHEN \(operand.isKnown) THEN coalesce(\(operand.value), \(other)) END",
        ifKnown: arguments[1].isConstant ? [] : [other])
    default: return nil
    }
  }

  private mutating func optional(
    _ node: CheckedExpression, _ scope: Scope
  ) throws -> OptionalSQL {
    switch node.kind {
    case .optionalField(let operand, let field):
      let (object, fact) = try fact(of: operand, field, scope)
      let value = try dialect.fact(fact.name, fact.type, of: object)
      return OptionalSQL(
        isKnown: "(\(fact.isOptional ? object : value)) IS NOT NULL", value: value)
    case .call("optional.of", _, let arguments) where arguments.count == 1:
      let value = try value(arguments[0], scope)
      return OptionalSQL(isKnown: "(\(value)) IS NOT NULL", value: value)
    case .call("optional.none", _, _): return OptionalSQL(isKnown: "TRUE", value: "NULL")
    case .call("_[?_]", _, let arguments) where arguments.count == 2:
      let key: OptionalSQL
      if case .optional = arguments[1].type {
        key = try optional(arguments[1], scope)
      } else {
        let value = try value(arguments[1], scope)
        key = OptionalSQL(isKnown: "(\(value)) IS NOT NULL", value: value)
      }
      let isInForce = try parameterValue(arguments[0], of: .bool) { _, _ in "TRUE" }
      guard case .map(_, let result) = arguments[0].type else {
        throw SQLRefusal("an element that may not be there has no form in SQL")
      }
      return OptionalSQL(
        isKnown: "\(key.isKnown) AND (\(isInForce)) IS TRUE",
        value: try row(of: arguments[0], key: key.value, result))
    default: throw SQLRefusal("this optional value has no form in SQL")
    }
  }
}
