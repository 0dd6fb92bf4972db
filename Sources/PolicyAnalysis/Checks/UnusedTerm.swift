import CEL
import PolicyEngine

/// Terms that no expression reads.
enum UnusedTerm: Check {
  static let check = LintCheck.unusedTerm

  static func findings(in context: LintContext) -> [Finding] {
    context.policies.vocabulary.types.flatMap { type in
      type.terms.enumerated().compactMap { index, term in
        let field = FieldReference(
          typeName: type.name, index: type.facts.count + index, name: term.name)
        guard !context.usage.fields.contains(field) else { return nil }
        return Finding(
          "nothing reads term '\(term.name)' of \(type.name)", at: term.range, or: [type.range],
          why: "what it says decides nothing, however it is changed",
          help: "use it where it is meant, or remove it")
      }
    }
  }
}
