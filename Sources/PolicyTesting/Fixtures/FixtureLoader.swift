import CEL
import Diagnostics
import PolicyEngine
import YAML

/// Turns fixture files into cases; every name in them is resolved, and every mistake reported.
struct FixtureLoader {
  let policies: PolicySet
  /// Reads a base by its path.
  let readFile: (String) throws -> Source
  var diagnostics: [Diagnostic] = []
  private(set) var cases: [FixtureCase] = []
  /// Where the cases of each name stand, by topic: reports tell cases by these two.
  private var names: [CaseName: SourceRange] = [:]
  /// The bases read so far, by path; nil for those that could not be.
  private var bases: [String: YAMLNode?] = [:]
  /// The positions of the rules, by their ids.
  private let rules: [String: Int]

  /// What a file says for all its cases.
  struct Defaults {
    let topic: String
    /// The path of the file, from which bases are found.
    let file: String
    var base: FixtureBase?
    var today: CivilDate?
    /// The keys that are there but mistaken: that has been reported, and is not at each case again.
    var mistaken: Set<String> = []
  }

  /// A case before its session is read.
  struct Draft {
    let name: String
    let range: SourceRange
    let base: FixtureBase
    let today: CivilDate
    let changes: [DocumentChange]
    /// Whether a change may give what the base has already, as a row of a table may.
    let mayRepeat: Bool
    let expectation: Expectation
  }

  /// What tells one case from another.
  private struct CaseName: Hashable {
    let topic: String
    let name: String
  }

  init(policies: PolicySet, readFile: @escaping (String) throws -> Source) {
    self.policies = policies
    self.readFile = readFile
    rules = Dictionary(policies.rules.enumerated().map { ($1.id, $0) }) { first, _ in first }
  }

  /// The rule of an id.
  func rule(named id: String) -> Rule? { rules[id].map { policies.rules[$0] } }

  mutating func load(_ source: Source) {
    let count = diagnostics.count
    let nodes = YAMLReader.read(source, into: &diagnostics)
    guard diagnostics.count == count else { return }
    guard let node = nodes.first, nodes.count == 1 else {
      return diagnostics.append(.noFixtures(in: source))
    }
    guard
      let file = MappingReader(
        node, what: "a fixture file", keys: FixtureKeys.file, into: &diagnostics),
      let topic = file.requiredText("topic", into: &diagnostics)
    else { return }
    var defaults = Defaults(topic: topic, file: source.name)
    defaults.base = base(of: file, in: defaults.file)
    defaults.today = today(of: file)
    if defaults.base == nil, file.has("base") { defaults.mistaken.insert("base") }
    if defaults.today == nil, file.has("today") { defaults.mistaken.insert("today") }
    guard let list = file.requiredNode("cases", into: &diagnostics) else { return }
    guard let items = list.elements else {
      return diagnostics.append(
        .wrongKind(of: "'cases'", expected: "a list (each begins with '- case:')", found: list))
    }
    if items.isEmpty { diagnostics.append(.noCases(at: list.range)) }
    for draft in items.flatMap({ drafts(of: $0, defaults) }) {
      let name = CaseName(topic: topic, name: draft.name)
      if let first = names[name] {
        diagnostics.append(
          .duplicateCase(
            draft.name, of: topic, at: draft.range, first: first))
      } else {
        names[name] = draft.range
      }
      if let fixture = read(draft, topic: defaults.topic) { cases.append(fixture) }
    }
  }

  private mutating func drafts(of node: YAMLNode, _ defaults: Defaults) -> [Draft] {
    if node["table"] != nil { return tableDrafts(of: node, defaults) }
    guard
      let reader = MappingReader(
        node, what: "a case", keys: FixtureKeys.case,
        into: &diagnostics),
      let name = reader.requiredText("case", into: &diagnostics), let place = node["case"]?.range
    else { return [] }
    let common = common(of: reader, defaults, at: place)
    guard let expected = reader.requiredNode("expect", into: &diagnostics),
      let expectation = expectation(in: expected), let common
    else { return [] }
    guard let today = common.today else {
      reportNoToday(at: place, defaults)
      return []
    }
    return [
      Draft(
        name: name, range: place, base: common.base, today: today, changes: common.changes,
        mayRepeat: false, expectation: expectation)
    ]
  }

  /// What a case and a table have alike.
  struct Common {
    let base: FixtureBase
    let today: CivilDate?
    let changes: [DocumentChange]
  }

  /// What a case and a table have alike; nil when something is wrong with it.
  mutating func common(
    of reader: MappingReader, _ defaults: Defaults, at place: SourceRange
  ) -> Common? {
    let count = diagnostics.count
    let own = base(of: reader, in: defaults.file)
    let today = today(of: reader) ?? defaults.today
    let changes = changes(of: reader)
    if own == nil, !reader.has("base"), defaults.base == nil, !defaults.mistaken.contains("base") {
      diagnostics.append(.noBase(at: place))
    }
    guard diagnostics.count == count, let base = own ?? defaults.base else { return nil }
    return Common(base: base, today: today, changes: changes)
  }

  /// Notes that a case is decided for no date, unless its file names one that is mistaken.
  mutating func reportNoToday(at place: SourceRange, _ defaults: Defaults) {
    if !defaults.mistaken.contains("today") { diagnostics.append(.noToday(at: place)) }
  }

