import CEL
import Diagnostics
import PolicyEngine

/// Parameters that have no value while rules that read them are in force.
///
/// A rule without a first day counts from the earliest value of the parameters that it reads: from then on it
/// could be decided, if it weren't for the others. An end that is written down is meant.
enum ParameterWithoutValue: Check {
  static let check = LintCheck.parameterWithoutValue

  static func findings(in context: LintContext) -> [Finding] {
    let parameters = context.policies.vocabulary.parameters
    var readers: [Int: [Reader]] = [:]
    for rule in context.policies.rules {
      let read = rule.conditions.reduce(into: Set<Int>()) {
        $0.formUnion(context.parameterReading.parameters(of: $1))
      }.filter { !parameters[$0].isCalendar }
      let first = read.compactMap { parameters[$0].values.first?.from }.min()
      let earliest = read.filter { parameters[$0].values.first?.from == first }.min()
      for index in read {
        readers[index, default: []].append(
          Reader(rule: rule, start: rule.effective?.from ?? first, earliest: earliest))
      }
    }
    return parameters.enumerated().compactMap { index, parameter in
      tooLate(parameter, readers[index] ?? [], parameters)
    }
  }

  /// A rule that reads a parameter.
  private struct Reader {
    let rule: Rule
    /// The day from which the rule counts; nil where nothing tells.
    let start: CivilDate?
    /// The parameter with the earliest value among those that the rule reads.
    let earliest: Int?
  }

  /// A parameter whose first value comes later than rules that read it.
  private static func tooLate(
    _ parameter: Parameter, _ readers: [Reader], _ parameters: [Parameter]
  ) -> Finding? {
    guard let first = parameter.values.first else { return nil }
    let early = readers.filter { reader in
      guard let start = reader.start, start < first.from else { return false }
      return reader.rule.effective?.until.map { $0 >= start } ?? true
    }
    guard let reader = early.first, let start = reader.start else { return nil }
    let isDated = reader.rule.effective?.from != nil
    let other = reader.earliest.map { parameters[$0].name } ?? ""
    return Finding(
      "parameter '\(parameter.name)' has no value before \(first.from), and rule '\(reader.rule.id)' "
        + (isDated
          ? "is in force from \(start) on"
          : "needs it beside '\(other)', which has one from \(start) on"),
      at: parameter.range, or: early.map(\.rule.range),
      why: "on dates between the two the rule is undetermined, and nothing that it decides passes",
      notes: early.map { Diagnostic.Note("a rule that needs it", at: $0.rule.range) },
      help:
        "add the value of that time, or let the rule begin with 'effective: {from: \(first.from)}'")
  }
}
