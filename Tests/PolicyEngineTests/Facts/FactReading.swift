import CEL
import Diagnostics
import Testing
import YAML

@testable import PolicyEngine

/// What a document text came to: the document, or the messages.
struct FactReading {
  let document: FactDocument?
  let diagnostics: [Diagnostic]

  /// Reads a JSON text.
  init(json text: String, schema: FactSchema = SessionSchema.schema) {
    self.init(json: Array(text.utf8), schema: schema)
  }

  /// Reads the bytes of a JSON text.
  init(json bytes: [UInt8], schema: FactSchema = SessionSchema.schema) {
    var diagnostics: [Diagnostic] = []
    document = FactDocument.read(
      json: Source(name: "session.json", bytes: bytes), schema: schema, into: &diagnostics)
    self.diagnostics = diagnostics
  }

  /// Reads a YAML node.
  init(yaml node: YAMLNode, schema: FactSchema = SessionSchema.schema) {
    var diagnostics: [Diagnostic] = []
    document = FactDocument.read(yaml: node, schema: schema, into: &diagnostics)
    self.diagnostics = diagnostics
  }

  /// Each message with its help and the text it underlines, as `message (help) <text>`.
  var messages: [String] {
    diagnostics.map { diagnostic in
      let help = diagnostic.help.map { " (\($0))" } ?? ""
      return "\(diagnostic.message)\(help) <\(diagnostic.range?.text ?? "")>"
    }
  }

  /// The value of the fact at the end of a path, such as `encounters[0].subject`, shown as text.
  func fact(_ path: String) -> String {
    guard let document else { return "no document" }
    var value = FieldValue.present(.object(document.root))
    for part in path.split(whereSeparator: { ".[]".contains($0) }) {
      guard case .present(let parent) = value else { return "\(value)" }
      switch parent {
      case .object(let object):
        let type = SessionSchema.schema.objectTypes.first { $0.name == object.typeName }
        guard let index = type?.facts.firstIndex(where: { $0.name == part }) else {
          return "no fact \(part)"
        }
        value = object.value(ofField: index)
      case .list(let elements):
        guard let index = Int(part), elements.indices.contains(index) else { return "no element" }
        value = .present(elements[index])
      default: return "no container"
      }
    }
    guard case .present(let found) = value else { return "\(value)" }
    return Self.text(of: found)
  }

  private static func text(of value: CELValue) -> String {
    switch value {
    case .string(let string): "'\(string)'"
    case .bool(let bool): "\(bool)"
    case .int(let int): "\(int)"
    case .double(let double): "\(double)"
    case .date(let date): "day \(date.daysSinceEpoch)"
    case .timestamp(let timestamp): "\(timestamp.seconds)s \(timestamp.nanoseconds)ns"
    case .duration(let duration): "\(duration.seconds)s \(duration.nanoseconds)ns"
    case .list(let elements): "[\(elements.map(text).joined(separator: ", "))]"
    case .object(let object): "\(object.typeName) at \(object.path)"
    default: "\(value)"
    }
  }
}
