import CEL
import Foundation
import LanguageServerProtocol
import PolicyEngine

/// A request of a running client.
struct Request {
  let message: IncomingMessage
  let id: RequestID
  let today: (PolicySet) -> CivilDate

  /// The answer; nil for a method that there is none of.
  func answer(_ method: String, _ workspace: inout Workspace) throws(ResponseError) -> Data? {
    switch method {
    case "textDocument/definition":
      let place = try params(LSP.TextDocumentPositionParams.self)
      return respond(workspace.definitions(at: place))
    case "textDocument/references":
      return respond(workspace.references(to: try params(LSP.ReferenceParams.self)))
    case "textDocument/prepareRename":
      let place = try params(LSP.TextDocumentPositionParams.self)
      return respond(workspace.preparedRename(at: place))
    case "textDocument/rename":
      return respond(try workspace.rename(try params(LSP.RenameParams.self)))
    case "textDocument/formatting":
      return respond(workspace.formatting(of: try params(LSP.DocumentParams.self)))
    case "textDocument/hover":
      let place = try params(LSP.TextDocumentPositionParams.self)
      return respond(workspace.hover(at: place, today: today))
    case "textDocument/completion":
      let place = try params(LSP.TextDocumentPositionParams.self)
      return respond(workspace.completion(at: place))
    case "textDocument/codeAction":
      return respond(workspace.actions(for: try params(LSP.CodeActionParams.self)))
    case "textDocument/documentSymbol":
      return respond(workspace.symbols(of: try params(LSP.DocumentParams.self)))
    case "workspace/symbol":
      return respond(workspace.symbols(for: try params(LSP.WorkspaceSymbolParams.self)))
    default: return try answerAboutText(method, &workspace)
    }
  }

  /// What an editor shows within the text.
  private func answerAboutText(
    _ method: String, _ workspace: inout Workspace
  ) throws(ResponseError) -> Data? {
    switch method {
    case "textDocument/codeLens":
      return respond(workspace.lenses(of: try params(LSP.DocumentParams.self)))
    case "textDocument/inlayHint":
      return respond(workspace.hints(in: try params(LSP.InlayHintParams.self), today: today))
    case "textDocument/foldingRange":
      return respond(workspace.folds(of: try params(LSP.DocumentParams.self)))
    case "textDocument/selectionRange":
      return respond(workspace.selections(at: try params(LSP.SelectionRangeParams.self)))
    case "textDocument/semanticTokens/full":
      return respond(workspace.tokens(of: try params(LSP.DocumentParams.self)))
    default: return nil
    }
  }

  private func params<Params: Decodable>(
    _ type: Params.Type
  ) throws(ResponseError) -> Params {
    try message.params(type)
  }

  private func respond(_ result: (some Encodable)?) -> Data {
    OutgoingMessage.response(result, to: id)
  }
}
