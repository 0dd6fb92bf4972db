extension LSP {
  package struct Hover: Codable, Sendable {
    package var contents: MarkupContent
    package var range: Range

    package init(contents: MarkupContent, range: Range) {
      self.contents = contents
      self.range = range
    }
  }

  package struct PrepareRenameResult: Codable, Sendable {
    package var range: Range
    package var placeholder: String

    package init(range: Range, placeholder: String) {
      self.range = range
      self.placeholder = placeholder
    }
  }

  /// What a completion offers; the raw values are the specification's.
  package enum CompletionItemKind: Int, Codable, Sendable {
    case function = 3
    case field = 5
    case variable = 6
    case type = 7
    case property = 10
    case value = 12
    case enumeration = 13
    case keyword = 14
    case reference = 18
    case enumMember = 20
    case constant = 21
  }

  package struct CompletionItem: Codable, Sendable {
    package var label: String
    package var kind: CompletionItemKind
    package var detail: String?
    package var documentation: MarkupContent?
    package var textEdit: TextEdit?

    package init(
      label: String, kind: CompletionItemKind, detail: String? = nil,
      documentation: MarkupContent? = nil, textEdit: TextEdit? = nil
    ) {
      self.label = label
      self.kind = kind
      self.detail = detail
      self.documentation = documentation
      self.textEdit = textEdit
    }
  }

  package struct CompletionList: Codable, Sendable {
    package var isIncomplete = false
    package var items: [CompletionItem]

    package init(items: [CompletionItem]) { self.items = items }
  }

  package struct CodeAction: Codable, Sendable {
    package var title: String
    package var kind: String
    package var diagnostics: [Diagnostic]?
    package var isPreferred: Bool?
    package var edit: WorkspaceEdit

    package init(
      title: String, kind: String, diagnostics: [Diagnostic]?, isPreferred: Bool?,
      edit: WorkspaceEdit
    ) {
      self.title = title
      self.kind = kind
      self.diagnostics = diagnostics
      self.isPreferred = isPreferred
      self.edit = edit
    }
  }

  package struct CodeLens: Codable, Sendable {
    package var range: Range
    package var command: Command

    package init(range: Range, command: Command) {
      self.range = range
      self.command = command
    }
  }

  package struct InlayHint: Codable, Sendable {
    package var position: Position
    package var label: String
    package var paddingLeft = true

    package init(position: Position, label: String) {
      self.position = position
      self.label = label
    }
  }

  /// What a symbol is; the raw values are the specification's.
  package enum SymbolKind: Int, Codable, Sendable {
    case namespace = 3
    case type = 5
    case property = 7
    case enumeration = 10
    case function = 12
    case variable = 13
    case constant = 14
    case enumMember = 22
    case event = 24
  }

  package struct DocumentSymbol: Codable, Sendable {
    package var name: String
    package var detail: String?
    package var kind: SymbolKind
    package var range: Range
    package var selectionRange: Range
    package var children: [DocumentSymbol]

    package init(
      name: String, detail: String?, kind: SymbolKind, range: Range, selectionRange: Range,
      children: [DocumentSymbol]
    ) {
      self.name = name
      self.detail = detail
      self.kind = kind
      self.range = range
      self.selectionRange = selectionRange
      self.children = children
    }
  }

  package struct WorkspaceSymbol: Codable, Sendable {
    package var name: String
    package var kind: SymbolKind
    package var location: Location
    package var containerName: String?

    package init(name: String, kind: SymbolKind, location: Location, containerName: String?) {
      self.name = name
      self.kind = kind
      self.location = location
      self.containerName = containerName
    }
  }

  package struct FoldingRange: Codable, Sendable {
    package var startLine: Int
    package var endLine: Int
    package var kind: String?

    package init(startLine: Int, endLine: Int, kind: String?) {
      self.startLine = startLine
      self.endLine = endLine
      self.kind = kind
    }
  }

  /// A range with the next larger one around it.
  package final class SelectionRange: Codable, Sendable {
    package let range: Range
    package let parent: SelectionRange?

    package init(range: Range, parent: SelectionRange?) {
      self.range = range
      self.parent = parent
    }
  }

  /// Five numbers for each token: how many lines and characters behind the one before, its length, its type and
  /// its modifiers.
  package struct SemanticTokens: Codable, Sendable {
    package var data: [Int]

    package init(data: [Int]) { self.data = data }
  }
}
