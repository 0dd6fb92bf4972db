import CEL
import Diagnostics
import PolicyEngine

/// Parameters that have no value yet while rules that read them are in force.
///
/// A rule without a first day counts from the first date that the policy set knows: that of the earliest
/// value of a parameter or the earliest first day of a rule.
enum ParameterWithoutValue: Check {
  static let check = LintCheck.parameterWithoutValue

  static func findings(in context: LintContext) -> [Finding] {
    let parameters = context.policies.vocabulary.parameters
    let dates =
      parameters.flatMap(\.values).map(\.from)
      + context.policies.rules.compactMap { $0.effective?.from }
    guard let start = dates.min() else { return [] }
    return parameters.enumerated().compactMap { index, parameter in
      guard let first = parameter.values.first else { return nil }
      let early = context.policies.rules.filter { rule in
        (rule.effective?.from ?? start) < first.from
          && (rule.effective?.until.map { $0 >= start } ?? true)
          && rule.conditions.contains {
            context.parameterReading.parameters(of: $0).contains(index)
          }
      }
      guard let rule = early.first else { return nil }
      let begin = early.map { $0.effective?.from ?? start }.min() ?? start
      return Finding(
        "parameter '\(parameter.name)' has no value before \(first.from), and rule '\(rule.id)' is "
          + "in force from \(begin) on", at: parameter.range, or: early.map(\.range),
        why:
          "on dates between the two the rule is undetermined, and nothing that it decides passes",
        notes: early.map { Diagnostic.Note("a rule that needs it", at: $0.range) },
        help:
          "add the value of that time, or let the rule begin with 'effective: {from: \(first.from)}'"
      )
    }
  }
}
