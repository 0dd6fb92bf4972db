import CEL
import Diagnostics
import LanguageServerProtocol
import PolicyEditing
import PolicyEngine
import PolicyTesting

/// What an editor shows beside the text: values in force, what comes of cases.
extension Workspace {
  mutating func hints(
    in params: LSP.InlayHintParams, today: (PolicySet) -> CivilDate
  ) -> [LSP.InlayHint] {
    guard let source = source(of: params.textDocument.uri), let policies = policies(),
      let index = index()
    else { return [] }
    let positions = positions(in: source)
    let shown = positions.bytes(of: params.range)
    let description = SymbolDescription(policies, today: today(policies))
    var hints = index.occurrences.filter {
      $0.symbol.kind == .parameter && !$0.isDefinition && $0.form == .name
        && $0.range.source.name == source.name && shown.overlaps($0.range.bytes)
    }.compactMap { occurrence in
      description.valueInForce(of: occurrence.symbol.name).map {
        LSP.InlayHint(
          position: positions.position(of: occurrence.range.bytes.upperBound), label: "= \($0)")
      }
    }
    for result in run()?.results ?? [] {
      let range = result.fixture.range
      guard range.source.name == source.name, shown.overlaps(range.bytes) else { continue }
      hints.append(
        LSP.InlayHint(
          position: positions.position(of: range.bytes.upperBound),
          label: result.passes ? "✓" : "✗ fails"))
    }
    return hints
  }

  /// Over each rule, what comes of the cases that expect something of it; over each case, what can be done with it.
  mutating func lenses(of params: LSP.DocumentParams) -> [LSP.CodeLens] {
    guard let source = source(of: params.textDocument.uri), let index = index(), let run = run()
    else { return [] }
    let files = Set((folderFixtures ?? []).map(\.name))
    if files.contains(source.name) { return caseLenses(of: source, uri: params.textDocument.uri) }
    return index.occurrences.filter {
      $0.symbol.kind == .rule && $0.isDefinition && $0.range.source.name == source.name
    }.map { rule in
      let places = index.occurrences(of: rule.symbol).filter {
        files.contains($0.range.source.name)
      }
      let cases = run.results.filter { result in
        result.fixture.expects(rule.symbol.name)
      }
      let failing = cases.count { !$0.passes }
      let title =
        cases.isEmpty
        ? (places.isEmpty ? "no case expects anything of this rule" : "its cases have mistakes")
        : "\(cases.count) case\(cases.count == 1 ? "" : "s"), "
          + (failing == 0 ? "all pass" : "\(failing) fail\(failing == 1 ? "s" : "")")
      let sessions = counts.map { " · " + $0.words(for: rule.symbol.name) } ?? ""
      return LSP.CodeLens(
        range: rule.range.range(encoding), command: LSP.Command(title: title + sessions))
    }
  }

  private var folderFixtures: [Source]? { files.fixtures }
}
