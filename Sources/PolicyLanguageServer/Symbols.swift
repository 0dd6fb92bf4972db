import Diagnostics
import LanguageServerProtocol
import PolicyEditing
import PolicyEngine

/// The declarations of a file, and of the folder.
extension Workspace {
  mutating func symbols(of params: LSP.DocumentParams) -> [LSP.DocumentSymbol] {
    guard let source = source(of: params.textDocument.uri) else { return [] }
    let positions = positions(in: source)
    let cases = FileOutline(source).cases.map { name, range, whole in
      LSP.DocumentSymbol(
        name: name, detail: "case", kind: .event, range: positions.range(of: whole),
        selectionRange: positions.range(of: range), children: [])
    }
    guard let index = index() else { return cases }
    let declared = index.occurrences.filter {
      $0.isDefinition && $0.range.source.name == source.name
    }
    let owners = Set(declared.filter { $0.symbol.owner == nil }.map(\.symbol.name))
    let inner = Dictionary(
      grouping: declared.filter { $0.symbol.owner.map(owners.contains) ?? false }
    ) { $0.symbol.owner ?? "" }
    return cases
      + declared.filter { $0.symbol.owner.map { !owners.contains($0) } ?? true }.map {
        occurrence in
        let children =
          occurrence.symbol.owner == nil && occurrence.symbol.kind.ownsOthers
          ? inner[occurrence.symbol.name] ?? [] : []
        return symbol(of: occurrence, children.map { symbol(of: $0, []) })
      }
  }

  private func symbol(
    of occurrence: Occurrence, _ children: [LSP.DocumentSymbol]
  ) -> LSP.DocumentSymbol {
    let own = occurrence.range.range(encoding)
    // The whole of a declaration ends with the last of what it holds.
    let end = children.map(\.range.end).max { ($0.line, $0.character) < ($1.line, $1.character) }
    return LSP.DocumentSymbol(
      name: occurrence.symbol.name, detail: occurrence.symbol.kind.rawValue,
      kind: occurrence.symbol.kind.symbolKind,
      range: LSP.Range(
        start: own.start, end: end.map { $0.line > own.end.line ? $0 : own.end } ?? own.end),
      selectionRange: own, children: children)
  }

  /// The declarations of the folder whose names hold a text, whatever the letter case.
  mutating func symbols(for params: LSP.WorkspaceSymbolParams) -> [LSP.WorkspaceSymbol] {
    let wanted = params.query.lowercased()
    return (index()?.occurrences ?? []).filter {
      $0.isDefinition && (wanted.isEmpty || $0.symbol.name.lowercased().contains(wanted))
    }.map {
      LSP.WorkspaceSymbol(
        name: $0.symbol.name, kind: $0.symbol.kind.symbolKind, location: location(of: $0.range),
        containerName: $0.symbol.owner)
    }
  }
}

extension Symbol.Kind {
  fileprivate var ownsOthers: Bool { self == .type || self == .enumeration }

  var symbolKind: LSP.SymbolKind {
    switch self {
    case .document: .variable
    case .enumeration: .enumeration
    case .enumerationCase: .enumMember
    case .type: .type
    case .fact, .term: .property
    case .parameter: .constant
    case .decision: .event
    case .rule, .exception: .function
    }
  }
}
