import CEL
import Diagnostics
import PolicyEngine

/// Calendars that end before rules do that read them.
///
/// A rule without a last day could be in force for ever, as no calendar is: it counts to the last value of the
/// parameters that it reads, for whoever wrote that down meant the rule to be decided by it.
enum CalendarTooShort: Check {
  static let check = LintCheck.calendarTooShort

  static func findings(in context: LintContext) -> [Finding] {
    let parameters = context.policies.vocabulary.parameters
    return parameters.enumerated().compactMap { index, calendar -> Finding? in
      guard let end = calendar.calendars.map(\.span.upperBound).min() else { return nil }
      let late = context.policies.rules.compactMap { rule -> (rule: Rule, words: String)? in
        let read = rule.conditions.reduce(into: Set<Int>()) {
          $0.formUnion(context.parameterReading.parameters(of: $1))
        }
        guard read.contains(index),
          let words = need(of: rule, after: end, read.sorted().map { parameters[$0] })
        else { return nil }
        return (rule, words)
      }
      guard let first = late.first else { return nil }
      return Finding(
        "calendar '\(calendar.name)' ends on \(end), and rule '\(first.rule.id)' \(first.words)",
        at: calendar.range, or: late.map(\.rule.range),
        why: "the calendar does not have the later days, so that the rule is undetermined on them",
        notes: late.map { Diagnostic.Note("a rule that needs it", at: $0.rule.range) },
        help: "add the next year, or let the rule end with 'effective: {until: \(end)}'")
    }
  }

  /// Why a rule needs days after one; nil where nothing tells that it does.
  private static func need(
    of rule: Rule, after end: CivilDate, _ read: [Parameter]
  ) -> String? {
    if let from = rule.effective?.from, from > end { return "is in force from \(from) on" }
    if let until = rule.effective?.until {
      return until > end ? "is in force until \(until)" : nil
    }
    for parameter in read where !parameter.isCalendar {
      if let last = parameter.values.last, last.from > end {
        return "needs '\(parameter.name)' beside it, which has a value from \(last.from) on"
      }
    }
    return nil
  }
}
