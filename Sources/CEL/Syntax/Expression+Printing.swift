/// An expression is described by its text in a canonical form, which parses to the same tree.
extension Expression: CustomStringConvertible {
  public var description: String { ExpressionPrinter.text(of: self) }
}

/// Writes expressions with as few parentheses as the grammar needs.
private enum ExpressionPrinter {
  /// How tightly a node holds its parts together, as the grammar's rules are nested.
  private enum Precedence: Int, Comparable {
    case conditional, or, and, relation, addition, multiplication, unary, member

    static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }

    /// The next tighter one.
    var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .member }
  }

  private static func precedence(of expression: Expression) -> Precedence {
    switch expression.kind {
    case .conditional: .conditional
    case .or: .or
    case .and: .and
    case .binary(let operation, _, _): precedence(of: operation)
    case .not, .negation: .unary
    default: .member
    }
  }

  private static func precedence(of operation: Expression.BinaryOperator) -> Precedence {
    switch operation {
    case .add, .subtract: .addition
    case .multiply, .divide, .remainder: .multiplication
    default: .relation
    }
  }

  /// The text, in parentheses where the place it is put in holds tighter than it does itself.
  private static func text(_ expression: Expression, in place: Precedence) -> String {
    let text = text(of: expression)
    return precedence(of: expression) < place ? "(\(text))" : text
  }

  static func text(of expression: Expression) -> String {
    switch expression.kind {
    case .literal(let value): return literal(value)
    case .identifier(let name, let isAbsolute): return (isAbsolute ? "." : "") + name
    case .select(let operand, let field, let isOptional):
      return text(operand, in: .member) + (isOptional ? ".?" : ".") + field.text
    case .has(let operand, let field): return "has(\(text(operand, in: .member)).\(field.text))"
    case .index(let operand, let index, let isOptional):
      return text(operand, in: .member) + (isOptional ? "[?" : "[") + text(of: index) + "]"
    case .call(let target, let function, let arguments):
      let receiver = target.map { text($0, in: .member) + "." } ?? ""
      return receiver + function.text + list(arguments)
    case .not(let operand): return "!" + text(operand, in: .unary)
    case .negation(let operand): return negation(text(operand, in: .unary))
    case .and(let operands):
      return operands.map { text($0, in: .relation) }.joined(separator: " && ")
    case .or(let operands): return operands.map { text($0, in: .and) }.joined(separator: " || ")
    case .binary(let operation, let left, let right):
      let own = precedence(of: operation)
      return
        "\(text(left, in: own)) \(operation.rawValue) \(text(right, in: own.tighter))"
    case .conditional(let condition, let then, let otherwise):
      return
        "\(text(condition, in: .or)) ? \(text(then, in: .or)) : \(text(of: otherwise))"
    case .list(let elements):
      let texts = elements.map { ($0.isOptional ? "?" : "") + text(of: $0.value) }
      return "[\(texts.joined(separator: ", "))]"
    case .map(let entries):
      let texts = entries.map {
        ($0.isOptional ? "?" : "") + "\(text(of: $0.key)): \(text(of: $0.value))"
      }
      return "{\(texts.joined(separator: ", "))}"
    case .comprehension(let comprehension): return text(of: comprehension)
    case .listMacro(let macro):
      let arguments = macro.argumentTexts { text(of: $0) }
      return text(macro.range, in: .member)
        + ".\(macro.name.rawValue)(\(arguments.joined(separator: ", ")))"
    case .bind(let name, let value, let body):
      return "cel.bind(\(name.text), \(text(of: value)), \(text(of: body)))"
    case .optionalMap(let operand, let variable, let body, let isFlat):
      return text(operand, in: .member) + (isFlat ? ".optFlatMap(" : ".optMap(")
        + "\(variable.text), \(text(of: body)))"
    case .error: return "<error>"
    }
  }

  /// A minus right before a digit would become part of the number.
  private static func negation(_ operand: String) -> String {
    let startsWithDigit = operand.utf8.first.map { (0x30...0x39).contains($0) || $0 == 0x2E }
    return startsWithDigit == true ? "-(\(operand))" : "-\(operand)"
  }

  private static func list(_ arguments: [Expression]) -> String {
    "(\(arguments.map { text(of: $0) }.joined(separator: ", ")))"
  }

  private static func text(of comprehension: Expression.Comprehension) -> String {
    let name =
      switch comprehension.macro {
      case .all: "all"
      case .exists: "exists"
      case .existsOne: comprehension.variables.count == 1 ? "exists_one" : "existsOne"
      case .map: "map"
      case .filter: "filter"
      case .transformList: "transformList"
      case .transformMap: "transformMap"
      case .transformMapEntry: "transformMapEntry"
      case .reduce: "reduce"
      }
    let bodies = [comprehension.predicate, comprehension.transform].compactMap { $0 }
    let parts = comprehension.variables.map(\.text) + bodies.map { text(of: $0) }
    return text(comprehension.range, in: .member) + ".\(name)(\(parts.joined(separator: ", ")))"
  }

  private static func literal(_ value: CELValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let bool): "\(bool)"
    case .int(let number): "\(number)"
    case .uint(let number): "\(number)u"
    case .double(let number): "\(number)"
    case .string(let text): TextForm.quoted(text)
    case .bytes(let bytes): "b\"\(bytes.map(escaped).joined())\""
    default: "<value>"
    }
  }

  private static func escaped(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): "\\" + String(Unicode.Scalar(byte))
    case 0x20..<0x7F: String(Unicode.Scalar(byte))
    default: "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
  }
}
