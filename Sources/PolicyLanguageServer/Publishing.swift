import Diagnostics
import LanguageServerProtocol
import PolicyEditing
import PolicyTesting

/// What is to be said of each file.
extension Workspace {
  /// The diagnostics of the folder, exactly those of `validate` and of the failing cases of `test`, by file.
  mutating func diagnosticsByFile() -> [String: [Diagnostic]] {
    byFile(allDiagnostics { false } ?? [])
  }

  /// The same in a list; nil where nobody waits for it any more.
  mutating func allDiagnostics(unless isCancelled: () -> Bool) -> [Diagnostic]? {
    let check = check(unless: isCancelled)
    guard !isCancelled() else { return nil }
    guard check.suite != nil else { return check.validation }
    guard let run = run(unless: isCancelled) else { return nil }
    return check.validation + check.fixtureMistakes + (run.count > 0 ? run.diagnostics : [])
  }

  /// Diagnostics by the paths of their files; those of none by that of the folder.
  func byFile(_ diagnostics: [Diagnostic]) -> [String: [Diagnostic]] {
    Dictionary(grouping: diagnostics) { $0.range?.source.name ?? path }
  }

  func message(_ diagnostic: Diagnostic) -> LSP.Diagnostic {
    let nowhere = LSP.Position(line: 0, character: 0)
    let notes = diagnostic.notes.compactMap { note in
      note.range.map {
        LSP.Diagnostic.RelatedInformation(location: location(of: $0), message: note.message)
      }
    }
    return LSP.Diagnostic(
      range: diagnostic.range?.range(encoding) ?? LSP.Range(start: nowhere, end: nowhere),
      severity: diagnostic.severity == .error ? 1 : 2, code: diagnostic.code,
      source: "tutorpolicy",
      message: diagnostic.message + (diagnostic.help.map { "\nhelp: \($0)" } ?? ""),
      relatedInformation: notes.isEmpty ? nil : notes)
  }
}
