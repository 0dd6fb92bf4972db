package import Diagnostics

extension FactValue {
  /// The value as JSON, the members of objects in alphabetical order: equal values have equal texts.
  package var json: JSONValue {
    switch self {
    case .bool(let flag): .bool(flag)
    case .int(let number): .int(Int(number))
    case .double(let number): .number(number)
    case .text(let text): .string(text)
    case .list(let elements): .array(elements.map(\.json))
    case .object(let members): members.json
    }
  }

  /// The value as a JSON text on one line.
  package var jsonText: String { json.compact }

  /// The value that a JSON text holds, null members and elements left out; nil for any other text.
  package init?(json text: String) {
    var reader = FactJSONReader(text)
    guard let value = reader.document() else { return nil }
    self = value
  }
}

extension [String: FactValue] {
  /// The members as a JSON object, in alphabetical order.
  package var json: JSONValue {
    .object(sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) })
  }

  /// The members as the text of a JSON object on one line.
  package var jsonText: String { json.compact }

  /// The members of the object that a JSON text holds; nil for any other text.
  package init?(json text: String) {
    guard let members = FactValue(json: text)?.members else { return nil }
    self = members
  }
}
