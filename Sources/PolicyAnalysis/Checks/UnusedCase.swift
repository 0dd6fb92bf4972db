import CEL
import PolicyEngine

/// Cases of enumerations that no expression, no parameter and no fixture has.
///
/// That documents may have them is what cases are for; one that no rule tells apart and no fixture tries
/// is likely to have been added without a thought of what follows from it.
enum UnusedCase: Check {
  static let check = LintCheck.unusedCase

  static func findings(in context: LintContext) -> [Finding] {
    let vocabulary = context.policies.vocabulary
    let unused = Set(UnusedEnumeration.unused(in: vocabulary).map(\.name))
    guard let fixtures = context.fixtures, !fixtures.isIncomplete else { return [] }
    return vocabulary.enumerations.filter { !unused.contains($0.name) }.flatMap { enumeration in
      let ofFixtures = fixtures.cases[enumeration.name] ?? []
      let ofParameters = texts(ofParametersOf: enumeration.name, in: vocabulary)
      return enumeration.cases.filter { item in
        ![context.usage.texts, ofFixtures, ofParameters].contains { $0.contains(item.value) }
      }.map { item in
        Finding(
          "nothing names '\(item.value)' of \(enumeration.name)", at: item.range,
          or: [enumeration.range],
          why: "no rule, text or parameter tells it apart and no fixture tries it, so that nobody "
            + "has said what follows from it",
          help: "add a fixture whose document has it, with what is to be decided then")
      }
    }
  }

  private static func texts(ofParametersOf name: String, in vocabulary: Vocabulary) -> Set<String> {
    vocabulary.parameters.filter { $0.type.enumerations.contains(name) }
      .flatMap(\.values).reduce(into: []) { $0.formUnion(Usage.texts(in: $1.value)) }
  }
}
