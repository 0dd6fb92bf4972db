@testable import CEL

extension Expression {
  /// The tree as nested text, without places, so that two trees can be compared.
  var structure: String {
    let parts = kind.children.map(\.structure).joined(separator: " ")
    return "(\(label)\(parts.isEmpty ? "" : " " + parts))"
  }

  private var label: String {
    switch kind {
    case .literal(let value): shown(value)
    case .identifier(let name, let isAbsolute): (isAbsolute ? "." : "") + name
    case .select(_, let field, let isOptional): (isOptional ? ".?" : ".") + field.text
    case .has(_, let field): "has \(field.text)"
    case .index(_, _, let isOptional): isOptional ? "[?]" : "[]"
    case .call(let target, let function, _): (target == nil ? "" : ".") + "\(function.text)()"
    case .not: "!"
    case .negation: "-"
    case .and: "&&"
    case .or: "||"
    case .binary(let operation, _, _): operation.rawValue
    case .conditional: "?:"
    case .list(let elements): "[\(elements.map { $0.isOptional ? "?" : "," }.joined())]"
    case .map(let entries): "{\(entries.map { $0.isOptional ? "?" : "," }.joined())}"
    case .comprehension(let macro):
      "\(macro.macro) \(macro.variables.map(\.text)) \(macro.predicate == nil ? "" : "if")"
    case .listMacro(let macro): "\(macro.name) \(macro.variables.map(\.text))"
    case .bind(let name, _, _): "bind \(name.text)"
    case .optionalMap(_, let variable, _, let isFlat): "optMap \(variable.text) \(isFlat)"
    case .error: "error"
    }
  }
}
