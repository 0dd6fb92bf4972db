/// Any JSON value, to compare what is written with; numbers count by their value.
public enum DecodedJSON: Decodable, Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([DecodedJSON])
  case object([String: DecodedJSON])

  /// Decodes whatever stands there.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let bool = try? container.decode(Bool.self) {
      self = .bool(bool)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let string = try? container.decode(String.self) {
      self = .string(string)
    } else if let array = try? container.decode([DecodedJSON].self) {
      self = .array(array)
    } else {
      self = .object(try container.decode([String: DecodedJSON].self))
    }
  }

  /// The value without members that are null, as if they were absent.
  public var withoutNulls: DecodedJSON {
    switch self {
    case .array(let elements): .array(elements.map(\.withoutNulls))
    case .object(let members):
      .object(members.filter { $1 != .null }.mapValues(\.withoutNulls))
    case .null, .bool, .number, .string: self
    }
  }

  /// The keys of an object.
  public var keys: Set<String> {
    if case .object(let members) = self { Set(members.keys) } else { [] }
  }

  /// The member of an object, or of the first object in an array.
  public subscript(key: String) -> DecodedJSON {
    switch self {
    case .object(let members): members[key] ?? .null
    case .array(let elements): elements.first?[key] ?? .null
    default: .null
    }
  }

  /// The first element of an array.
  public var first: DecodedJSON {
    if case .array(let elements) = self, let first = elements.first { first } else { .null }
  }
}
