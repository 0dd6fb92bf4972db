import Foundation
import TestSupport
import Testing

/// The program, driven over its streams by a client that others wrote: pytest-lsp.
@Suite struct ForeignClientTests {
  /// A Python that has pytest-lsp; `TUTORPOLICY_PYTHON` names another than `python3`.
  private static let python =
    ProcessInfo.processInfo.environment["TUTORPOLICY_PYTHON"] ?? "python3"

  private static func hasClient() async -> Bool {
    let result = try? await runCommand(
      URL(filePath: "/usr/bin/env"), [python, "-c", "import pytest_lsp"])
    return result?.status == 0
  }

  @Test(
    .enabled("pytest-lsp is not installed: see Tests/Peers/editor/requirements.txt") {
      await hasClient()
    })
  func `a session of a foreign client`() async throws {
    let workspace = FileManager.default.temporaryDirectory
      .appending(path: "workspace-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: workspace, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: workspace) }
    for folder in ["policies", "Examples"] {
      try FileManager.default.copyItem(
        at: packageRoot.appending(path: folder), to: workspace.appending(path: folder))
    }
    let result = try await runCommand(
      URL(filePath: "/usr/bin/env"),
      [
        Self.python, "-m", "pytest", "-q", "-p", "no:cacheprovider",
        packageRoot.appending(path: "Tests/Peers/editor").path,
      ],
      environment: [
        "TUTORPOLICY": try builtProduct("tutorpolicy").path,
        "TUTORPOLICY_WORKSPACE": workspace.path, "PYTHONDONTWRITEBYTECODE": "1",
      ], secondsAllowed: 300)
    #expect(result.status == 0, "\(result.standardOutput)\(result.standardError)")
  }

  @Test(arguments: ["<&-", "</dev/null", "</", "<&1"])
  func `a stream that can't be read is a client that has gone away`(input: String) async throws {
    let program = try builtProduct("tutorpolicy").path
    let result = try await runCommand(
      URL(filePath: "/bin/sh"), ["-c", "'\(program)' lsp \(input)"], secondsAllowed: 60)
    #expect(!result.wasKilled)
    #expect(result.status == 1, "\(result.standardError)")
    #expect(result.standardOutput == "")
  }

  private static func hasNode() async -> Bool {
    (try? await runCommand(URL(filePath: "/usr/bin/env"), ["node", "--version"]))?.status == 0
  }

  /// What the extension for VS Code sends and receives, without VS Code around it.
  @Test(.enabled("node is not installed") { await hasNode() })
  func `a session of the extension for VS Code`() async throws {
    let script = """
      const { spawn } = require('node:child_process');
      const { Connection } = require(process.argv[1] + '/Examples/editors/vscode/connection.js');
      const server = spawn(process.argv[2], ['lsp'], { cwd: process.argv[1] });
      const said = [];
      const connection = new Connection(server, (method, params) => said.push(params));
      (async () => {
        await connection.request('initialize', { rootUri: 'file://' + process.argv[1], capabilities: {} });
        const uri = 'file://' + process.argv[1] + '/policies/decisions.yaml';
        const text = 'decisions: {start: {title: Start, abuot: Session}} # ä😀';
        connection.notify('textDocument/didOpen',
          { textDocument: { uri, languageId: 'yaml', version: 1, text } });
        await connection.request('nothing', {}).catch((error) => console.log(error.message));
        const symbols = await connection.request('textDocument/documentSymbol', { textDocument: { uri } });
        console.log(symbols.map((it) => it.name).join());
        await connection.request('shutdown');
        connection.notify('exit');
        server.on('exit', (status) => {
          const found = said.flatMap((it) => it.diagnostics);
          console.log(status, found.some((it) => it.message.includes("did you mean 'about'?")));
        });
      })();
      """
    let result = try await runCommand(
      URL(filePath: "/usr/bin/env"),
      ["node", "-e", script, packageRoot.path, try builtProduct("tutorpolicy").path],
      secondsAllowed: 120)
    #expect(
      result.standardOutput == "there is no method 'nothing'\nstart\n0 true\n",
      "\(result.standardError)")
  }
}
