/// The keys that may stand in each kind of mapping of a fixture file.
///
/// One place for the loader, which refuses all others, and for the schema that editors complete from.
package enum FixtureKeys {
  package static let file = ["topic", "base", "today", "cases"]
  package static let `case` = ["case", "base", "today", "change", "remove", "expect"]
  package static let table = [
    "table", "base", "today", "change", "remove", "expect", "columns", "rows",
  ]
  package static let columns = ["change", "expect"]
  package static let expect = [
    "decisions", "gives", "violated", "undetermined", "warnings", "observed", "waived", "outcomes",
    "reason", "fix", "terms", "parameters", "mistake",
  ]
  /// The lists of rules that were found.
  package static let findings = ["violated", "undetermined", "warnings", "observed", "waived"]
  /// A rule that is violated or warns.
  package static let finding = ["rule", "at"]
  /// A rule that is undetermined.
  package static let undetermined = ["rule", "at", "missing"]
  package static let fix = ["do", "by", "prospect"]
  /// The outcomes that a rule may have.
  package static let ruleOutcomes = OutcomeWord.allCases.map(\.rawValue)
}
