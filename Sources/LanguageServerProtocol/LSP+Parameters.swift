extension LSP {
  /// A file of a workspace.
  package struct TextDocumentIdentifier: Codable, Sendable {
    package var uri: String
  }

  /// A file of a workspace and the number of its text.
  package struct VersionedTextDocumentIdentifier: Codable, Sendable {
    package var uri: String
    package var version: Int?
  }

  /// A file with its text.
  package struct TextDocumentItem: Codable, Sendable {
    package var uri: String
    package var version: Int?
    package var text: String
  }

  package struct WorkspaceFolder: Codable, Sendable {
    package var uri: String
  }

  package struct ClientCapabilities: Codable, Sendable {
    package struct General: Codable, Sendable {
      package var positionEncodings: [String]?
    }

    package var general: General?
  }

  package struct InitializeParams: Codable, Sendable {
    package var processId: Int?
    package var rootUri: String?
    package var workspaceFolders: [WorkspaceFolder]?
    package var capabilities: ClientCapabilities?
    package var initializationOptions: InitializationOptions?
  }

  package struct DidOpenTextDocumentParams: Codable, Sendable {
    package var textDocument: TextDocumentItem
  }

  package struct DidChangeTextDocumentParams: Codable, Sendable {
    /// A part of a text, or without a range all of it.
    package struct Change: Codable, Sendable {
      package var range: Range?
      package var text: String
    }

    package var textDocument: VersionedTextDocumentIdentifier
    package var contentChanges: [Change]
  }

  package struct DidCloseTextDocumentParams: Codable, Sendable {
    package var textDocument: TextDocumentIdentifier
  }

  /// A request about a whole file.
  package struct DocumentParams: Codable, Sendable {
    package var textDocument: TextDocumentIdentifier
  }

  /// A request about a place.
  package struct TextDocumentPositionParams: Codable, Sendable {
    package var textDocument: TextDocumentIdentifier
    package var position: Position
  }

  package struct ReferenceParams: Codable, Sendable {
    package struct Context: Codable, Sendable {
      package var includeDeclaration: Bool
    }

    package var textDocument: TextDocumentIdentifier
    package var position: Position
    package var context: Context?
  }

  package struct RenameParams: Codable, Sendable {
    package var textDocument: TextDocumentIdentifier
    package var position: Position
    package var newName: String
  }

  package struct CodeActionParams: Codable, Sendable {
    package struct Context: Codable, Sendable {
      package var diagnostics: [Diagnostic]
    }

    package var textDocument: TextDocumentIdentifier
    package var range: Range
    package var context: Context
  }

  package struct InlayHintParams: Codable, Sendable {
    package var textDocument: TextDocumentIdentifier
    package var range: Range
  }

  package struct SelectionRangeParams: Codable, Sendable {
    package var textDocument: TextDocumentIdentifier
    package var positions: [Position]
  }

  package struct WorkspaceSymbolParams: Codable, Sendable {
    package var query: String
  }

  package struct CancelParams: Codable, Sendable {
    package var id: RequestID
  }
}
