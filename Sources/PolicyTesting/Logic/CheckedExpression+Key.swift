import CEL
import PolicyEngine

extension CheckedExpression {
  /// A text that two expressions share only if they have the same value whatever the facts are.
  ///
  /// Spelling is levelled out where that is safe: the order of the two sides of `==`, which of `<` and `>`
  /// is written, `!=` for a negated `==`, a comparison with `true` or `false`, two negations, and the order
  /// of the operands of `&&` and `||`.
  var key: String {
    switch levelled.kind {
    case .constant(let value): "=\(value.type):\(ValueLiteral.text(of: value))"
    case .global(let slot, _): "$\(slot)"
    case .local(let depth, _): "%\(depth)"
    case .field(let operand, let field): "\(operand.key).\(field.typeName)#\(field.index)"
    case .derived(let operand, let field): "\(operand.key).\(field.typeName)#\(field.index)"
    case .member(let operand, let name): "\(operand.key).\(name)"
    case .hasField(let operand, let field): "has(\(operand.key).\(field.typeName)#\(field.index))"
    case .hasMember(let operand, let name): "has(\(operand.key).\(name))"
    case .optionalField(let operand, let field): "\(operand.key).?#\(field.index)"
    case .optionalMember(let operand, let name): "\(operand.key).?\(name)"
    case .not(let operand): "!(\(operand.key))"
    case .and: "and(\(levelled.operands.map(\.key).sorted().joined(separator: ",")))"
    case .or: "or(\(levelled.operands.map(\.key).sorted().joined(separator: ",")))"
    case .conditional(let condition, let then, let otherwise):
      "if(\(condition.key),\(then.key),\(otherwise.key))"
    case .call("_==_", _, let arguments):
      "eq(\(arguments.map(\.key).sorted().joined(separator: ",")))"
    case .call(let name, let overloads, let arguments):
      "\(name)/\(overloads.map(\.id).joined(separator: "|"))(\(Self.keys(arguments)))"
    case .list(let elements):
      "[\(elements.map { ($0.isOptional ? "?" : "") + $0.value.key }.joined(separator: ","))]"
    case .map(let entries):
      "{\(entries.map { "\($0.isOptional)\($0.key.key):\($0.value.key)" }.joined(separator: ","))}"
    case .comprehension(let comprehension):
      "\(comprehension.macro)/\(comprehension.variables.count)(\(comprehension.range.key),"
        + "\(comprehension.start.map { $0.key + "," } ?? "")"
        + "\(comprehension.predicate?.key ?? ""),\(comprehension.transform?.key ?? ""))"
    case .bind(_, let depth, let value, let body): "bind\(depth)(\(value.key),\(body.key))"
    case .optionalMap(let operand, _, let depth, let body, let isFlat):
      "opt\(depth)\(isFlat)(\(operand.key),\(body.key))"
    // Nothing that is decided by has these.
    case .unresolved(let name): "?\(name)"
    case .error: "error"
    }
  }

  private static func keys(_ nodes: [CheckedExpression]) -> String {
    nodes.map(\.key).joined(separator: ",")
  }

  /// The operands of a chain of `&&`, or of `||`; for any other node the node itself.
  var operands: [CheckedExpression] {
    switch kind {
    case .and(let left, let right):
      [left, right].flatMap { node -> [CheckedExpression] in
        let node = node.levelled
        return if case .and = node.kind { node.operands } else { [node] }
      }
    case .or(let left, let right):
      [left, right].flatMap { node -> [CheckedExpression] in
        let node = node.levelled
        return if case .or = node.kind { node.operands } else { [node] }
      }
    default: [self]
    }
  }

  /// The same condition in one of the forms that it can be written in; the parts are left as they are.
  var levelled: CheckedExpression {
    switch kind {
    case .not(let operand):
      if case .not(let inner) = operand.levelled.kind { return inner.levelled }
      return self
    case .call("_!=_", let overloads, let arguments):
      let equal = with(.call(name: "_==_", overloads: overloads, arguments: arguments))
      return with(.not(equal)).levelled
    case .call("_==_", _, let arguments) where arguments.count == 2:
      // `x == true` is x, and `x == false` is !x: also where x is not known.
      for (value, other) in [(arguments[0], arguments[1]), (arguments[1], arguments[0])] {
        guard case .constant(.bool(let flag)) = value.kind, other.type == .bool else { continue }
        return flag ? other.levelled : with(.not(other)).levelled
      }
      return self
    case .call(let name, _, let arguments)
    where (name == "_>_" || name == "_>=_") && arguments.count == 2:
      // Which overload compares follows from the types of the arguments.
      return with(
        .call(
          name: name == "_>_" ? "_<_" : "_<=_", overloads: [],
          arguments: [arguments[1], arguments[0]]))
    case .call(let name, let overloads, let arguments)
    where (name == "_<_" || name == "_<=_") && !overloads.isEmpty:
      return with(.call(name: name, overloads: [], arguments: arguments))
    default: return self
    }
  }

  func with(_ kind: Kind) -> CheckedExpression {
    CheckedExpression(kind: kind, type: type, range: range)
  }
}
