import CEL
import Foundation
import LanguageServerProtocol
import PolicyEngine

/// A request of a running client.
struct Request {
  let message: IncomingMessage
  let id: RequestID
  let today: (PolicySet) -> CivilDate

  /// The answer, with what is sent before it; nil for a method that there is none of.
  func answer(_ method: String, _ workspace: inout Workspace) throws(ResponseError) -> [Data]? {
    switch method {
    case "textDocument/references":
      return respondInParts(workspace.references(to: try params(LSP.ReferenceParams.self)))
    case "workspace/symbol":
      return respondInParts(workspace.symbols(for: try params(LSP.WorkspaceSymbolParams.self)))
    case "textDocument/completion":
      let list = workspace.completion(at: try params(LSP.TextDocumentPositionParams.self))
      return respondInParts(list.items) { LSP.CompletionList(items: $0) }
    case "workspace/executeCommand":
      let (messages, answer) = try workspace.execute(try params(LSP.ExecuteCommandParams.self))
      return messages.map(sent) + [respond(answer)]
    case "tutorpolicy/explain":
      return [
        respond(try workspace.explanation(try params(LSP.ExplainParams.self), today: today))
      ]
    default: return try answerAtOnce(method, &workspace).map { [$0] }
    }
  }

  /// How many items of a result are sent together, where the client takes it in parts.
  private static let partSize = 100

  /// A list as the answer, in parts where the client asks for them.
  private func respondInParts<Item: Codable & Sendable, Answer: Encodable>(
    _ items: [Item], _ answer: ([Item]) -> Answer
  ) -> [Data] {
    let asked = try? message.params(LSP.PartialResultParams.self)
    guard let token = asked?.partialResultToken else { return [respond(answer(items))] }
    let parts = stride(from: 0, to: items.count, by: Self.partSize).map { start in
      OutgoingMessage.notification(
        "$/progress",
        LSP.ProgressParams(
          token: token, value: Array(items[start..<min(items.count, start + Self.partSize)])))
    }
    return parts + [respond(answer([]))]
  }

  private func respondInParts<Item: Codable & Sendable>(_ items: [Item]) -> [Data] {
    respondInParts(items) { $0 }
  }

  private func sent(_ message: ServerMessage) -> Data {
    switch message {
    case .show(let text, let isError):
      return OutgoingMessage.notification(
        "window/showMessage", LSP.ShowMessageParams(type: isError ? 1 : 3, message: text))
    case .apply(let label, let edit):
      let answered =
        switch id {
        case .number(let number): "edit of \(number)"
        case .string(let text): "edit of \(text)"
        }
      return OutgoingMessage.request(
        "workspace/applyEdit", LSP.ApplyWorkspaceEditParams(label: label, edit: edit),
        id: .string(answered))
    }
  }

  private func answerAtOnce(
    _ method: String, _ workspace: inout Workspace
  ) throws(ResponseError) -> Data? {
    switch method {
    case "textDocument/definition":
      let place = try params(LSP.TextDocumentPositionParams.self)
      return respond(workspace.definitions(at: place))
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
    case "textDocument/codeAction":
      return respond(workspace.actions(for: try params(LSP.CodeActionParams.self)))
    case "textDocument/documentSymbol":
      return respond(workspace.symbols(of: try params(LSP.DocumentParams.self)))
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
