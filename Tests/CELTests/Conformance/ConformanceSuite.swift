import CEL
import Foundation
import TestSupport
import Testing

/// The public conformance tests of CEL, as JSON files in a folder outside of this package.
///
/// The folder is named by the environment variable `TUTORPOLICY_CONFORMANCE`; where it isn't set, the
/// tests of this suite are skipped, and the report says so.
enum ConformanceSuite {
  /// The folder of CEL's files; nil where there is none.
  static let folder: URL? = ProcessInfo.processInfo.environment["TUTORPOLICY_CONFORMANCE"].map {
    URL(filePath: $0).appending(path: "cel")
  }

  /// What this implementation has beyond the core language.
  static let features: Set<String> = [
    "optional", "ext:strings", "ext:math", "ext:encoders", "ext:bindings", "ext:comprehensions",
  ]

  /// The files' names with the number of their tests that apply here.
  static let files = [
    "basic", "bindings_ext", "comparisons", "conversions", "encoders_ext", "fields", "fp_math",
    "integer_math", "lists", "logic", "macros", "macros2", "math_ext", "namespace", "optionals",
    "parse", "plumbing", "string", "string_ext", "timestamps", "type_deduction",
  ]

  /// The tests of a file that need nothing that this implementation does not have.
  static func tests(in file: String) throws -> [ConformanceTest] {
    let folder = try #require(folder)
    let data = try Data(contentsOf: folder.appending(path: file + ".json"))
    return try JSONDecoder().decode([ApplicableTest].self, from: data).compactMap(\.test)
  }

  /// A test, unless it needs something that this implementation does not have, and may then hold values
  /// that it could not read.
  private struct ApplicableTest: Decodable {
    let test: ConformanceTest?

    private enum CodingKeys: CodingKey {
      case features
    }

    init(from decoder: any Decoder) throws {
      let needed = try decoder.container(keyedBy: CodingKeys.self)
        .decode([String].self, forKey: .features)
      test =
        ConformanceSuite.features.isSuperset(of: needed) ? try ConformanceTest(from: decoder) : nil
    }
  }
}

/// One test of the suite, in the form that the folder's README describes.
struct ConformanceTest: Decodable {
  struct Declaration: Decodable {
    struct Overload: Decodable {
      let id: String
      let params: [TypeSpelling]
      let result: TypeSpelling
      let instance: Bool
    }

    let name: String
    let type: TypeSpelling?
    let overloads: [Overload]?
  }

  struct TypedResult: Decodable {
    let type: TypeSpelling
    let value: ValueSpelling?
  }

  let section: String
  let name: String
  let expr: String
  let container: String?
  let bindings: [String: ValueSpelling]?
  let typeEnv: [Declaration]?
  let disableCheck: Bool?
  let checkOnly: Bool?
  let value: ValueSpelling?
  let evalError: [String]?
  let typedResult: TypedResult?
  let features: [String]
  let skippedBy: [String]?
}

/// A type as the suite spells it.
struct TypeSpelling: Decodable {
  let type: CELType

  init(from decoder: any Decoder) throws {
    type = try Self.type(DecodedJSON(from: decoder))
  }

  private static func type(_ json: DecodedJSON) throws -> CELType {
    switch json {
    case .string(let name): return try #require(simple[name], "type \(name)")
    case .object(let object):
      let (key, value) = try #require(object.first)
      switch (key, value) {
      case ("list", _): return .list(try type(value))
      case ("map", .array(let pair)): return .map(try type(pair[0]), try type(pair[1]))
      case ("type", _): return .type(try type(value))
      case ("param", .string(let name)): return .parameter(name)
      case ("abstract", .object(let abstract)):
        guard case .string(let name)? = abstract["name"],
          case .array(let list)? = abstract["params"]
        else { break }
        let parameters = try list.map { try type($0) }
        return name == "optional_type" ? .optional(parameters[0]) : .abstract(name, parameters)
      default: break
      }
      throw UnknownSpelling(text: "\(object)")
    default: throw UnknownSpelling(text: "\(json)")
    }
  }

  private static let simple: [String: CELType] = [
    "dyn": .dyn, "null": .null, "bool": .bool, "int": .int, "uint": .uint, "double": .double,
    "string": .string, "bytes": .bytes, "timestamp": .timestamp, "duration": .duration,
  ]
}

/// A value as the suite spells it.
struct ValueSpelling: Decodable {
  let value: CELValue

  init(from decoder: any Decoder) throws {
    value = try Self.value(DecodedJSON(from: decoder))
  }

  private static func value(_ json: DecodedJSON) throws -> CELValue {
    guard case .object(let object) = json, let (kind, content) = object.first else {
      throw UnknownSpelling(text: "\(json)")
    }
    switch (kind, content) {
    case ("null", _): return .null
    case ("bool", .bool(let bool)): return .bool(bool)
    case ("int", .string(let digits)): return .int(try #require(Int64(digits)))
    case ("uint", .string(let digits)): return .uint(try #require(UInt64(digits)))
    case ("double", .number(let number)): return .double(number)
    case ("double", .string("NaN")): return .double(.nan)
    case ("double", .string("Infinity")): return .double(.infinity)
    case ("double", .string("-Infinity")): return .double(-.infinity)
    case ("string", .string(let text)): return .string(text)
    case ("bytes", .string(let text)): return .bytes(Array(try #require(Data(base64Encoded: text))))
    case ("list", .array(let elements)): return .list(try elements.map { try value($0) })
    case ("map", .array(let pairs)):
      return .map(
        CELMap(
          entries: try pairs.map { pair in
            guard case .array(let pair) = pair else { throw UnknownSpelling(text: "\(pair)") }
            return (try value(pair[0]), try value(pair[1]))
          }))
    case ("timestamp", .string(let text)): return .timestamp(try #require(CELTimestamp(text)))
    case ("duration", .string(let text)): return .duration(try #require(CELDuration(text)))
    case ("type", .string(let name)): return .type(try #require(types[name], "type \(name)"))
    default: throw UnknownSpelling(text: "\(json)")
    }
  }

  private static let types: [String: CELType] = [
    "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string,
    "bytes": .bytes, "list": .list(.dyn), "map": .map(.dyn, .dyn), "type": .type(.dyn),
    "null_type": .null, "google.protobuf.Timestamp": .timestamp,
    "google.protobuf.Duration": .duration,
  ]
}

struct UnknownSpelling: Error {
  let text: String
}
