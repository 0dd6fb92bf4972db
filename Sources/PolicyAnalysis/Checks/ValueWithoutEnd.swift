import Diagnostics
import PolicyEngine

/// Parameters that got another value every year, and whose last value goes on holding after its year.
enum ValueWithoutEnd: Check {
  static let check = LintCheck.valueWithoutEnd

  static func findings(in context: LintContext) -> [Finding] {
    context.policies.vocabulary.parameters.compactMap { parameter in
      guard let last = parameter.values.last, let next = parameter.expectedChange else {
        return nil
      }
      return Finding(
        "the value of '\(parameter.name)' from \(last.from) has no end, and there was another one every "
          + "year", at: last.range, or: [parameter.range],
        why: "what is dated \(next) or later is decided by the value of a year that is over",
        help: "write '\(next): none' behind it until the next one is known")
    }
  }
}
