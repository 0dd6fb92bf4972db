import CEL
import PolicyEngine

/// Enumerations that no fact, no parameter and no given value is of.
enum UnusedEnumeration: Check {
  static let check = LintCheck.unusedEnumeration

  static func findings(in context: LintContext) -> [Finding] {
    let given = context.policies.decisions.flatMap { $0.givenType?.enumerations ?? [] }
    return unused(in: context.policies.vocabulary).filter { !given.contains($0.name) }.map {
      enumeration in
      Finding(
        "no fact and no parameter is of '\(enumeration.name)'", at: enumeration.range,
        why: "a list that nothing is taken from is not checked against anything",
        help: "use it as the type of what it lists, or remove it")
    }
  }

  static func unused(in vocabulary: Vocabulary) -> [Enumeration] {
    let ofFacts = vocabulary.types.flatMap(\.facts).compactMap(\.type.enumeration)
      .map { vocabulary.enumerations[$0].name }
    let ofParameters = vocabulary.parameters.flatMap(\.type.enumerations)
    let used = Set(ofFacts + ofParameters)
    return vocabulary.enumerations.filter { !used.contains($0.name) }
  }
}
