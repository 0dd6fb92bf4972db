/// A JSON value to compare documents by; null members of an object are left out, as if absent.
enum JSONValue: Decodable, Hashable {
  case null
  case bool(Bool)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let bool = try? container.decode(Bool.self) {
      self = .bool(bool)
    } else if let string = try? container.decode(String.self) {
      self = .string(string)
    } else if let array = try? container.decode([JSONValue].self) {
      self = .array(array)
    } else {
      self = .object(try container.decode([String: JSONValue].self).filter { $1 != .null })
    }
  }

  /// The keys of an object.
  var keys: Set<String> {
    if case .object(let members) = self { Set(members.keys) } else { [] }
  }

  /// The member of an object, or of the first object in an array.
  subscript(key: String) -> JSONValue {
    switch self {
    case .object(let members): members[key] ?? .null
    case .array(let elements): elements.first?[key] ?? .null
    default: .null
    }
  }

  /// The first element of an array.
  var first: JSONValue {
    if case .array(let elements) = self, let first = elements.first { first } else { .null }
  }
}
