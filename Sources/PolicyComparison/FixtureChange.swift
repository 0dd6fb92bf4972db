import CEL
import Diagnostics
import PolicyEngine
package import PolicyTesting

/// A fixture whose session is decided otherwise by the new policies.
public struct FixtureChange: Sendable {
  /// The topic and the name of the case.
  public let title: String
  /// The decisions that came out otherwise.
  public let directions: [Replay.Direction]
  /// Where the case stands.
  let range: SourceRange

  /// The cases of a suite that both sets decide otherwise.
  package static func all(in suite: FixtureSuite, of plan: PolicyPlan) -> [FixtureChange] {
    let (old, new) = (plan.old.policies, plan.new.policies)
    return suite.cases.compactMap { fixture in
      guard let document = fixture.document else { return nil }
      let text = JSONText(document)
      let names = fixture.decisions.map { new.decisions[$0].name }
        .filter { old.decisionIndex(named: $0) != nil }
      let before = text.verdict(by: old, names, today: fixture.today)
      let after = text.verdict(by: new, names, today: fixture.today)
      guard let before, let after else { return nil }
      let directions = zip(before.decisions, after.decisions).filter { $0.outcome != $1.outcome }
        .map {
          Replay.Direction(decision: $0.name, old: $0.outcome, new: $1.outcome)
        }
      guard !directions.isEmpty else { return nil }
      return FixtureChange(title: fixture.title, directions: directions, range: fixture.range)
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
