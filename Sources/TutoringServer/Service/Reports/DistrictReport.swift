#if Server
package import CEL
package import PolicyExports
import TutoringSessions

/// What somebody wants to be counted.
package struct ReportQuestion: Hashable, Sendable {
  /// The name of the report; nil for the first one.
  package var report: String?
  /// The year, by the number of the calendar year in which it ends; nil for the one that today is in.
  package var year: Int?

  /// A question about the first report of this year.
  package init(report: String? = nil, year: Int? = nil) {
    self.report = report
    self.year = year
  }
}

/// A report of a year: what counts, by groups and months, and what does not, and why.
package struct DistrictReport: Sendable {
  /// A session with what its subjects count.
  package struct Counted: Sendable {
    /// What one subject counts, as little as what stands behind a number is found by: a year has hundreds of thousands.
    package struct Entry: Sendable {
      /// The month that it counts for.
      let month: Report.Month
      /// The minutes that it counts.
      let minutes: Int
      /// The numbers that the report gives to the groups that it is in.
      var groups: [Int]
    }

    /// The session's id.
    package let session: String
    /// What its subjects count.
    package var entries: [Entry]
  }

  /// Sessions that a rule keeps from counting.
  package struct NotCounted: Sendable, Identifiable {
    /// The rule's id; empty for those that could not be decided or counted at all.
    package let id: String
    /// The rule in one sentence, or why they could not be decided.
    package let title: String
    /// The sessions.
    package var sessions: [String] = []
  }

  /// All reports there are.
  package let formats: [ReportFormat]
  /// The report.
  package let format: ReportFormat
  /// The year.
  package let year: Int
  /// The first and the last day of the year.
  package let days: ClosedRange<CivilDate>
  /// The name of the decision that lets a session count.
  package let decisionName: String
  /// What it adds up to.
  package let report: Report
  /// The sessions that count.
  package let counted: [Counted]
  /// Those that don't, by the rules that say so; a session may be in several.
  package let refused: [NotCounted]
  /// Those of which it can't be told, by the rules that can't be decided.
  package let undetermined: [NotCounted]
  /// How many sessions don't count since a rule says so.
  package let refusedSessions: Int
  /// How many sessions there are of which it can't be told.
  package let undeterminedSessions: Int

  /// The months of the year, those alone in which something counts.
  package var months: [Report.Month] {
    report.months.keys.sorted()
  }
}

/// What stands behind a number of a report.
package struct ReportNumber: Hashable, Sendable {
  /// The position of the grouping.
  package let grouping: Int
  /// The group; nil for all.
  package let group: String?
  /// The month; nil for the whole year.
  package let month: Report.Month?

  /// The number of a group in a month.
  package init(grouping: Int, group: String?, month: Report.Month?) {
    self.grouping = grouping
    self.group = group
    self.month = month
  }
}

extension DistrictReport {
  /// The sessions that make up a number, with the minutes of each.
  package func sessions(behind number: ReportNumber) -> [(session: String, minutes: Int)] {
    var wanted: Int?
    if let group = number.group {
      wanted = report.number(of: group, by: number.grouping)
      if wanted == nil { return [] }
    }
    return counted.compactMap { counted in
      let minutes = counted.entries.reduce(into: nil as Int?) { sum, entry in
        if let month = number.month, month != entry.month { return }
        if let wanted, !entry.groups.contains(wanted) { return }
        sum = (sum ?? 0) + entry.minutes
      }
      return minutes.map { (counted.session, $0) }
    }
  }
}
#endif
