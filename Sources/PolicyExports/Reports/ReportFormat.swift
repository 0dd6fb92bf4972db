package import CEL
package import Diagnostics
import PolicyEngine

/// How sessions are counted for a report, and how the file of the report is written.
package struct ReportFormat: Identifiable, Sendable {
  /// What is counted apart.
  package struct Grouping: Sendable {
    /// How a subject's groups are found.
    package enum Kind: Sendable {
      /// The value of an expression.
      case value(CheckedExpression)
      /// The facts of an object that are true, by their words: one that is added to the vocabulary is a group of its own.
      case facts(CheckedExpression)
    }

    /// The name of what the groups are, such as `Qualifier`.
    package let by: String
    /// How a subject's groups are found.
    package let kind: Kind
  }

  /// A column of the file.
  package struct Column: Sendable {
    /// Where its value comes from.
    package enum Kind: Sendable {
      /// An expression about one of the row's subjects.
      case value(CheckedExpression)
      /// An expression about each of the row's subjects, added up.
      case sum(CheckedExpression)
    }

    /// Its name in the file's first row.
    package let header: String
    /// Where its value comes from.
    package let kind: Kind
    /// How the value is written.
    package let format: CellFormat
  }

  /// The first day of a year, in a calendar year.
  package struct YearStart: Hashable, Sendable {
    /// The month, from 1 on.
    package let month: Int
    /// The day of the month.
    package let day: Int
  }

  /// Names the report.
  package let id: String
  /// What it is called.
  package let title: String
  /// What whoever reads it should know.
  package let help: String?
  /// The index of the decision that lets a session count.
  package let decision: Int
  /// The index of the type of which each value counts.
  package let subjectType: Int
  /// How many whole minutes a subject counts.
  package let minutes: CheckedExpression
  /// When a year begins.
  package let yearBegins: YearStart
  /// What is counted apart.
  package let groupings: [Grouping]
  /// What tells one row of the file from another.
  package let row: CheckedExpression
  /// The columns of the file, in their order.
  package let columns: [Column]
  /// The file that says all this.
  package let source: Source

  /// The year that a day is in: the number of the calendar year in which it ends.
  package func year(of day: CivilDate) -> Int {
    let start = (yearBegins.month, yearBegins.day)
    return start == (1, 1) || (day.month, day.day) < start ? day.year : day.year + 1
  }

  /// The first and the last day of a year; nil outside the calendar.
  package func days(ofYear year: Int) -> ClosedRange<CivilDate>? {
    let isCalendarYear = yearBegins == YearStart(month: 1, day: 1)
    guard
      let first = CivilDate(
        year: isCalendarYear ? year : year - 1, month: yearBegins.month, day: yearBegins.day),
      let last = first.adding(months: 12)?.adding(days: -1)
    else { return nil }
    return first...last
  }
}