  private mutating func base(of reader: MappingReader, in file: String) -> FixtureBase? {
    guard let node = reader.optionalNode("base", into: &diagnostics) else { return nil }
    if case .mapping = node.content { return FixtureBase(node: node, path: nil) }
    guard let path = MappingReader.text(of: node, what: "'base'", into: &diagnostics) else {
      return nil
    }
    let resolved = FixtureFiles.path(ofBase: path, namedIn: file)
    if bases[resolved] == nil { bases[resolved] = .some(readBase(resolved, at: node.range)) }
    return bases[resolved]?.map { FixtureBase(node: $0, path: path) }
  }

  private mutating func readBase(_ path: String, at range: SourceRange) -> YAMLNode? {
    let source: Source
    do {
      source = try readFile(path)
    } catch {
      diagnostics.append(.unreadableBase(path, why: error, at: range))
      return nil
    }
    let count = diagnostics.count
    let nodes = YAMLReader.read(source, into: &diagnostics)
    guard diagnostics.count == count else { return nil }
    guard let node = nodes.first, nodes.count == 1 else {
      diagnostics.append(.notOneSession(path, count: nodes.count, at: range))
      return nil
    }
    return node
  }

  private mutating func today(of reader: MappingReader) -> CivilDate? {
    reader.optionalNode("today", into: &diagnostics).flatMap { date(in: $0) }
  }

  mutating func date(in node: YAMLNode) -> CivilDate? {
    guard case .date(let date)? = policies.constant(node, as: .date, into: &diagnostics) else {
      return nil
    }
    return date
  }

  private mutating func changes(of reader: MappingReader) -> [DocumentChange] {
    var changes: [DocumentChange] = []
    if let node = reader.optionalNode("change", into: &diagnostics) {
      let pairs = MappingReader.pairs(of: node, what: "'change'", into: &diagnostics) ?? []
      for (text, entry) in pairs {
        guard let path = path(text, at: entry.key.range) else { continue }
        changes.append(.set(path, entry.value))
      }
    }
    let removed = reader.texts("remove", into: &diagnostics).compactMap { text, range in
      path(text, at: range)
    }
    // From the back, so that every position is that of the list before anything was removed from it.
    return changes + removed.sorted { $0.isRemovedBefore($1) }.map { .remove($0) }
  }

  /// The path in a text, whose every step the vocabulary knows.
  mutating func path(_ text: String, at range: SourceRange) -> FactPath? {
    guard
      let path = FactPath(text, documentName: policies.vocabulary.documentName, at: range)
    else {
      diagnostics.append(.noPath(text, at: range))
      return nil
    }
    guard path.resolve(in: policies.vocabulary, into: &diagnostics) != nil else { return nil }
    return path
  }

  /// The case of a draft, its session read; nil when something is wrong with it.
  private mutating func read(_ draft: Draft, topic: String) -> FixtureCase? {
    let count = diagnostics.count
    var node = draft.base.node
    for change in draft.changes {
      do {
        node = try change.applied(to: node, mayRepeat: draft.mayRepeat)
      } catch {
        diagnostics.append(error.diagnostic)
      }
    }
    guard diagnostics.count == count else { return nil }
    let decisions = decisions(for: draft.expectation)
    checkScope(of: draft.expectation, decisions: decisions)
    var mistakes: [Diagnostic] = []
    let document = FactDocument.read(
      yaml: node, schema: policies.vocabulary.schema, into: &mistakes)
    if draft.expectation.mistake == nil { diagnostics += mistakes }
    guard diagnostics.count == count else { return nil }
    return FixtureCase(
      topic: topic, name: draft.name, range: draft.range, today: draft.today, base: draft.base,
      changes: draft.changes, node: node,
      document: document, mistakes: mistakes, decisions: decisions,
      expectation: draft.expectation)
  }

  private func decisions(for expectation: Expectation) -> [Int] {
    var named: [Int] = []
    for name in expectation.decisions.map(\.name) + expectation.gives.map(\.decision) {
      if let index = policies.decisionIndex(named: name), !named.contains(index) {
        named.append(index)
      }
    }
    return named.isEmpty ? policies.defaultDecisions : named
  }

  /// Reports rules that have no say in what is decided: nothing expected of them could come true.
  private mutating func checkScope(of expectation: Expectation, decisions: [Int]) {
    let decided = Set(policies.decisionsNeeded(by: decisions))
    for (id, range) in expectation.rules {
      guard let rule = rule(named: id),
        decided.isDisjoint(with: rule.decides)
      else { continue }
      diagnostics.append(
        .ruleWithoutSay(id, decides: rule.decides.map { policies.decisions[$0].name }, at: range))
    }
  }
}

extension FactPath {
  /// Whether one of two paths is to be removed first, for the other to lead where it was meant to.
  ///
  /// Of two elements of a list that is the later one, and what stands in an element goes before it.
  fileprivate func isRemovedBefore(_ other: FactPath) -> Bool {
    for (own, step) in zip(steps, other.steps) where own != step {
      return switch (own, step) {
      case (.index(let own), .index(let step)): own > step
      case (.field(let own), .field(let step)): own < step
      default: false
      }
    }
    return steps.count > other.steps.count
  }
}
