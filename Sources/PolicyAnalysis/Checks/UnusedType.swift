import PolicyEngine

/// Types that no fact is of.
enum UnusedType: Check {
  static let check = LintCheck.unusedType

  static func findings(in context: LintContext) -> [Finding] {
    let vocabulary = context.policies.vocabulary
    let used = Set(vocabulary.types.flatMap(\.facts).compactMap(\.type.object))
    let ofRecords = vocabulary.parameters.map(\.type).reduce(into: Set()) {
      $0.formUnion($1.objects)
    }
    return vocabulary.types.enumerated()
      .filter {
        $0.offset != vocabulary.documentType && !used.contains($0.offset)
          && !ofRecords.contains($0.element.name)
      }
      .map { _, type in
        Finding(
          "no fact is of type '\(type.name)'", at: type.range,
          why: "no document can hold one, so that nothing said of it has a meaning",
          help: "give a type a fact of it, or remove it")
      }
  }
}
