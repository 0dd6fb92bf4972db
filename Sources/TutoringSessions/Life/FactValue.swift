/// A value of a fact as it is kept and edited: whatever a vocabulary may declare, without its type.
///
/// A fact that is not given is not there; null is not a value.
public indirect enum FactValue: Hashable, Sendable {
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case text(String)
  case list([FactValue])
  case object([String: FactValue])

  /// The members of an object; nil for any other value.
  public var members: [String: FactValue]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// The text, if it is one.
  public var text: String? {
    if case .text(let text) = self { text } else { nil }
  }
}

extension [String: FactValue] {
  /// The value at a path of names, such as `["qualifiers", "remedial"]`; nil where there is none.
  ///
  /// Setting makes the objects on the way; setting nil takes the value away, and the objects that it leaves
  /// empty, so that setting it back gives what was there before.
  public subscript(path path: some Collection<String>) -> FactValue? {
    get {
      guard let name = path.first else { return nil }
      let rest = path.dropFirst()
      return rest.isEmpty ? self[name] : self[name]?.members?[path: rest]
    }
    set {
      guard let name = path.first else { return }
      let rest = path.dropFirst()
      guard !rest.isEmpty else {
        self[name] = newValue
        return
      }
      var members = self[name]?.members ?? [:]
      members[path: rest] = newValue
      self[name] = members.isEmpty ? nil : .object(members)
    }
  }
}

extension FactValue: Codable {
  /// Reads any JSON value; a member or element that is null counts as not given.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let flag = try? container.decode(Bool.self) {
      self = .bool(flag)
    } else if let number = try? container.decode(Int64.self) {
      self = .int(number)
    } else if let number = try? container.decode(Double.self) {
      self = .double(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let elements = try? container.decode([FactValue?].self) {
      self = .list(elements.compactMap(\.self))
    } else {
      self = .object(try container.decode([String: FactValue?].self).compactMapValues(\.self))
    }
  }

  /// Writes the value as JSON.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .bool(let flag): try container.encode(flag)
    case .int(let number): try container.encode(number)
    case .double(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    case .list(let elements): try container.encode(elements)
    case .object(let members): try container.encode(members)
    }
  }
}
