public import PolicyEngine
package import PolicyTesting

/// What a change of a policy set changes.
public struct PolicyPlan: Sendable {
  /// One of the two policy sets, with the name that it goes by.
  public struct Side: Sendable {
    /// How people name it: a folder or a revision.
    public let name: String
    /// The policies.
    public let policies: PolicySet

    /// A policy set by its name.
    public init(name: String, policies: PolicySet) {
      self.name = name
      self.policies = policies
    }
  }

  /// The policies as they were.
  public let old: Side
  /// The policies as they are to be.
  public let new: Side
  /// What was edited, by meaning.
  public let edits: [PolicyEdit]

  /// What is known of each decision and rule, whatever the session.
  public let proofs: [PlanProof]

  /// The fixtures that are decided otherwise.
  public private(set) var fixtures: [FixtureChange] = []
  /// How many fixtures were decided by both sets; 0 where there are none.
  public private(set) var fixturesTried = 0
  /// What recorded sessions are decided to be under both; nil where none were given.
  public package(set) var replay: Replay?
  /// The changes that are meant.
  public package(set) var expected = ExpectedChanges.none

  /// What of the changes is meant, and what is not.
  public var acknowledgement: Acknowledgement {
    let rules = old.policies.rules + new.policies.rules
    return Acknowledgement(
      expected, proofs: proofs, replay: replay,
      warnings: Set(rules.filter { $0.severity == .warning }.map(\.id)))
  }

  /// The plan of a change, as far as the policies alone tell.
  public init(old: Side, new: Side) { self.init(old: old, new: new, patience: .endless) }

  /// The plan of a change; what is not settled before the patience is over is said not to be.
  package init(old: Side, new: Side, patience: Patience) {
    self.old = old
    self.new = new
    edits = PolicyEdit.edits(from: old.policies, to: new.policies)
    let renamed = edits.filter { $0.kind == .renamed && $0.subject == .rule }.map {
      ($0.oldName ?? $0.name, $0.name)
    }
    proofs = PolicyProver(
      old: old.policies, new: new.policies,
      renamed: Dictionary(renamed, uniquingKeysWith: { first, _ in first }), patience: patience
    ).proofs()
  }

  /// Decides fixtures by both sets; `load` reads them for one of the sets.
  ///
  /// A case that expects what only one of the sets has, such as a rule that is gone, is read for that one alone.
  package mutating func decideFixtures(_ load: (PolicySet) -> FixtureSuite) {
    var found = FixtureChanges(of: self)
    for policies in [new.policies, old.policies] { found.add(load(policies), of: policies) }
    fixtures = found.changes
    fixturesTried = found.tried
  }
}
