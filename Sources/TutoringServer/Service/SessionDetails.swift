#if Server
package import CEL
package import PolicyEngine
package import PolicyRendering
package import TutoringSessions

/// All that a page about one session shows.
package struct SessionDetails: Sendable {
  /// The session in a line, with its record.
  package let summary: SessionSummary
  /// The policies that decided.
  package let policies: PolicyKeeper.Taken
  /// The day decided for.
  package let today: CivilDate
  /// The time at which it was asked for.
  package let now: OffsetDateTime
  /// What would make each decision pass, proved, step by step and the best first.
  package let waysOut: [WayOut]
  /// In a line for each decision that does not pass: what to do, or why nothing helps.
  package let outlook: [Outlook]
  /// The students of the session's group, in the order of their names; empty for an ad hoc session.
  package let groupMembers: [StudentCard]
  /// What the reader may do to the session as it is, by the names of actions.
  package let actions: Set<String>
  /// What the policies refuse that the session's life would allow, by the names of actions.
  package let refusals: [String: Refusal]
  /// The session as the policies read it, to draw forms by; nil where it can't be decided.
  package let document: FactDocument?

  /// What would help a decision, in a line.
  package struct Outlook: Hashable, Sendable {
    /// The decision's name.
    package let decision: String
    /// The decision in people's words.
    package let title: String
    /// What to do, or why nothing helps.
    package let line: String
    /// The last day for it.
    package let until: CivilDate?
  }

  /// The record.
  package var record: SessionRecord { summary.record }

  /// What stands in the way of an encounter, or warns of it, by the encounter's id.
  package func reasons(for encounter: Int) -> [Reason] {
    guard let index = record.presentEncounters.firstIndex(where: { $0.id == encounter }) else {
      return []
    }
    return summary.reasons.filter {
      $0.at == "encounters[\(index)]" || $0.at.hasPrefix("encounters[\(index)].")
    }
  }
}

/// What the policies say of a session as it would be after an action that nobody has taken yet.
package struct Preview: Sendable {
  /// The session as it would be.
  package let record: SessionRecord
  /// What the decision of the action's name says; nil where the policies declare none: then it is allowed.
  package let refusal: Refusal?
  /// Why it can't be done whatever the policies say; nil where it can.
  package let obstacle: LifeRefusal?
  /// What stands in the way of the decisions that are decided without being asked for, or warns.
  package let reasons: [Reason]
  /// The session as it would be, as the policies read it, to draw forms by; nil where it can't be decided.
  package let document: FactDocument?

  /// Whether the action would be done.
  package var isAllowed: Bool { refusal == nil && obstacle == nil }
}

/// Why a session was decided as it was, for one reader.
package struct Why: Sendable {
  /// The session in a line.
  package let summary: SessionSummary
  /// The reasons; where something is supposed, as if that were so.
  package let report: ExplanationReport
  /// What would make it pass; nil where something is supposed, or what helps is kept from the reader.
  package let outlook: [SessionDetails.Outlook]
  /// The proved ways out of the session as it is.
  package let waysOut: [WayOut]
  /// Whether confidential facts are kept from the reader.
  package let isWithholding: Bool
  /// The same as JSON over several lines, as the command line's `explain --format json` has it.
  package let json: String
}
#endif
