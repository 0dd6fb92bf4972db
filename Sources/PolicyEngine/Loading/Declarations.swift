import Diagnostics
import YAML

/// What the files of a policy set declare, sorted by kind and not yet understood.
///
/// Any file may hold any of the sections; `vocabulary.yaml` and `decisions.yaml` are names for people.
struct Declarations {
  /// A declaration with a name: an enumeration, a type, a parameter, a decision.
  struct Named {
    let name: String
    let key: SourceRange
    let node: YAMLNode
  }

  /// A rule, with the topic of its file.
  struct TopicRule {
    let topic: String?
    let node: YAMLNode
  }

  var document: YAMLNode?
  var governedBy: YAMLNode?
  var timeZone: YAMLNode?
  var identifiedBy: YAMLNode?
  var belongsTo: YAMLNode?
  var sourceTitle: YAMLNode?
  var reader: YAMLNode?
  var enumerations: [Named] = []
  var types: [Named] = []
  var parameters: [Named] = []
  var decisions: [Named] = []
  var rules: [TopicRule] = []

  /// Adds what one file declares.
  mutating func add(_ file: YAMLNode, into diagnostics: inout [Diagnostic]) {
    guard
      let reader = MappingReader(
        file, what: "a policy file", keys: PolicyKeys.file, into: &diagnostics)
    else { return }
    single("document", \.document, of: reader, into: &diagnostics)
    single("governedBy", \.governedBy, of: reader, into: &diagnostics)
    single("timeZone", \.timeZone, of: reader, into: &diagnostics)
    single("identifiedBy", \.identifiedBy, of: reader, into: &diagnostics)
    single("belongsTo", \.belongsTo, of: reader, into: &diagnostics)
    single("sourceTitle", \.sourceTitle, of: reader, into: &diagnostics)
    single("reader", \.reader, of: reader, into: &diagnostics)
    named("enumerations", \.enumerations, "an enumeration", of: reader, into: &diagnostics)
    named("types", \.types, "a type", of: reader, into: &diagnostics)
    named("parameters", \.parameters, "a parameter", of: reader, into: &diagnostics)
    named("decisions", \.decisions, "a decision", of: reader, into: &diagnostics)
    let topic = reader.optionalText("topic", into: &diagnostics)
    guard let list = reader.optionalNode("rules", into: &diagnostics) else { return }
    guard case .sequence(let items) = list.content else {
      diagnostics.append(
        .wrongKind(of: "'rules'", expected: "a list (each rule begins with '- rule:')", found: list)
      )
      return
    }
    rules += items.map { TopicRule(topic: topic, node: $0) }
  }

  private mutating func single(
    _ key: String, _ path: WritableKeyPath<Self, YAMLNode?>, of reader: MappingReader,
    into diagnostics: inout [Diagnostic]
  ) {
    guard let node = reader.optionalNode(key, into: &diagnostics) else { return }
    if let first = self[keyPath: path] {
      diagnostics.append(.duplicate("'\(key)'", at: node.range, first: first.range))
    } else {
      self[keyPath: path] = node
    }
  }

  private mutating func named(
    _ key: String, _ path: WritableKeyPath<Self, [Named]>, _ what: String, of reader: MappingReader,
    into diagnostics: inout [Diagnostic]
  ) {
    guard let node = reader.optionalNode(key, into: &diagnostics),
      let pairs = MappingReader.pairs(of: node, what: "'\(key)'", into: &diagnostics)
    else { return }
    for (name, entry) in pairs {
      if let first = self[keyPath: path].first(where: { $0.name == name }) {
        diagnostics.append(
          .duplicate("\(what) '\(name)'", at: entry.key.range, first: first.key))
      } else {
        self[keyPath: path].append(Named(name: name, key: entry.key.range, node: entry.value))
      }
    }
  }
}
