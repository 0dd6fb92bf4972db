import Diagnostics

/// A JSON Schema, or a part of one.
///
/// Draft 7 is what YAML language servers support in full; what is used of it means the same in later
/// drafts, but for `definitions`, which these still know.
struct Schema {
  /// The members, in the order in which they are written.
  private(set) var members: [(key: String, value: JSONValue)]

  init(_ members: [(String, JSONValue)]) { self.members = members.map { (key: $0, value: $1) } }

  var json: JSONValue { .object(members) }

  /// The same with a description.
  func described(_ text: String?) -> Schema {
    guard let text else { return self }
    // Beside a reference, draft 7 knows no other member.
    let base = members.contains { $0.key == "$ref" } ? Schema([("allOf", .array([json]))]) : self
    return Schema([("description", .string(text))] + base.members.map { ($0.key, $0.value) })
  }

  // MARK: Kinds

  /// Anything.
  static let anything = Schema([])
  static let null = Schema([("type", .string("null"))])
  static let boolean = Schema([("type", .string("boolean"))])

  /// What is read as a text: numbers and truth values of YAML are, too.
  static let text = Schema([("type", .array(["string", "number", "boolean"].map { .string($0) }))])

  static func string(pattern: String? = nil) -> Schema {
    Schema([("type", .string("string"))] + (pattern.map { [("pattern", .string($0))] } ?? []))
  }

  static func number(isWhole: Bool) -> Schema {
    Schema([("type", .string(isWhole ? "integer" : "number"))])
  }

  /// One of some texts, each with its words.
  static func oneOf(_ values: [(value: String, words: String)]) -> Schema {
    Schema([
      ("type", .string("string")), ("enum", .array(values.map { .string($0.value) })),
      ("enumDescriptions", .array(values.map { .string($0.words) })),
    ])
  }

  /// One of some texts, which editors offer, or another of a form.
  static func suggesting(_ values: [(value: String, words: String)], pattern: String) -> Schema {
    values.isEmpty
      ? string(pattern: pattern) : .any([oneOf(values), string(pattern: pattern)])
  }

  static func list(of items: Schema, atLeast least: Int = 0, atMost most: Int? = nil) -> Schema {
    Schema(
      [("type", .string("array")), ("items", items.json)]
        + (least > 0 ? [("minItems", .int(least))] : [])
        + (most.map { [("maxItems", .int($0))] } ?? []))
  }

  /// One, or a list of them.
  static func oneOrMore(_ item: Schema) -> Schema { .any([item, .list(of: item, atLeast: 1)]) }

  static func any(_ schemas: [Schema]) -> Schema {
    Schema([("anyOf", .array(schemas.map(\.json)))])
  }

  /// The same, or null.
  var orNull: Schema {
    guard let type = members.first(where: { $0.key == "type" }), case .string = type.value,
      !members.contains(where: { $0.key == "enum" })
    else { return .any([self, .null]) }
    return Schema(
      members.map { member in
        (member.key, member.key == "type" ? .array([member.value, .string("null")]) : member.value)
      })
  }

  /// All that the definition says.
  static func same(as definition: String) -> Schema {
    Schema([("allOf", .array([reference(definition).json]))])
  }

  static func reference(_ definition: String) -> Schema {
    Schema([("$ref", .string("#/definitions/\(definition)"))])
  }

  /// A mapping with no keys but the given ones.
  static func object(_ properties: [(String, Schema)], required: [String] = []) -> Schema {
    Schema(
      [
        ("type", .string("object")),
        ("properties", .object(properties.map { (key: $0.0, value: $0.1.json) })),
      ] + (required.isEmpty ? [] : [("required", .array(required.map { .string($0) }))]) + [
        ("additionalProperties", .bool(false))
      ])
  }

  /// A mapping from names to values of one kind.
  static func table(
    of values: Schema, keys pattern: String? = nil, suggesting names: [(String, Schema)] = [],
    count: ClosedRange<Int>? = nil
  ) -> Schema {
    var members: [(String, JSONValue)] = [("type", .string("object"))]
    if !names.isEmpty {
      members.append(("properties", .object(names.map { (key: $0.0, value: $0.1.json) })))
    }
    if let pattern { members.append(("propertyNames", .object([("pattern", .string(pattern))]))) }
    members.append(("additionalProperties", values.json))
    if let count {
      members.append(("minProperties", .int(count.lowerBound)))
      if count.upperBound < Int.max { members.append(("maxProperties", .int(count.upperBound))) }
    }
    return Schema(members)
  }

  /// A whole schema, with those of the definitions that it needs.
  func file(title: String, definitions: [(String, Schema)]) -> Schema {
    var needed = json.references
    var isGrowing = true
    while isGrowing {
      let before = needed.count
      for (name, schema) in definitions where needed.contains("#/definitions/\(name)") {
        needed.formUnion(schema.json.references)
      }
      isGrowing = needed.count > before
    }
    let definitions = definitions.filter { needed.contains("#/definitions/\($0.0)") }
    return Schema(
      [
        ("$schema", .string("http://json-schema.org/draft-07/schema#")), ("title", .string(title)),
      ] + members.map { ($0.key, $0.value) } + [
        ("definitions", .object(definitions.map { (key: $0.0, value: $0.1.json) }))
      ])
  }
}

extension JSONValue {
  /// All that is referred to in the value.
  fileprivate var references: Set<String> {
    switch self {
    case .object(let members):
      members.reduce(into: []) { found, member in
        if member.key == "$ref", case .string(let name) = member.value { found.insert(name) }
        found.formUnion(member.value.references)
      }
    case .array(let items): items.reduce(into: []) { $0.formUnion($1.references) }
    default: []
    }
  }
}

/// The forms of texts, as regular expressions.
enum TextForm {
  static let name = "^[A-Za-z_][A-Za-z0-9_]*$"
  static let id = "^[a-z0-9]+(-[a-z0-9]+)*$"
  static let decimal = "^-?[0-9]+([.][0-9]+)?$"
  static let date = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
  static let days =
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}([.][.][0-9]{4}-[0-9]{2}-[0-9]{2})?$"
  static let timestamp =
    "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$"
}
