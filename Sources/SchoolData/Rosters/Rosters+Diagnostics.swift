import Diagnostics

/// What is wrong with what rosters say.
extension Diagnostic {
  static func rowTwice(_ id: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(code: .duplicate, "'\(id)' is there twice; only the first row was read", at: range)
  }

  static func noRoles(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .missingColumn,
      "nothing says who is a student and who a teacher: there is neither a column 'role' nor a file roles.csv",
      at: range,
      help: "OneRoster 1.1 has the column, 1.2 the file: export the one or add the other")
  }

  static func noSchool(
    of id: String, given: [String], known: [String], at range: SourceRange
  ) -> Diagnostic {
    let first = given.first
    return Diagnostic(
      code: .unknownReference,
      first.map { "'\($0)' is not a school that is known, and student '\(id)' has no other" }
        ?? "student '\(id)' has no school", at: range,
      help: first.flatMap { Suggestion.help(for: $0, among: known) }
        ?? "orgs.csv must have the school, with the type 'school'")
  }

  static func unknownReference(
    _ what: String, _ id: String, known: [String], at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .unknownReference, "there is no \(what) '\(id)'", at: range,
      help: Suggestion.help(for: id, among: known))
  }

  static func partialEnrollments(_ source: Source) -> Diagnostic {
    Diagnostic(
      .warning, code: .partialFile,
      "'\(source.name)' holds changes alone, by which nobody knows who is in a class; it was not read",
      at: nil, help: "export enrollments as 'bulk'")
  }

  static func wrongCell(
    _ text: String, expected: String, help: String?, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      code: .wrongType, "'\(text)' is not \(expected)", at: range, help: help)
  }

  static func tableTwice(_ source: Source, _ first: Source) -> Diagnostic {
    Diagnostic(
      code: .duplicate,
      "'\(source.name)' is the same table as '\(first.name)', which alone was read", at: nil,
      help: "leave one of them out, or put the rows of both into one file")
  }

  static func unknownFile(_ name: String, known: [String]) -> Diagnostic {
    Diagnostic(
      .warning, code: .unknownFile, "nothing is known of a file '\(name)'; it was not read",
      at: nil, help: Suggestion.help(for: name, among: known))
  }
}
