import PolicyEngine

/// Parameters that no expression reads.
enum UnusedParameter: Check {
  static let check = LintCheck.unusedParameter

  static func findings(in context: LintContext) -> [Finding] {
    context.policies.vocabulary.parameters.enumerated()
      .filter { !context.usage.parameters.contains($0.offset) }
      .map { _, parameter in
        Finding(
          "nothing reads parameter '\(parameter.name)'", at: parameter.range,
          why:
            "a change of its values would change nothing, and whoever makes it will not learn of it",
          help: "use it where its value is meant, or remove it")
      }
  }
}
