extension LSP {
  /// A case that a command is about: the line on which its name stands.
  package struct CaseArgument: Codable, Hashable, Sendable {
    package var uri: String
    package var line: Int

    package init(uri: String, line: Int) {
      self.uri = uri
      self.line = line
    }
  }

  package struct ExecuteCommandOptions: Codable, Sendable {
    package var commands: [String]
  }

  package struct ExecuteCommandParams: Codable, Sendable {
    package var command: String
    package var arguments: [CaseArgument]?
  }

  package struct ApplyWorkspaceEditParams: Codable, Sendable {
    package var label: String
    package var edit: WorkspaceEdit

    package init(label: String, edit: WorkspaceEdit) {
      self.label = label
      self.edit = edit
    }
  }

  package struct ShowMessageParams: Codable, Sendable {
    /// 1 for an error, 3 for information.
    package var type: Int
    package var message: String

    package init(type: Int, message: String) {
      self.type = type
      self.message = message
    }
  }

  /// What a request says that takes its result in parts.
  package struct PartialResultParams: Codable, Sendable {
    package var partialResultToken: RequestID?
  }

  /// A part of a result.
  package struct ProgressParams<Value: Codable & Sendable>: Codable, Sendable {
    package var token: RequestID
    package var value: Value

    package init(token: RequestID, value: Value) {
      self.token = token
      self.value = value
    }
  }

  /// A question of this server's own: what the expression at a place gives for a session.
  package struct ExplainParams: Codable, Sendable {
    package var textDocument: TextDocumentIdentifier
    package var position: Position
    /// The address of the session's file.
    package var session: String
    /// The date decided for; today where it is left out.
    package var today: String?
    /// The decision that the expression is evaluated for.
    package var decision: String?
  }

  /// The results of an expression for one thing that it is about.
  package struct ExpressionResult: Codable, Sendable {
    /// The path to it.
    package var about: String
    /// The parts, one a line, indented.
    package var text: String

    package init(about: String, text: String) {
      self.about = about
      self.text = text
    }
  }

  /// What a client's settings say to this server.
  package struct InitializationOptions: Codable, Sendable {
    /// A file with the sessions of the district, one a line: a path, from the workspace on.
    package var sessions: String?
  }
}
