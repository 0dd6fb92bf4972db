#if Server
import Diagnostics

/// What a JSON value may be, in the words of JSON Schema (2020-12).
indirect enum APISchema: Sendable {
  case text, int, bool, date, time
  /// A text of at least one character.
  case name
  /// The id that somebody gives a request.
  case requestID
  /// This text and no other.
  case constant(String)
  /// What is one of several kinds of things.
  case anyOf([APISchema])
  /// What may as well be null, which counts as not given.
  case nullable(APISchema)
  /// A whole number from one to another.
  case count(ClosedRange<Int>)
  /// One of some texts.
  case oneOf([String])
  case list(APISchema)
  /// An object of the given members, the required ones among them, and of no others.
  case object([Member], about: String = "")
  /// An object whose members are named by data.
  case map(APISchema)
  /// Any object.
  case open(about: String)
  /// A schema that has a name of its own.
  case named(String)
  /// Whatever JSON has.
  case anything

  /// A member of an object.
  struct Member: Sendable {
    let name: String
    let schema: APISchema
    var isRequired = false
    var about: String?
  }

  /// The schema as JSON.
  var json: JSONValue { .object(members) }

  private var members: [(String, JSONValue)] {
    switch self {
    case .text: [("type", .string("string"))]
    case .name: [("type", .string("string")), ("minLength", .int(1))]
    case .requestID:
      [("type", .string("string")), ("pattern", .string("^[!-~]{8,200}$"))]
    case .constant(let text): [("type", .string("string")), ("const", .string(text))]
    case .anyOf(let schemas): [("anyOf", .array(schemas.map(\.json)))]
    case .nullable(let schema):
      [("anyOf", .array([schema.json, .object([("type", .string("null"))])]))]
    case .int: [("type", .string("integer"))]
    case .count(let range):
      [
        ("type", .string("integer")), ("minimum", .int(range.lowerBound)),
        ("maximum", .int(range.upperBound)),
      ]
    case .bool: [("type", .string("boolean"))]
    case .date: [("type", .string("string")), ("format", .string("date"))]
    case .time: [("type", .string("string")), ("format", .string("date-time"))]
    case .oneOf(let values):
      [("type", .string("string")), ("enum", .array(values.map { .string($0) }))]
    case .list(let element): [("type", .string("array")), ("items", element.json)]
    case .object(let members, let about): Self.object(members, about)
    case .map(let value):
      [("type", .string("object")), ("additionalProperties", value.json)]
    case .open(let about): [("type", .string("object")), ("description", .string(about))]
    case .anything: []
    case .named(let name): [("$ref", .string("#/components/schemas/\(name)"))]
    }
  }

  private static func object(_ members: [Member], _ about: String) -> [(String, JSONValue)] {
    let required = members.filter(\.isRequired).map { JSONValue.string($0.name) }
    return [
      ("type", .string("object")),
      (
        "properties",
        .object(
          members.map { member in
            guard let about = member.about else { return (member.name, member.schema.json) }
            return (
              member.name, .object(member.schema.members + [("description", .string(about))])
            )
          })
      ),
    ] + (required.isEmpty ? [] : [("required", .array(required))])
      + [("additionalProperties", .bool(false))]
      + (about.isEmpty ? [] : [("description", .string(about))])
  }
}

extension APISchema.Member {
  /// A member that is always there.
  static func required(_ name: String, _ schema: APISchema, _ about: String? = nil)
    -> APISchema.Member
  {
    APISchema.Member(name: name, schema: schema, isRequired: true, about: about)
  }

  /// A member that may be missing.
  static func optional(_ name: String, _ schema: APISchema, _ about: String? = nil)
    -> APISchema.Member
  {
    APISchema.Member(name: name, schema: schema, about: about)
  }
}
#endif
