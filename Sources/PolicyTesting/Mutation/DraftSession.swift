import CEL
import Diagnostics
import PolicyEngine
import YAML

/// A session that could become a case: that of a fixture, with more changes.
struct DraftSession {
  /// One more change.
  enum Change {
    case today(CivilDate)
    case fact(FactPath, YAMLNode)
  }

  let fixture: FixtureCase
  private(set) var today: CivilDate
  private var node: YAMLNode
  /// What is changed beside what the fixture changes, in order.
  private var added: [(path: FactPath, value: YAMLNode)] = []

  init(_ fixture: FixtureCase) {
    self.fixture = fixture
    today = fixture.today
    node = fixture.node
  }

  /// Every change of one fact to a value that could make a difference, and of the date decided for.
  func possibleChanges(
    _ variants: SessionVariants, at keys: Set<SessionVariants.FactKey>, _ constants: [CELValue]
  ) -> [Change] {
    let all = variants.places(in: node)
    let steps = variants.steps(with: constants)
    let facts = all.filter { keys.contains($0.key) }.flatMap { place -> [Change] in
      let name = variants.vocabulary.documentName
      guard let path = FactPath(place.path, documentName: name, at: node.range) else { return [] }
      return variants.values(
        for: place, among: all, in: node, constants: constants, steps: steps
      ).map { .fact(path, $0) }
    }
    let first = variants.firstDate(among: all) ?? today
    return facts
      + steps.map { step in
        .today(
          CivilDate(
            daysSinceEpoch: first.daysSinceEpoch &+ Int32(truncatingIfNeeded: step)))
      }
  }

  /// The session with a change; nil where that can't be made.
  func changed(by change: Change) -> DraftSession? {
    var session = self
    switch change {
    case .today(let date): session.today = date
    case .fact(let path, let value):
      let set = DocumentChange.set(path, value)
      guard let changed = try? set.applied(to: node, mayRepeat: true) else { return nil }
      session.node = changed
      session.added.removeAll { $0.path.steps == path.steps }
      session.added.append((path, value))
    }
    return session
  }

  /// The session with one change fewer than there are beside the fixture's, for each of them.
  var simpler: [DraftSession] {
    let dates = today == fixture.today ? [] : [with(added, today: fixture.today)]
    return
      (dates
      + added.indices.map { index in
        var rest = added
        rest.remove(at: index)
        return with(rest, today: today)
      }).compactMap(\.self)
  }

  private func with(
    _ changes: [(path: FactPath, value: YAMLNode)], today: CivilDate
  ) -> DraftSession? {
    changes.reduce(DraftSession(fixture).changed(by: .today(today))) { session, change in
      session?.changed(by: .fact(change.path, change.value))
    }
  }

  /// The facts; nil when the session is none.
  func document(by schema: FactSchema) -> FactDocument? {
    var ignored: [Diagnostic] = []
    // Many are kept, and nobody asks where their facts were written.
    return FactDocument.read(yaml: node, schema: schema, into: &ignored)?.withoutPlaces()
  }

  /// What is changed in the base, in order, as a case may have it.
  private var changes: [DocumentChange] {
    // A key stands once in a mapping: the last value counts.
    let own = fixture.changes.filter { change in
      !added.contains { $0.path.steps == change.path.steps }
    }
    var node = fixture.base.node
    return (own + added.map { .set($0.path, $0.value) }).filter { change in
      // A row of a table may give what the base has already; a case may not.
      guard let changed = try? change.applied(to: node, mayRepeat: false) else { return false }
      node = changed
      return true
    }
  }

  /// The session as a case of a fixture file.
  func caseText(for mutation: Mutation, expectation: String) -> String {
    let title = JSONValue.string("notices when \(mutation.change) (\(mutation.owner))").compact
    var text = "- case: \(title)\n"
    text += "  base: \(fixture.base.path ?? fixture.base.node.flowText)\n"
    text += "  today: \(today)\n"
    var sets = ""
    var removes: [String] = []
    for change in changes {
      switch change {
      case .set(let path, let value): sets += "    \(path.text): \(value.flowText)\n"
      // Suppositions add so; a case adds one element, by a path that is set.
      case .add: continue
      case .remove(let path): removes.append("\"\(path.text)\"")
      }
    }
    if !sets.isEmpty { text += "  change:\n" + sets }
    if !removes.isEmpty { text += "  remove: [\(removes.joined(separator: ", "))]\n" }
    return text + "  expect:\n" + expectation
  }
}
