package import CEL
package import Diagnostics

extension JSONValue {
  /// A value of the expression language: dates and times as text, 64-bit numbers that JSON readers
  /// might round as they are.
  package init(_ value: CELValue) {
    switch value {
    case .null: self = .null
    case .bool(let flag): self = .bool(flag)
    case .int(let number): self = .int(Int(number))
    case .double(let number): self = .number(number)
    case .decimal(let number): self = .string(number.description)
    case .money(let money): self = .string(money.description)
    case .string(let text): self = .string(text)
    case .list(let elements): self = .array(elements.map { JSONValue($0) })
    case .map(let map):
      self = .object(map.entries.map { (ValueLiteral.key(of: $0.key), JSONValue($0.value)) })
    default: self = .string(ValueLiteral.text(of: value))
    }
  }
}
