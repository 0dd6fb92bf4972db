import Diagnostics
import LanguageServerProtocol
import PolicyEditing
import PolicyTesting

/// What is to be said of each file.
extension Workspace {
  /// The diagnostics of the folder, exactly those of `validate` and of the failing cases of `test`, by file.
  mutating func diagnosticsByFile() -> [String: [Diagnostic]] {
    let check = check()
    let failing = run().map { $0.count > 0 ? $0.diagnostics : [] } ?? []
    let all = check.validation + (check.suite == nil ? [] : check.fixtureMistakes) + failing
    var files: [String: [Diagnostic]] = [:]
    for diagnostic in all {
      files[diagnostic.range?.source.name ?? path, default: []].append(diagnostic)
    }
    return files
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
