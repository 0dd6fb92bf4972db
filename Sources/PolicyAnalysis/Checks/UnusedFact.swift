import CEL
import PolicyEngine

/// Facts that no expression reads, and on whose way no subject of a rule lies.
enum UnusedFact: Check {
  static let check = LintCheck.unusedFact

  static func findings(in context: LintContext) -> [Finding] {
    context.policies.vocabulary.types.flatMap { type in
      type.facts.enumerated().compactMap { index, fact in
        let field = FieldReference(typeName: type.name, index: index, name: fact.name)
        let leads = fact.type.object.map { context.usage.subjects.contains($0) } ?? false
        guard !leads, !context.usage.fields.contains(field) else { return nil }
        return Finding(
          "nothing reads fact '\(fact.name)' of \(type.name)", at: fact.range, or: [type.range],
          why: fact.changedBy.map {
            "it is said that '\($0)' can change it, but no change of it could make a difference"
          } ?? "documents must give it, or may, and no rule or text makes use of it",
          help: "use it, remove it, or say why it is kept: 'lint: {unused-fact: ...}' in the fact "
            + "or, for all of them, in the type")
      }
    }
  }
}
