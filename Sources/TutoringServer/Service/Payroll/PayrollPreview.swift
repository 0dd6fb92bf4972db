#if Server
package import CEL
package import PolicyExports
import TutoringSessions

/// What somebody wants to be exported.
package struct PayrollQuestion: Hashable, Sendable {
  /// The name of the format; nil for the first one.
  package var format: String?
  /// The first and the last day of the sessions; nil for the month that is about to be paid.
  package var period: ClosedRange<CivilDate>?

  /// A question about the usual format and period.
  package init(format: String? = nil, period: ClosedRange<CivilDate>? = nil) {
    self.format = format
    self.period = period
  }
}

/// What an export would be if it were made now.
package struct PayrollPreview: Sendable {
  /// A row with the session that it is of.
  package struct Row: Sendable {
    /// The session's id.
    package let session: String
    /// The row.
    package let row: ExportRow
  }

  /// A session that would not go out.
  package struct LeftOut: Sendable {
    /// The session's id.
    package let session: String
    /// The session's tutor.
    package let tutor: String
    /// The rules that stand in the way.
    package let rules: [String]
    /// Whether one of them can't be told for lack of a fact.
    package let isUndetermined: Bool
    /// Why it could not be decided or written at all.
    package let failure: String?
    /// What it would count; nil where it could not be decided.
    package let worth: RowMaker.Worth?

    /// The minutes that it would count; nil where they are not known.
    package var minutes: Int? { worth?.minutes }
  }

  /// What a rule keeps from going out.
  package struct Blocker: Sendable, Identifiable {
    /// The rule's id.
    package let id: String
    /// The rule in one sentence.
    package let title: String
    /// What the sessions that it stands in the way of would count, alone or with other rules, as far as it is known; each
    /// session is a row.
    package var sums: ExportTotals.Sum
    /// The same of those that nothing else stands in the way of.
    package var sumsAlone: ExportTotals.Sum
    /// How many tutors' sessions they are.
    package var tutors = 0

    /// The sessions that it stands in the way of, alone or with others.
    package var sessions: Int { sums.rows }
    /// Those that nothing else stands in the way of.
    package var alone: Int { sumsAlone.rows }
    /// The minutes of those sessions.
    package var minutes: Int { sums.minutes }
    /// The minutes of those that nothing else stands in the way of.
    package var minutesAlone: Int { sumsAlone.minutes }
  }

  /// What becomes of the sessions of a week.
  package struct Week: Sendable {
    /// The Monday on which it begins.
    package let monday: CivilDate
    /// How many go out.
    package var goesOut = 0
    /// How many are left out, since a rule is violated or they can't be written.
    package var leftOut = 0
    /// How many are left out for lack of a fact alone.
    package var notKnown = 0

    /// A week without sessions.
    package init(_ monday: CivilDate) { self.monday = monday }
  }

  /// All formats there are.
  package let formats: [ExportFormat]
  /// The format.
  package let format: ExportFormat
  /// The first and the last day of the sessions.
  package let period: ClosedRange<CivilDate>
  /// The number that the export would get.
  package let batch: Int
  /// The rows of the file.
  package let rows: [Row]
  /// How many sessions would go out.
  package let sessions: Int
  /// The sessions whose corrections people make by hand in the other system.
  package let byHand: [String]
  /// What the rows add up to.
  package let totals: ExportTotals
  /// The SHA-256 of the file.
  package let digest: String
  /// The sessions that would not go out.
  package let leftOut: [LeftOut]
  /// What keeps sessions from going out: rules that do so alone first, by minutes.
  package let blockers: [Blocker]
  /// What becomes of the sessions, week by week.
  package let weeks: [Week]
  /// A few of the sessions that would not go out, those with the next deadline first.
  package let shownLeftOut: [SessionSummary]
  /// How many sessions before the period have ended and never went out.
  package let unexportedBefore: Int
  /// How many sessions of the period still run.
  package let running: Int
}
#endif
