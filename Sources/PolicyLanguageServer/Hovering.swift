import CEL
import Diagnostics
import LanguageServerProtocol
import PolicyEditing
import PolicyEngine

/// What is known of a name, where it stands.
extension Workspace {
  mutating func hover(
    at place: LSP.TextDocumentPositionParams, today: (PolicySet) -> CivilDate
  ) -> LSP.Hover? {
    guard let policies = policies(), let source = source(of: place.textDocument.uri),
      let index = index()
    else { return nil }
    let offset = positions(in: source).offset(of: place.position)
    if let found = index.occurrence(at: offset, of: source.name),
      let text = SymbolDescription(policies, today: today(policies)).text(of: found.symbol)
    {
      return LSP.Hover(contents: LSP.MarkupContent(text), range: found.range.range(encoding))
    }
    guard let use = index.use(at: offset, of: source.name) else { return nil }
    let text: String?
    switch use.meaning {
    case .function(let name, let receiver):
      text = FunctionDescription.text(of: name, receiver: receiver)
    case .local(let variable, _):
      text = "**\(variable.name)**: \(variable.what), of type `\(use.type)`"
    case .global(let variable):
      text = "**\(variable.name)**: \(variable.what), of type `\(use.type)`"
    case .field, .enumerationCase, .unknownMember, .unknownName: text = nil
    }
    return text.map {
      LSP.Hover(contents: LSP.MarkupContent($0), range: use.range.range(encoding))
    }
  }
}

extension SymbolIndex {
  /// The use of a name in an expression at an offset of a file.
  func use(at offset: Int, of file: String) -> NameUse? {
    expression(at: offset, of: file)?.reading.uses.first {
      $0.range.bytes.lowerBound <= offset && offset <= $0.range.bytes.upperBound
    }
  }
}
