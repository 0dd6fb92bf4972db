/// The type of an expression, as the checker deduces it.
public indirect enum CELType: Hashable, Sendable {
  /// Known only when evaluated.
  case dyn
  case null, bool, int, uint, double, string, bytes, timestamp, duration
  /// A civil date, without a time of day or a zone (an addition to CEL).
  case date
  /// An exact number, and an exact amount in the currency of the policy set (additions to CEL).
  case decimal, money
  case list(CELType)
  case map(CELType, CELType)
  case optional(CELType)
  /// The type of a type value, such as that of `int`.
  case type(CELType)
  /// A declared object type, by its name in the environment.
  case object(String)
  /// A closed list of strings, by its name in the environment (an addition to CEL). A value of it is a
  /// string, and may stand wherever a string may.
  case enumeration(String)
  /// A type parameter of an overload's signature, such as `T`.
  case parameter(String)
  /// An opaque type by name, with parameters.
  case abstract(String, [CELType])
  /// The type of an expression with a mistake in it, already reported: accepted everywhere.
  case error
}

/// Written as messages and the language reference show it: `list(string)`, `map(string, int)`.
extension CELType: CustomStringConvertible {
  public var description: String {
    switch self {
    case .dyn: "dyn"
    case .null: "null"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .date: "date"
    case .decimal: "decimal"
    case .money: "money"
    case .list(let element): "list(\(element))"
    case .map(let key, let value): "map(\(key), \(value))"
    case .optional(let value): "optional(\(value))"
    case .type(let type): "type(\(type))"
    case .object(let name), .enumeration(let name): name
    case .parameter(let name): name.hasPrefix("%") ? "dyn" : name
    case .abstract(let name, let parameters):
      parameters.isEmpty
        ? name : "\(name)(\(parameters.map(\.description).joined(separator: ", ")))"
    case .error: "error"
    }
  }
}

extension CELType {
  /// The name that a type value goes by, without parameters.
  var runtimeName: String {
    switch self {
    case .null: "null_type"
    case .timestamp: "google.protobuf.Timestamp"
    case .duration: "google.protobuf.Duration"
    case .list: "list"
    case .map: "map"
    case .optional: "optional_type"
    case .type: "type"
    case .abstract(let name, _): name
    case .enumeration: "string"
    default: description
    }
  }

  /// The types that expressions can name, by their names.
  static let named: [String: CELType] = [
    "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string,
    "bytes": .bytes, "list": .list(.dyn), "map": .map(.dyn, .dyn), "null_type": .null,
    "type": .type(.dyn), "google.protobuf.Timestamp": .timestamp,
    "google.protobuf.Duration": .duration, "optional_type": .optional(.dyn), "date": .date,
    "decimal": .decimal, "money": .money,
  ]
  /// Whether values of the type are numbers.
  var isNumeric: Bool { self == .int || self == .uint || self == .double }
  /// Whether nothing is known of the type, or nothing more is to be said about it.
  var isDynamic: Bool { self == .dyn || self == .error }

  /// Whether the type mentions a type parameter.
  var hasParameters: Bool {
    switch self {
    case .parameter: true
    case .list(let element): element.hasParameters
    case .map(let key, let value): key.hasParameters || value.hasParameters
    case .optional(let value): value.hasParameters
    case .type(let type): type.hasParameters
    case .abstract(_, let parameters): parameters.contains(where: \.hasParameters)
    default: false
    }
  }

  /// The type with its parts replaced, from the innermost out, where `replace` gives a type for them.
  func mapping(_ replace: (CELType) -> CELType?) -> CELType {
    let mapped: CELType =
      switch self {
      case .list(let element): .list(element.mapping(replace))
      case .map(let key, let value): .map(key.mapping(replace), value.mapping(replace))
      case .optional(let value): .optional(value.mapping(replace))
      case .type(let type): .type(type.mapping(replace))
      case .abstract(let name, let parameters):
        .abstract(name, parameters.map { $0.mapping(replace) })
      default: self
      }
    return replace(mapped) ?? mapped
  }
}
