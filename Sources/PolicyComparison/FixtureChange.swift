import CEL
import Diagnostics
import PolicyEngine
import PolicyTesting

/// A fixture whose session is decided otherwise by the new policies.
public struct FixtureChange: Sendable {
  /// The topic and the name of the case.
  public let title: String
  /// The decisions that came out otherwise.
  public let directions: [Replay.Direction]
  /// Where the case stands.
  let range: SourceRange
}

/// Decides cases by both policy sets, each once.
struct FixtureChanges {
  private let old: PolicySet
  private let new: PolicySet
  private var seen: Set<SourceRange> = []
  /// How many were decided by both.
  private(set) var tried = 0
  private var found: [FixtureChange] = []

  init(of plan: PolicyPlan) { (old, new) = (plan.old.policies, plan.new.policies) }

  /// The cases that both decide otherwise, in the order of their files.
  var changes: [FixtureChange] {
    found.sorted { left, right in
      (left.range.source.name, left.range.bytes.lowerBound)
        < (right.range.source.name, right.range.bytes.lowerBound)
    }
  }

  /// Decides the cases of a suite that was read for one of the sets.
  mutating func add(_ suite: FixtureSuite, of policies: PolicySet) {
    for fixture in suite.cases {
      guard let document = fixture.document, seen.insert(fixture.range).inserted else { continue }
      let text = JSONText(document)
      let names = fixture.decisions.map { policies.decisions[$0].name }.filter { name in
        [old, new].allSatisfy { $0.decisionIndex(named: name) != nil }
      }
      let before = text.verdict(by: old, names, today: fixture.today)
      let after = text.verdict(by: new, names, today: fixture.today)
      guard let before, let after else { continue }
      tried += 1
      let directions = zip(before.decisions, after.decisions).filter { $0.outcome != $1.outcome }
        .map { Replay.Direction(decision: $0.name, old: $0.outcome, new: $1.outcome) }
      guard !directions.isEmpty else { continue }
      found.append(
        FixtureChange(title: fixture.title, directions: directions, range: fixture.range))
    }
  }
}

/// A document as text, to be read again by another policy set.
private struct JSONText {
  let source: Source

  init(_ document: FactDocument) {
    source = Source(name: "", bytes: Array(document.text))
  }

  func verdict(by policies: PolicySet, _ decisions: [String], today: CivilDate) -> Verdict? {
    var diagnostics: [Diagnostic] = []
    guard
      let document = FactDocument.read(
        json: source, schema: policies.vocabulary.schema, into: &diagnostics),
      let indexes = try? policies.decisionIndexes(decisions)
    else { return nil }
    return policies.decide(document, today: today, decisions: indexes)
  }
}
