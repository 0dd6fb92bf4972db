import Diagnostics
import LanguageServerProtocol
import PolicyEditing
import PolicyEngine

/// What can be written at a place.
extension Workspace {
  mutating func completion(at place: LSP.TextDocumentPositionParams) -> LSP.CompletionList {
    guard let source = source(of: place.textDocument.uri), let policies = policies() else {
      return LSP.CompletionList(items: [])
    }
    let positions = positions(in: source)
    let offset = positions.offset(of: place.position)
    let completion = Completion(in: source, at: offset, of: files, by: policies)
    let range = positions.range(of: completion.replaced)
    return LSP.CompletionList(
      items: completion.offers.map { offer in
        LSP.CompletionItem(
          label: offer.text, kind: offer.kind.itemKind, detail: offer.detail,
          documentation: offer.documentation.map { LSP.MarkupContent($0) },
          textEdit: LSP.TextEdit(range: range, newText: offer.text))
      })
  }
}

extension Completion.Kind {
  fileprivate var itemKind: LSP.CompletionItemKind {
    switch self {
    case .fact, .term: .property
    case .variable: .variable
    case .parameter: .constant
    case .function: .function
    case .enumerationCase: .enumMember
    case .key: .keyword
    case .name: .reference
    case .type: .type
    case .word: .value
    }
  }
}
