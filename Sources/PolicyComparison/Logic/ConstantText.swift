import CEL
import PolicyEngine

extension CELValue {
  /// A text that two constants share only when they are equal: texts differ where their scalars do.
  var constantText: String {
    switch self {
    case .string(let text):
      "\"" + text.unicodeScalars.map { $0.escaped(asASCII: true) }.joined() + "\""
    case .list(let items): "[" + items.map(\.constantText).joined(separator: ",") + "]"
    case .map(let map):
      "{"
        + map.entries.map { "\($0.key.constantText):\($0.value.constantText)" }.sorted()
        .joined(separator: ",") + "}"
    case .int(let number): "\(number)"
    case .bool(let flag): flag ? "true" : "false"
    default: "\(type) \(ValueLiteral.text(of: self))"
    }
  }
}
