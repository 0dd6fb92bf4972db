import CEL
import Diagnostics
import PolicyEngine
import PolicyRendering

extension Draft {
  /// The draft as the text of a document, to be read and decided like any other.
  var json: JSONValue {
    .object(
      zip(schema.objectTypes[type].facts, fields).compactMap { fact, field in
        guard case .present(let value) = field else { return nil }
        return (fact.name, Self.json(of: value))
      })
  }

  private static func json(of value: CELValue) -> JSONValue {
    switch value {
    case .object(let object): (object as? Draft)?.json ?? .null
    case .list(let elements): .array(elements.map { json(of: $0) })
    default: JSONValue(value)
    }
  }
}
