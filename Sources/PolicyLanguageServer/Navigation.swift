import CEL
import Diagnostics
import LanguageServerProtocol
import PolicyEditing
import PolicyEngine

/// From a name to its declaration, its places, and another name.
extension Workspace {
  /// What is named at a place.
  mutating func occurrence(_ uri: String, _ position: LSP.Position) -> Occurrence? {
    guard let source = source(of: uri) else { return nil }
    let offset = positions(in: source).offset(of: position)
    return index()?.occurrence(at: offset, of: source.name)
  }

  /// Where the variable of a macro that is named at a place stands, its declaration first.
  private func variable(
    _ uri: String, _ position: LSP.Position, in index: SymbolIndex
  ) -> [SourceRange] {
    guard let source = source(of: uri) else { return [] }
    let offset = positions(in: source).offset(of: position)
    guard let use = index.use(at: offset, of: source.name),
      case .local(let named, _) = use.meaning, let declared = named.range,
      declared.source.name == source.name
    else { return [] }
    let uses = index.expression(at: offset, of: source.name)?.reading.uses ?? []
    return uses.filter { use in
      if case .local(let other, _) = use.meaning { other.range == declared } else { false }
    }.map(\.range).sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
  }

  mutating func definitions(at place: LSP.TextDocumentPositionParams) -> [LSP.Location] {
    guard let index = index() else { return [] }
    guard let found = occurrence(place.textDocument.uri, place.position) else {
      return variable(place.textDocument.uri, place.position, in: index).prefix(1)
        .map { location(of: $0) }
    }
    return index.occurrences(of: found.symbol).filter(\.isDefinition)
      .map { location(of: $0.range) }
  }

  mutating func references(to place: LSP.ReferenceParams) -> [LSP.Location] {
    guard let index = index() else { return [] }
    guard let found = occurrence(place.textDocument.uri, place.position) else {
      return variable(place.textDocument.uri, place.position, in: index).map { location(of: $0) }
    }
    let isWhole = place.context?.includeDeclaration ?? true
    return index.occurrences(of: found.symbol).filter { isWhole || !$0.isDefinition }
      .map { location(of: $0.range) }
  }

  mutating func preparedRename(
    at place: LSP.TextDocumentPositionParams
  ) -> LSP.PrepareRenameResult? {
    occurrence(place.textDocument.uri, place.position).map {
      LSP.PrepareRenameResult(range: $0.range.range(encoding), placeholder: $0.symbol.name)
    }
  }

  mutating func rename(
    _ params: LSP.RenameParams
  ) throws(ResponseError) -> LSP.WorkspaceEdit {
    guard let found = occurrence(params.textDocument.uri, params.position) else {
      throw .requestFailed("there is no name here that could be changed")
    }
    let check = check()
    guard let policies = check.policies, let index = index() else {
      throw .requestFailed("the policies have an error: nothing can be renamed until it is fixed")
    }
    do throws(RenameRefusal) {
      let rename = try Rename(
        found.symbol, to: params.newName, in: check.folder, by: policies, index, sessions: [])
      return edit(rename.edits.flatMap(\.edits))
    } catch {
      throw .requestFailed(
        error.diagnostics.map { $0.message + ($0.help.map { "; \($0)" } ?? "") }
          .joined(separator: "\n"))
    }
  }

  /// The edit that lays out a text; none where it is laid out, or not YAML.
  func formatting(of params: LSP.DocumentParams) -> [LSP.TextEdit]? {
    guard let source = source(of: params.textDocument.uri) else { return nil }
    var mistakes: [Diagnostic] = []
    guard let layout = FileLayout(source, into: &mistakes), !layout.isUnchanged else { return [] }
    // What stays at the beginning and at the end is left out, so that the cursor stays where it is.
    let head = zip(source.bytes, layout.bytes).prefix { $0 == $1 }.count
    let longest = min(source.bytes.count, layout.bytes.count) - head
    let tail = zip(source.bytes.reversed(), layout.bytes.reversed())
      .prefix { $0 == $1 }.prefix(longest).count
    var (start, end) = (head, source.bytes.count - tail)
    while start > 0, source.bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    while end < source.bytes.count, source.bytes[end - 1] != UInt8(ascii: "\n") || end < start {
      end += 1
    }
    let text = layout.bytes[start..<layout.bytes.count - (source.bytes.count - end)]
    return [
      LSP.TextEdit(
        range: positions(in: source).range(of: start..<end),
        newText: String(decoding: text, as: UTF8.self))
    ]
  }
}
