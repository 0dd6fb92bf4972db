import CEL

/// The keys that may stand in each kind of mapping of a policy file.
///
/// One place for the loader, which refuses all others, and for the schemas that editors complete from.
package enum PolicyKeys {
  package static let file = [
    "document", "currency", "governedBy", "timeZone", "identifiedBy", "belongsTo", "sourceTitle",
    "reader", "enumerations", "types", "parameters", "calendars", "decisions", "topic", "rules",
    "exceptions",
  ]
  /// Those that declare what rules may speak of.
  static let words = file.filter { !["topic", "rules", "exceptions"].contains($0) }
  package static let enumerationCase = ["label", "help", "lint"]
  package static let type = ["label", "summary", "facts", "terms", "lint"]
  package static let fact = [
    "type", "label", "changedBy", "confidential", "optional", "atMost", "nature", "allowedBy",
    "whenSupplied", "example", "changes", "choices", "names", "help", "shownWhen", "lint",
  ]
  /// A way in which a fact may change.
  package static let change = ["do", "if", "loses", "alsoSets", "forEach"]
  /// What a change does to facts of other things.
  package static let effect = ["each", "fact", "when", "to"]
  package static let term = ["label", "is", "lint"]
  package static let parameter = ["label", "type", "atMost", "values", "source", "quote", "lint"]
  package static let calendar = [
    "label", "source", "quote", "weekdays", "years", "byKey", "calendars", "lint",
  ]
  /// One of the calendars of a table.
  package static let keyedCalendar = ["weekdays", "years"]
  /// The days of the week, as calendars name them.
  package static let weekdays = Weekday.names
  package static let calendarYear = ["days", "weekdays", "closed", "open", "terms"]
  package static let decision = [
    "title", "about", "verdicts", "gives", "by", "order", "otherwise", "needs", "onRequest", "lint",
  ]
  package static let verdicts = ["pass", "fail"]
  package static let rule = [
    "rule", "title", "about", "decides", "grants", "when", "unless", "require", "gives", "because",
    "fix",
    "source",
    "quote", "severity", "effective", "lint",
  ]
  package static let exception = [
    "exception", "to", "when", "reason", "approvedBy", "effective", "source",
  ]
  package static let condition = ["all", "any", "none"]
  package static let effective = ["from", "until"]
  package static let fix = ["do", "by"]
}
