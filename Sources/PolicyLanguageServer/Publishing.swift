import Diagnostics
import LanguageServerProtocol
import PolicyEditing
import PolicyTesting

/// What is to be said of each file.
extension Workspace {
  /// The diagnostics of the folder, exactly those of `validate` and of the failing cases of `test`, by file.
  mutating func diagnosticsByFile() -> [String: [Diagnostic]] {
    let check = check()
    let run = run()
    return byFile(check.validation + check.fixtureMistakes + Self.failures(of: run))
  }

  /// What `test` says of a run; nothing where there are no cases.
  static func failures(of run: TestRun?) -> [Diagnostic] {
    run.map { $0.count > 0 ? $0.diagnostics : [] } ?? []
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
      severity: diagnostic.severity == .error ? 1 : 2, code: diagnostic.code.rawValue,
      source: "tutorpolicy",
      message: diagnostic.message + (diagnostic.help.map { "\nhelp: \($0)" } ?? ""),
      relatedInformation: notes.isEmpty ? nil : notes)
  }
}
