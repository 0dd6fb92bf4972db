import Diagnostics
import LanguageServerProtocol
import PolicyEditing
import PolicyEngine
import PolicyTesting

/// What can be done about a diagnostic.
extension Workspace {
  mutating func actions(for params: LSP.CodeActionParams) -> [LSP.CodeAction] {
    guard let source = source(of: params.textDocument.uri) else { return [] }
    let asked = positions(in: source).bytes(of: params.range)
    var actions: [LSP.CodeAction] = []
    for diagnostic in diagnosticsByFile()[source.name] ?? [] {
      guard let range = diagnostic.range, range.source.name == source.name,
        range.bytes.lowerBound <= asked.upperBound, asked.lowerBound <= range.bytes.upperBound
      else { continue }
      let isUntried = diagnostic.code == .ruleWithoutFixture
      let search = isUntried ? CaseSearch.fix(addingCaseFor: range.text, to: check()) : nil
      for fix in QuickFix.all(for: diagnostic) + (search.map { [$0] } ?? []) {
        actions.append(
          LSP.CodeAction(
            title: fix.title, kind: "quickfix", diagnostics: [message(diagnostic)],
            isPreferred: fix.isPreferred, edit: edit(fix.edits)))
      }
    }
    return actions + acceptances(at: asked, of: source)
  }

  /// For each case that fails at a place: to have it expect what comes.
  private mutating func acceptances(at asked: Range<Int>, of source: Source) -> [LSP.CodeAction] {
    let failures = run()?.failures ?? []
    return failures.filter { result in
      ([result.fixture.range] + result.mismatches.map(\.range)).contains { range in
        range.source.name == source.name && range.bytes.lowerBound <= asked.upperBound
          && asked.lowerBound <= range.bytes.upperBound
      }
    }.compactMap { result in
      let edits = result.acceptedEdits
      guard !edits.isEmpty else { return nil }
      return LSP.CodeAction(
        title: "Expect what comes of '\(result.fixture.name)'", kind: "quickfix",
        diagnostics: nil, isPreferred: false, edit: edit(edits))
    }
  }
}
