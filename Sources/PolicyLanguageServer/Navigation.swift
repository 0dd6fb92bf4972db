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

  /// The variable of a macro that is named at a place.
  private mutating func variable(_ uri: String, _ position: LSP.Position) -> VariableRename? {
    guard let source = source(of: uri), let index = index() else { return nil }
    return VariableRename(
      at: positions(in: source).offset(of: position), of: source.name, in: index)
  }

  mutating func definitions(at place: LSP.TextDocumentPositionParams) -> [LSP.Location] {
    guard let index = index() else { return [] }
    guard let found = occurrence(place.textDocument.uri, place.position) else {
      return (variable(place.textDocument.uri, place.position)?.places ?? []).prefix(1)
        .map { location(of: $0) }
    }
    return index.occurrences(of: found.symbol).filter(\.isDefinition)
      .map { location(of: $0.range) }
  }

  mutating func references(to place: LSP.ReferenceParams) -> [LSP.Location] {
    guard let index = index() else { return [] }
    guard let found = occurrence(place.textDocument.uri, place.position) else {
      return (variable(place.textDocument.uri, place.position)?.places ?? [])
        .map { location(of: $0) }
    }
    let isWhole = place.context?.includeDeclaration ?? true
    return index.occurrences(of: found.symbol).filter { isWhole || !$0.isDefinition }
      .map { location(of: $0.range) }
  }

  mutating func preparedRename(
    at place: LSP.TextDocumentPositionParams
  ) -> LSP.PrepareRenameResult? {
    if let found = occurrence(place.textDocument.uri, place.position) {
      return LSP.PrepareRenameResult(
        range: found.range.range(encoding), placeholder: found.symbol.name)
    }
    guard let variable = variable(place.textDocument.uri, place.position),
      let source = source(of: place.textDocument.uri)
    else { return nil }
    let offset = positions(in: source).offset(of: place.position)
    return variable.places.first {
      $0.bytes.lowerBound <= offset && offset <= $0.bytes.upperBound
    }.map { LSP.PrepareRenameResult(range: $0.range(encoding), placeholder: variable.name) }
  }

  mutating func rename(
    _ params: LSP.RenameParams
  ) throws(ResponseError) -> LSP.WorkspaceEdit {
    let found = occurrence(params.textDocument.uri, params.position)
    let variable =
      found == nil ? variable(params.textDocument.uri, params.position) : nil
    guard found != nil || variable != nil else {
      throw .requestFailed("there is no name here that could be changed")
    }
    guard let policies = load().policies, let index = index() else {
      throw .requestFailed("the policies have an error: nothing can be renamed until it is fixed")
    }
    do throws(RenameRefusal) {
      if let variable { return edit(try variable.edits(to: params.newName, by: policies)) }
      guard let found else { return edit([]) }
      let rename = try Rename(
        found.symbol, to: params.newName, in: files, by: policies, index, sessions: [])
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
