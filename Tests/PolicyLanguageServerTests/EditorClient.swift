import CEL
import Foundation
import LanguageServerProtocol
import PolicyLanguageServer
import TestSupport
import Testing

/// A client of a server in this process, with a copy of the shipped policies as its workspace.
final class EditorClient {
  let workspace: URL
  private let encodings: [String]
  private let server: PolicyServer
  private var count = 0
  private var versions: [String: Int] = [:]
  /// What was last said of each file, by its path in the policy folder.
  private(set) var diagnostics: [String: [[String: Any]]] = [:]

  /// Whether the workspace is this client's own.
  private let isOwner: Bool

  /// A client with a copy of its own.
  ///
  /// `encodings` are how it can count characters, and `sessions` is a file as the settings name it.
  convenience init(encodings: [String] = ["utf-8"], sessions: String? = nil) throws {
    let workspace = FileManager.default.temporaryDirectory.appending(
      path: "editor-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: workspace, withIntermediateDirectories: true)
    for folder in ["policies", "Examples"] {
      try FileManager.default.copyItem(
        at: packageRoot.appending(path: folder), to: workspace.appending(path: folder))
    }
    try self.init(workspace, isOwner: true, encodings: encodings, sessions: sessions)
  }

  /// Another client with the files of one, as they are saved.
  convenience init(sharing other: EditorClient) throws {
    try self.init(other.workspace, isOwner: false, encodings: other.encodings)
  }

  private init(
    _ workspace: URL, isOwner: Bool, encodings: [String], sessions: String? = nil
  ) throws {
    self.workspace = workspace
    self.isOwner = isOwner
    self.encodings = encodings
    server = PolicyServer(folder: nil) { _ in
      CivilDate("2026-11-23") ?? CivilDate(daysSinceEpoch: 0)
    }
    let answer = try request(
      "initialize",
      [
        "rootUri": workspace.absoluteString,
        "capabilities": ["general": ["positionEncodings": encodings]],
        "initializationOptions": sessions.map { ["sessions": $0] } ?? [:],
      ])
    let capabilities = try #require(answer["capabilities"] as? [String: Any])
    #expect(capabilities["positionEncoding"] as? String == encodings.first ?? "utf-16")
  }

  deinit { if isOwner { try? FileManager.default.removeItem(at: workspace) } }

  // MARK: Messages

  /// The whole answer to a request.
  func answer(_ method: String, _ params: [String: Any]) throws -> [String: Any] {
    let answers = try messages(method, params)
    try #require(answers.count == 1)
    return answers[0]
  }

  /// All that is sent for a request, the answer last.
  func messages(_ method: String, _ params: [String: Any]) throws -> [[String: Any]] {
    count += 1
    let message: [String: Any] = [
      "jsonrpc": "2.0", "id": count, "method": method, "params": params,
    ]
    return try server.handle(try JSONSerialization.data(withJSONObject: message)).map {
      try #require(JSONSerialization.jsonObject(with: $0) as? [String: Any])
    }
  }

  /// The result of a request that is an object.
  func request(_ method: String, _ params: [String: Any]) throws -> [String: Any] {
    try #require(try answer(method, params)["result"] as? [String: Any])
  }

  /// The result of a request that is a list.
  func list(_ method: String, _ params: [String: Any]) throws -> [[String: Any]] {
    try #require(try answer(method, params)["result"] as? [[String: Any]])
  }

  func notify(_ method: String, _ params: [String: Any]) throws {
    let message: [String: Any] = ["jsonrpc": "2.0", "method": method, "params": params]
    #expect(server.handle(try JSONSerialization.data(withJSONObject: message)).isEmpty)
  }

  /// Takes what the server has to say of files.
  func receive() throws {
    for body in server.publish() + server.publishRest() {
      let message = try #require(JSONSerialization.jsonObject(with: body) as? [String: Any])
      let params = try #require(message["params"] as? [String: Any])
      let uri = try #require(params["uri"] as? String)
      let name = uri.components(separatedBy: "/policies/").last ?? uri
      let found = try #require(params["diagnostics"] as? [[String: Any]])
      diagnostics[name] = found.isEmpty ? nil : found
    }
  }

  /// Whether nothing that was said keeps the policies from being read.
  var hasNoError: Bool {
    !diagnostics.contains { name, found in
      !name.hasPrefix("fixtures/") && found.contains { $0["severity"] as? Int == 1 }
    }
  }

  // MARK: Files

  func hasFile(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: workspace.appending(path: "policies/\(name)").path)
  }

  func uri(_ name: String) -> String {
    workspace.appending(path: "policies/\(name)").standardizedFileURL.absoluteString
  }

  func text(_ name: String) throws -> String {
    try String(contentsOf: workspace.appending(path: "policies/\(name)"), encoding: .utf8)
  }

  func open(_ name: String, text: String? = nil) throws {
    versions[name] = 1
    try notify(
      "textDocument/didOpen",
      [
        "textDocument": [
          "uri": uri(name), "languageId": "yaml", "version": 1,
          "text": try text ?? self.text(name),
        ]
      ])
  }

  /// Puts a text in place of all of an open one.
  func change(_ name: String, to text: String) throws {
    try change(name, ["text": text])
  }

  func change(_ name: String, _ change: [String: Any]) throws {
    versions[name, default: 1] += 1
    try notify(
      "textDocument/didChange",
      [
        "textDocument": ["uri": uri(name), "version": versions[name] ?? 1],
        "contentChanges": [change],
      ])
  }

  /// The parameters of a request about a place: that of a text in a file, some characters on, counted in bytes.
  func place(_ name: String, _ found: String, plus: Int = 0, in text: String? = nil) throws
    -> [String: Any]
  {
    let text = try text ?? self.text(name)
    let range = try #require(text.range(of: found))
    let before = text[..<range.lowerBound].utf8.prefix(Int.max)
    let line = before.count { $0 == UInt8(ascii: "\n") }
    let column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count
    return [
      "textDocument": ["uri": uri(name)], "position": ["line": line, "character": column + plus],
    ]
  }
}
