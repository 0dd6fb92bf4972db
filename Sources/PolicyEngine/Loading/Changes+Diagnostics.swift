import Diagnostics

/// Mistakes in what a vocabulary says of how facts change.
extension Diagnostic {
  static func unknownWord(
    _ text: String, key: String, known: [String], listing words: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .unknownCase, "'\(text)' can't be the '\(key)' of a fact", at: range,
      help: Suggestion.helpOrList(for: text, among: known, listing: words))
  }

  static func changesOfNobody(fact: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .missingKey, "'changes' tells how '\(fact)' is changed, but not by whom", at: range,
      help: "add 'changedBy' with the role of those who can change it")
  }

  static func suppliedTodayIsNoDate(fact: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .wrongType, "'\(fact)' is not a date, so it can't be today when it is supplied",
      at: range)
  }

  static func impossibleChange(
    _ kind: String, fact: String, why: String, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .wrongKind, "'\(fact)' has no '\(kind)': \(why)", at: range)
  }

  static func unknownCaseFact(
    _ name: String, of fact: String, known: [String], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .unknownFact, "'\(name)' is not a fact of '\(fact)' with a closed list of values",
      at: range,
      help: known.isEmpty
        ? "'forEach' is for a change that gives an object, and names a fact of that object"
        : Suggestion.helpOrList(for: name, among: known, listing: "these are"))
  }

  static func unknownReader(_ name: String, known: [String], at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .unknownRole, "'\(name)' is nobody who can change a fact", at: range,
      help: known.isEmpty
        ? "name those who can with 'changedBy', in the declarations of facts"
        : Suggestion.helpOrList(for: name, among: known, listing: "the roles under 'changedBy' are")
    )
  }
}
