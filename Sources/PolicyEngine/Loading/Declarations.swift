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
    /// Whether more than one file says something of it.
    var isMerged = false
  }

  /// A rule, with the topic of its file.
  struct TopicRule {
    let topic: String?
    let node: YAMLNode
  }

  var document: YAMLNode?
  var currency: YAMLNode?
  var governedBy: YAMLNode?
  var timeZone: YAMLNode?
  var identifiedBy: YAMLNode?
  var belongsTo: YAMLNode?
  var sourceTitle: YAMLNode?
  var reader: YAMLNode?
  var enumerations: [Named] = []
  var types: [Named] = []
  var parameters: [Named] = []
  var calendars: [Named] = []
  var decisions: [Named] = []
  var rules: [TopicRule] = []
  var exceptions: [YAMLNode] = []
  /// The files that declare anything besides rules and exceptions, in order.
  private(set) var wordSources: [Source] = []
  /// Where the declarations of each kind stand in their list, by their names.
  private var positions: [SharedDeclaration: [String: Int]] = [:]

  /// Adds what one file declares.
  mutating func add(_ file: YAMLNode, into diagnostics: inout [Diagnostic]) {
    guard
      let reader = MappingReader(
        file, what: "a policy file", keys: PolicyKeys.file, into: &diagnostics)
    else { return }
    if PolicyKeys.words.contains(where: { reader.has($0) }) {
      wordSources.append(file.range.source)
    }
    single("document", \.document, of: reader, into: &diagnostics)
    single("currency", \.currency, of: reader, into: &diagnostics)
    single("governedBy", \.governedBy, of: reader, into: &diagnostics)
    single("timeZone", \.timeZone, of: reader, into: &diagnostics)
    single("identifiedBy", \.identifiedBy, of: reader, into: &diagnostics)
    single("belongsTo", \.belongsTo, of: reader, into: &diagnostics)
    single("sourceTitle", \.sourceTitle, of: reader, into: &diagnostics)
    single("reader", \.reader, of: reader, into: &diagnostics)
    named("enumerations", \.enumerations, .enumeration, of: reader, into: &diagnostics)
    named("types", \.types, .type, of: reader, into: &diagnostics)
    named("parameters", \.parameters, .parameter, of: reader, into: &diagnostics)
    named("calendars", \.calendars, .calendar, of: reader, into: &diagnostics)
    named("decisions", \.decisions, .decision, of: reader, into: &diagnostics)
    let topic = reader.optionalText("topic", into: &diagnostics)
    rules += items("rules", each: "rule", of: reader, into: &diagnostics).map {
      TopicRule(topic: topic, node: $0)
    }
    exceptions += items("exceptions", each: "exception", of: reader, into: &diagnostics)
  }

  private func items(
    _ key: String, each item: String, of reader: MappingReader, into diagnostics: inout [Diagnostic]
  ) -> [YAMLNode] {
    guard let list = reader.optionalNode(key, into: &diagnostics) else { return [] }
    if case .sequence(let items) = list.content { return items }
    diagnostics.append(
      .wrongKind(
        of: "'\(key)'", expected: "a list (each \(item) begins with '- \(item):')", found: list))
    return []
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
    _ key: String, _ path: WritableKeyPath<Self, [Named]>, _ kind: SharedDeclaration,
    of reader: MappingReader, into diagnostics: inout [Diagnostic]
  ) {
    guard let node = reader.optionalNode(key, into: &diagnostics),
      let pairs = MappingReader.pairs(of: node, what: "'\(key)'", into: &diagnostics)
    else { return }
    for (name, entry) in pairs {
      guard let index = positions[kind]?[name] else {
        positions[kind, default: [:]][name] = self[keyPath: path].count
        self[keyPath: path].append(Named(name: name, key: entry.key.range, node: entry.value))
        continue
      }
      let first = self[keyPath: path][index]
      if let merged = kind.merging(first.node, with: entry.value) {
        self[keyPath: path][index] = Named(
          name: name, key: first.key, node: merged, isMerged: true)
      } else {
        diagnostics.append(
          .duplicate("\(kind.phrase) '\(name)'", at: entry.key.range, first: first.key))
      }
    }
  }

  /// Puts the decisions of several files in an order that does not depend on the files' names: those of one
  /// file stay together as they stand, and the files come by the name of their first decision.
  mutating func sortDecisions() {
    var groups: [[Named]] = []
    for decision in decisions {
      if let last = groups.last?.last, last.key.source == decision.key.source {
        groups[groups.count - 1].append(decision)
      } else {
        groups.append([decision])
      }
    }
    decisions = groups.sorted { ($0.first?.name ?? "") < ($1.first?.name ?? "") }.flatMap(\.self)
  }

  /// Puts the rules in the order of their ids, which is theirs wherever they stand.
  ///
  /// Reasons and ways out come in this order: it stays the same when a file gets another name, or a rule
  /// moves to another file.
  mutating func sortRules() {
    let ids = rules.map { $0.node["rule"]?.scalar?.text }
    let order = rules.indices.sorted { left, right in
      guard let first = ids[left], let second = ids[right], first != second else {
        // What has no id is a mistake, and stays behind.
        return (ids[left] == nil ? 1 : 0, left) < (ids[right] == nil ? 1 : 0, right)
      }
      return first < second
    }
    rules = order.map { rules[$0] }
  }
}
