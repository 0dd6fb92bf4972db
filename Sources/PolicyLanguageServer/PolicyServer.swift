package import CEL
import Diagnostics
package import Foundation
package import LanguageServerProtocol
import PolicyEditing
package import PolicyEngine

/// A language server for a policy folder: takes messages, and gives those that answer them.
///
/// It reads no stream and starts no thread: whoever has it does, and calls `handle` with one message after another.
package final class PolicyServer {
  private enum State {
    case fresh, running, shutDown
  }

  private let folder: String?
  private let today: (PolicySet) -> CivilDate
  private var state = State.fresh
  private var workspace: Workspace?
  /// What was said last, by address; what is said anew is not said again.
  private var published: [String: [LSP.Diagnostic]] = [:]
  /// What was said last of a policy set without an error.
  private var lastValidation: [Diagnostic] = []
  /// What was said last of what is wrong with the fixtures.
  private var lastMistakes: [Diagnostic] = []
  /// What was said last of the cases, by their files.
  private var lastFailures: [String: [Diagnostic]] = [:]
  private var isOutdated = false
  private var isRestOutdated = false
  /// What is being found out by somebody.
  private var work: RestWork?

  /// How many times texts have changed.
  package private(set) var revision = 0

  /// Whether the client has asked for the end, and with which status the process ends then.
  package private(set) var exitStatus: Int32?

  /// A server.
  ///
  /// - Parameters:
  ///   - folder: The policy folder; nil for the folder `policies` of the client's workspace.
  ///   - today: The date on which values are in force.
  package init(folder: String?, today: @escaping (PolicySet) -> CivilDate) {
    self.folder = folder
    self.today = today
  }

  /// Handles a message; gives what is to be sent.
  package func handle(_ body: Data) -> [Data] {
    let message: IncomingMessage
    do throws(ResponseError) {
      message = try IncomingMessage(body)
    } catch {
      return [OutgoingMessage.failure(error, to: nil)]
    }
    guard let method = message.method else { return [] }
    guard let id = message.id else { return notified(method, message) }
    do throws(ResponseError) {
      return try answer(method, message, id)
    } catch {
      return [OutgoingMessage.failure(error, to: id)]
    }
  }

  /// What is to be said at once after texts have changed: what is wrong with the policy files.
  ///
  /// Asked for once all that has come is handled: of ten quick changes only the last one's text is looked at.
  /// While the policy set has no error, what was said last of warnings and cases stays until the rest is known.
  package func publish() -> [Data] {
    guard isOutdated, var workspace else { return [] }
    isOutdated = false
    let load = workspace.load()
    self.workspace = workspace
    isRestOutdated = load.policies != nil
    let rest = isRestOutdated ? lastRest.filter { !load.mistakes.contains($0) } : []
    return say(load.mistakes + rest, workspace)
  }

  /// What is still to be found out, for whoever does it on another thread and gives each of its steps to `take`;
  /// nil where nothing is, or somebody does it already.
  package func rest() -> RestWork? {
    guard isRestOutdated, work == nil, var workspace else { return nil }
    isRestOutdated = false
    work = workspace.rest(today: today)
    self.workspace = workspace
    return work
  }

  /// Takes what was found, unless texts have changed since; gives what is to be said.
  package func take(_ step: RestWork.Step) -> [Data] {
    guard step.work === work, var workspace else { return [] }
    defer { self.workspace = workspace }
    switch step.content {
    case .read(let cases):
      workspace.know(cases)
      lastMistakes = cases.mistakes
      if cases.suite == nil { lastFailures = [:] }
    case .checked(let check):
      workspace.know(check)
      lastValidation = check.validation
    case .tried(let file, let failures):
      if (lastFailures[file] ?? []) == failures { return [] }
      lastFailures[file] = failures.isEmpty ? nil : failures
    case .settled(let settled):
      workspace.know(settled)
      lastFailures = Dictionary(grouping: Workspace.failures(of: settled.run)) {
        $0.range?.source.name ?? ""
      }
    case .counted(let counts):
      workspace.know(counts)
      return []
    case .ended:
      work = nil
      return []
    }
    return say(lastRest, workspace)
  }

  /// Finds out the rest at once; gives all that is to be said.
  package func publishRest() -> [Data] {
    var messages: [Data] = []
    rest()?.run { messages += take($0) }
    return messages
  }

  /// Whether a request is to be answered only once what is being found out is known.
  package func isPremature(_ body: Data) -> Bool {
    guard work != nil || isOutdated || isRestOutdated,
      let method = (try? IncomingMessage(body))?.method
    else { return false }
    return [
      "textDocument/codeLens", "textDocument/inlayHint", "textDocument/codeAction",
      "workspace/executeCommand",
    ].contains(method)
  }

  private var lastRest: [Diagnostic] {
    lastValidation + lastMistakes + lastFailures.values.flatMap(\.self)
  }

  /// Gives up what is being found out of texts that are about to change.
  private func outdate() {
    work?.cancel()
    work = nil
    isOutdated = true
    revision += 1
  }

  private func say(_ diagnostics: [Diagnostic], _ workspace: Workspace) -> [Data] {
    var messages: [Data] = []
    var now: [String: [LSP.Diagnostic]] = [:]
    for (path, diagnostics) in workspace.byFile(diagnostics).sorted(by: { $0.key < $1.key }) {
      let document = workspace.documents[path]
      let uri = document?.uri ?? FileAddress.uri(of: path)
      now[uri] = diagnostics.map(workspace.message)
      let params = LSP.PublishDiagnosticsParams(
        uri: uri, version: document?.version, diagnostics: now[uri] ?? [])
      if published[uri] == now[uri] { continue }
      messages.append(OutgoingMessage.notification("textDocument/publishDiagnostics", params))
    }
    for uri in published.keys.filter({ now[$0] == nil }).sorted() {
      let version = workspace.documents.values.first { $0.uri == uri }?.version
      let params = LSP.PublishDiagnosticsParams(uri: uri, version: version, diagnostics: [])
      messages.append(OutgoingMessage.notification("textDocument/publishDiagnostics", params))
    }
    published = now
    return messages
  }

  /// The answer to a request that is not begun for some reason.
  package static func failure(_ reason: ResponseError, to body: Data) -> [Data] {
    guard let id = (try? IncomingMessage(body))?.id else { return [] }
    return [OutgoingMessage.failure(reason, to: id)]
  }

  // MARK: Notifications

  private func notified(_ method: String, _ message: IncomingMessage) -> [Data] {
    switch method {
    case "exit": exitStatus = state == .shutDown ? 0 : 1
    case _ where state != .running: break
    case "textDocument/didOpen":
      guard let params = try? message.params(LSP.DidOpenTextDocumentParams.self) else { break }
      let document = params.textDocument
      workspace?.open(document.uri, version: document.version, text: document.text)
      outdate()
    case "textDocument/didChange":
      guard let params = try? message.params(LSP.DidChangeTextDocumentParams.self) else { break }
      workspace?.change(
        params.textDocument.uri, version: params.textDocument.version, params.contentChanges)
      outdate()
    case "textDocument/didClose":
      guard let params = try? message.params(LSP.DidCloseTextDocumentParams.self) else { break }
      workspace?.close(params.textDocument.uri)
      outdate()
    case "textDocument/didSave", "workspace/didChangeWatchedFiles":
      workspace?.readFolder()
      outdate()
    default: break
    }
    return []
  }

  // MARK: Requests

  private func answer(
    _ method: String, _ message: IncomingMessage, _ id: RequestID
  ) throws(ResponseError) -> [Data] {
    switch (method, state) {
    case ("initialize", .fresh): return [try initialize(message, id)]
    case (_, .fresh): throw .serverNotInitialized
    case ("shutdown", .running):
      state = .shutDown
      return [OutgoingMessage.response(Int?.none, to: id)]
    case (_, .shutDown), ("initialize", .running): throw .invalidRequest
    case (_, .running): break
    }
    guard var workspace else { throw .serverNotInitialized }
    defer { self.workspace = workspace }
    let request = Request(message: message, id: id, today: today)
    guard let response = try request.answer(method, &workspace) else {
      throw .methodNotFound(method)
    }
    return response
  }

  private func initialize(_ message: IncomingMessage, _ id: RequestID) throws(ResponseError) -> Data
  {
    let params = try message.params(LSP.InitializeParams.self)
    let offered = params.capabilities?.general?.positionEncodings ?? []
    let encoding: LSP.PositionEncodingKind = offered.contains("utf-8") ? .utf8 : .utf16
    let root = params.workspaceFolders?.first?.uri ?? params.rootUri
    let path =
      folder.map { URL(filePath: $0).standardizedFileURL.path(percentEncoded: false) }
      ?? root.flatMap(FileAddress.path).map { $0 + ($0.hasSuffix("/") ? "" : "/") + "policies" }
      ?? URL(filePath: "policies").standardizedFileURL.path(percentEncoded: false)
    workspace = Workspace(
      path: path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path,
      encoding: encoding,
      sessions: params.initializationOptions?.sessions.map { named in
        let base = root.flatMap(FileAddress.path) ?? "."
        return named.hasPrefix("/") ? named : base + (base.hasSuffix("/") ? "" : "/") + named
      })
    state = .running
    isOutdated = true
    return OutgoingMessage.response(
      LSP.InitializeResult(
        capabilities: LSP.ServerCapabilities(
          positionEncoding: encoding, tokenTypes: SemanticTokenType.allCases.map(\.rawValue),
          commands: ServerCommand.allCases.map(\.rawValue)),
        serverInfo: .init(name: "tutorpolicy", version: ProgramVersion.number)), to: id)
  }
}
