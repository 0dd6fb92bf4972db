import Diagnostics

/// Why something of a file can't be said in policies, with its place.
struct ImportProblem: Error {
  /// What is reported.
  let diagnostic: Diagnostic

  init(
    _ message: String, code: DiagnosticCode = .cannotBeImported, at range: SourceRange?,
    notes: [Diagnostic.Note] = [], help: String? = nil
  ) {
    diagnostic = Diagnostic(code: code, message, at: range, notes: notes, help: help)
  }
}
