import CEL
import Diagnostics
import PolicyEngine
import YAML

/// Looks for a session that tells changed policies from the right ones, and makes a case of it.
///
/// Tried are the sessions of the fixtures, then these with one fact changed that the changed rules read,
/// then with two. Those come first for which the changed rules apply. What is found is read as a fixture
/// and tried on both policies before anybody is shown it.
struct KillingCaseSearch: Sendable {
  private let baseline: MutationBaseline
  private let variants: SessionVariants

  /// How many sessions with one fact changed are tried for a change, and how many with two: hardly any
  /// change is told by a later one, and those that nothing tells take the whole of it.
  private static let limits = (single: 1_000, double: 200)

  init(_ baseline: MutationBaseline) {
    self.baseline = baseline
    variants = SessionVariants(
      baseline.revisions.policies, cases: baseline.cases.map(\.fixture))
  }

  /// A case in the form of fixture files; nil when no session was found.
  func killingCase(for mutation: Mutation, changed: PolicySet) -> String? {
    let original = baseline.revisions.policies
    let rules = baseline.reads.rules(in: mutation.scope)
    var decisions = Set(
      rules.map { $0.flatMap { original.rules[$0].decides } } ?? Array(original.decisions.indices))
    if decisions.isEmpty { decisions = Set(original.decisions.indices) }
    let difference = VerdictDifference(
      original: original, changed: changed, rules: rules, decisions: decisions.sorted(),
      isInText: mutation.isInText(of: original))
    var reads = baseline.reads.reads(ofRules: rules)
    // The right value of what was changed is a constant no longer, and the wrong one not yet.
    let changedReads = PolicyReads(changed).reads(
      ofRules: rules?.filter {
        changed.rules.indices.contains($0)
      })
    reads.constants += changedReads.constants
    for session in sessions(for: rules, facts: reads.facts, constants: reads.constants) {
      guard let expectation = difference.expectation(of: session) else { continue }
      let text = session.caseText(for: mutation, expectation: expectation)
      if isGood(text, of: session, changed: changed) { return text }
    }
    return nil
  }

  /// The sessions to try, lazily: most changes are told by one of the first.
  private func sessions(
    for rules: [Int]?, facts: Set<FieldReference>, constants: [CELValue]
  ) -> some Sequence<TriedSession> {
    let cases = baseline.cases.map { tried -> (tried: MutationBaseline.Case, rank: Int) in
      let applies = (rules ?? []).contains { rule in
        tried.outcomes[rule].contains {
          if case .doesNotApply = $0 { false } else { true }
        }
      }
      return (tried, applies ? 0 : 1)
    }.sorted { $0.rank < $1.rank }.map { TriedSession($0.tried.fixture, $0.tried.document) }
    let keys = Set(facts.compactMap { variants.key(of: $0) })
    let single = cases.lazy.flatMap { session in
      session.changed(by: variants, at: keys, constants)
    }
    let double = cases.prefix(4).lazy.flatMap { session in
      session.changed(by: variants, at: keys, constants).lazy.flatMap {
        $0.changed(by: variants, at: keys, constants)
      }
    }
    let schema = baseline.revisions.policies.vocabulary.schema
    return [
      AnySequence(cases), AnySequence(single.prefix(Self.limits.single)),
      AnySequence(double.prefix(Self.limits.double)),
    ].lazy.joined().lazy.compactMap { $0.read(by: schema) }
  }

  /// Whether a text is a case that passes on the right policies and fails on the changed ones.
  private func isGood(_ text: String, of session: TriedSession, changed: PolicySet) -> Bool {
    var diagnostics: [Diagnostic] = []
    let lines = text.split(separator: "\n").map { "  \($0)\n" }.joined()
    let suite = FixtureSuite.load(
      [Source(name: "", text: "topic: it\ncases:\n\(lines)")],
      policies: baseline.revisions.policies,
      readFile: { _ in session.fixture.base.node.range.source }, into: &diagnostics)
    guard diagnostics.isEmpty, let fixture = suite.cases.first else { return false }
    return fixture.passes(on: baseline.revisions.policies)
      && !fixture.rebased(on: changed).passes(on: changed)
  }
}

/// A session that is tried: that of a fixture, with more changes.
struct TriedSession {
  let fixture: FixtureCase
  private(set) var today: CivilDate
  private(set) var node: YAMLNode
  private(set) var document: FactDocument?
  /// The changes of the fixture and those made here, in order.
  private(set) var changes: [DocumentChange]

  init(_ fixture: FixtureCase, _ document: FactDocument) {
    self.fixture = fixture
    self.document = document
    today = fixture.today
    node = fixture.node
    changes = fixture.changes
  }

  /// The session with each change of one fact, and each other date decided for.
  func changed(
    by variants: SessionVariants, at keys: Set<SessionVariants.FactKey>, _ constants: [CELValue]
  ) -> [TriedSession] {
    let all = variants.places(in: node)
    let facts = all.filter { keys.contains($0.key) }.flatMap { place in
      variants.values(for: place, among: all, in: node, constants: constants).compactMap {
        setting(place.path, to: $0, variants.vocabulary)
      }
    }
    let dates = variants.steps.map { step in
      var other = self
      other.today = CivilDate(
        daysSinceEpoch: (variants.firstDate(among: all) ?? today).daysSinceEpoch
          &+ Int32(truncatingIfNeeded: step))
      return other
    }
    return facts + dates
  }

  private func setting(
    _ text: String, to value: YAMLNode, _ vocabulary: Vocabulary
  ) -> TriedSession? {
    guard let path = FactPath(text, documentName: vocabulary.documentName, at: value.range) else {
      return nil
    }
    let change = DocumentChange.set(path, value)
    guard let changed = try? change.applied(to: node, mayRepeat: true) else { return nil }
    var session = self
    session.node = changed
    session.document = nil
    // A key stands once in a mapping: the last value counts.
    session.changes.removeAll { $0.path.steps == path.steps }
    session.changes.append(change)
    return session
  }

  /// The session with its facts read; nil when it is none.
  func read(by schema: FactSchema) -> TriedSession? {
    if document != nil { return self }
    var session = self
    var ignored: [Diagnostic] = []
    session.document = FactDocument.read(yaml: node, schema: schema, into: &ignored)
    return session.document == nil ? nil : session
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
      case .remove(let path): removes.append("\"\(path.text)\"")
      }
    }
    if !sets.isEmpty { text += "  change:\n" + sets }
    if !removes.isEmpty { text += "  remove: [\(removes.joined(separator: ", "))]\n" }
    return text + "  expect:\n" + expectation
  }
}

extension Mutation {
  /// Whether the change is in the words of a rule's reason or fix, rather than in what it comes to.
  func isInText(of policies: PolicySet) -> Bool {
    guard case .rule(let index) = scope else { return false }
    let rule = policies.rules[index]
    let texts = [rule.because?.range, rule.fix?.action.range, rule.fix?.deadline?.range]
    return texts.contains { range in
      range.map { $0.source == edit.range.source && $0.bytes.overlaps(edit.range.bytes) } ?? false
    }
  }
}
