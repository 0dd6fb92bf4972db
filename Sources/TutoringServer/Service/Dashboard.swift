#if Server
package import CEL
package import TutoringSessions

/// What a person sees first.
package struct Dashboard: Sendable {
  /// The sessions that run; for a tutor at most one, unless the policies allow more.
  package let active: [SessionSummary]
  /// The sessions of the page that somebody should do something about, the most urgent first.
  package let needingAttention: [SessionSummary]
  /// All others of the page, the newest first.
  package let others: [SessionSummary]
  /// The session to ask for the next page with; nil on the last page.
  package let next: String?
  /// The time at which it was asked for.
  package let now: OffsetDateTime
  /// The policies that decided.
  package let policies: PolicyKeeper.Taken
  /// The place in the log of the last event before it was asked for.
  package let lastEvent: Int64

  /// The day decided for.
  package var today: CivilDate { now.localDate }
}

/// What the dialog for a new session offers.
package struct NewSessionForm: Sendable {
  /// The groups that the tutor may choose.
  package let groups: [GroupRecord]
  /// The work orders that the tutor may use on the day of the session, with their words.
  package let workOrders: [WayOut.Choice]
  /// The schools at which the tutor is approved.
  package let schools: [SchoolRecord]
  /// The sessions of the tutor that run.
  package let active: [SessionSummary]
  /// What `start` would say of what was entered so far.
  package let preview: Preview
  /// The time at which it was asked for.
  package let now: OffsetDateTime
  /// The policies that decided.
  package let policies: PolicyKeeper.Taken
}

/// What the dialog for tags offers.
package struct TagsForm: Sendable {
  /// A tag that can be chosen.
  package struct Choice: Hashable, Sendable {
    /// What the session document holds.
    package let value: String
    /// The tag in people's words.
    package let label: String
    /// How many sessions of the tutor carry it.
    package let uses: Int
    /// Whether the session carries it.
    package let isChosen: Bool
  }

  /// The tags of the lists that the policies allow, the most used first.
  package let choices: [Choice]
  /// The tutor's own tags, the most used first, those of the session among them.
  package let own: [Choice]
  /// What the policies say against tagging the session; nil where they allow it.
  package let refusal: Refusal?
  /// The session.
  package let record: SessionRecord
}
#endif
