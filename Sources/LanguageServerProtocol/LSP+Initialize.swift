extension LSP {
  /// What the server can do.
  package struct ServerCapabilities: Codable, Sendable {
    package struct TextDocumentSync: Codable, Sendable {
      package var openClose = true
      /// 2: parts of texts.
      package var change = 2
      /// That a file was saved is told, since others may have changed too.
      package var save = true
    }

    package struct RenameOptions: Codable, Sendable {
      package var prepareProvider = true
    }

    package struct CompletionOptions: Codable, Sendable {
      package var triggerCharacters = [".", "'", "\""]
    }

    package struct CodeActionOptions: Codable, Sendable {
      package var codeActionKinds = ["quickfix"]
    }

    package struct CodeLensOptions: Codable, Sendable {
      package var resolveProvider = false
    }

    package struct SemanticTokensOptions: Codable, Sendable {
      package struct Legend: Codable, Sendable {
        package var tokenTypes: [String]
        package var tokenModifiers: [String] = []
      }

      package var legend: Legend
      package var full = true
    }

    package var positionEncoding: PositionEncodingKind
    package var textDocumentSync = TextDocumentSync()
    package var definitionProvider = true
    package var referencesProvider = true
    package var renameProvider = RenameOptions()
    package var documentFormattingProvider = true
    package var hoverProvider = true
    package var completionProvider = CompletionOptions()
    package var codeActionProvider = CodeActionOptions()
    package var codeLensProvider = CodeLensOptions()
    package var documentSymbolProvider = true
    package var workspaceSymbolProvider = true
    package var foldingRangeProvider = true
    package var selectionRangeProvider = true
    package var inlayHintProvider = true
    package var semanticTokensProvider: SemanticTokensOptions
    package var executeCommandProvider: ExecuteCommandOptions

    /// All of it, with the given encoding of positions, types of tokens, and commands.
    package init(positionEncoding: PositionEncodingKind, tokenTypes: [String], commands: [String]) {
      self.positionEncoding = positionEncoding
      executeCommandProvider = ExecuteCommandOptions(commands: commands)
      semanticTokensProvider = SemanticTokensOptions(legend: .init(tokenTypes: tokenTypes))
    }
  }

  package struct InitializeResult: Codable, Sendable {
    package struct ServerInfo: Codable, Sendable {
      package var name: String
      package var version: String

      package init(name: String, version: String) {
        self.name = name
        self.version = version
      }
    }

    package var capabilities: ServerCapabilities
    package var serverInfo: ServerInfo

    package init(capabilities: ServerCapabilities, serverInfo: ServerInfo) {
      self.capabilities = capabilities
      self.serverInfo = serverInfo
    }
  }
}
