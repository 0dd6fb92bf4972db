// Shows in VS Code what 'tutorpolicy lsp' says. It needs no build step and no packages.
'use strict';

const { spawn } = require('node:child_process');
const vscode = require('vscode');
const { Connection } = require('./connection.js');

const selector = { language: 'yaml', scheme: 'file' };
let connection;

const range = (it) =>
  new vscode.Range(it.start.line, it.start.character, it.end.line, it.end.character);
const location = (it) => new vscode.Location(vscode.Uri.parse(it.uri), range(it.range));
const place = (document, position) => ({
  textDocument: { uri: document.uri.toString() },
  position: { line: position.line, character: position.character },
});
const file = (document) => ({ textDocument: { uri: document.uri.toString() } });
// VS Code writes its own ranges as lists.
const plain = (it) => ({ start: it.start, end: it.end });
const textEdit = (it) => vscode.TextEdit.replace(range(it.range), it.newText);

function workspaceEdit(it) {
  const edit = new vscode.WorkspaceEdit();
  for (const [uri, edits] of Object.entries(it.changes)) {
    edit.set(vscode.Uri.parse(uri), edits.map(textEdit));
  }
  return edit;
}

function diagnostic(it) {
  const severity =
    it.severity === 1 ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const shown = new vscode.Diagnostic(range(it.range), it.message, severity);
  shown.code = it.code;
  shown.source = it.source;
  shown.relatedInformation = (it.relatedInformation ?? []).map(
    (more) => new vscode.DiagnosticRelatedInformation(location(more.location), more.message)
  );
  return shown;
}

function completionItem(it) {
  const item = new vscode.CompletionItem(it.label, it.kind - 1);
  item.detail = it.detail;
  if (it.documentation) item.documentation = new vscode.MarkdownString(it.documentation.value);
  item.range = range(it.textEdit.range);
  item.insertText = it.textEdit.newText;
  return item;
}

function symbol(it) {
  const shown = new vscode.DocumentSymbol(
    it.name, it.detail ?? '', it.kind - 1, range(it.range), range(it.selectionRange));
  shown.children = it.children.map(symbol);
  return shown;
}

function providers(ask) {
  const languages = vscode.languages;
  return [
    languages.registerCompletionItemProvider(selector, {
      provideCompletionItems: async (document, position) =>
        (await ask('textDocument/completion', place(document, position))).items.map(completionItem),
    }, '.', "'", '"'),
    languages.registerHoverProvider(selector, {
      provideHover: async (document, position) => {
        const it = await ask('textDocument/hover', place(document, position));
        return it && new vscode.Hover(new vscode.MarkdownString(it.contents.value), range(it.range));
      },
    }),
    languages.registerDefinitionProvider(selector, {
      provideDefinition: async (document, position) =>
        (await ask('textDocument/definition', place(document, position))).map(location),
    }),
    languages.registerReferenceProvider(selector, {
      provideReferences: async (document, position, context) =>
        (await ask('textDocument/references', { ...place(document, position), context })).map(location),
    }),
    languages.registerRenameProvider(selector, {
      prepareRename: async (document, position) => {
        const it = await ask('textDocument/prepareRename', place(document, position));
        if (!it) throw new Error('there is no name here that could be changed');
        return { range: range(it.range), placeholder: it.placeholder };
      },
      provideRenameEdits: async (document, position, newName) =>
        workspaceEdit(await ask('textDocument/rename', { ...place(document, position), newName })),
    }),
    languages.registerDocumentFormattingEditProvider(selector, {
      provideDocumentFormattingEdits: async (document) =>
        ((await ask('textDocument/formatting', file(document))) ?? []).map(textEdit),
    }),
    languages.registerCodeActionsProvider(selector, {
      provideCodeActions: async (document, where) => {
        const params = { ...file(document), range: plain(where), context: { diagnostics: [] } };
        return (await ask('textDocument/codeAction', params)).map((it) => {
          const action = new vscode.CodeAction(it.title, vscode.CodeActionKind.QuickFix);
          action.edit = workspaceEdit(it.edit);
          action.isPreferred = it.isPreferred;
          return action;
        });
      },
    }),
    languages.registerDocumentSymbolProvider(selector, {
      provideDocumentSymbols: async (document) =>
        (await ask('textDocument/documentSymbol', file(document))).map(symbol),
    }),
    languages.registerInlayHintsProvider(selector, {
      provideInlayHints: async (document, where) =>
        (await ask('textDocument/inlayHint', { ...file(document), range: plain(where) })).map((it) => {
          const hint = new vscode.InlayHint(
            new vscode.Position(it.position.line, it.position.character), it.label);
          hint.paddingLeft = it.paddingLeft;
          return hint;
        }),
    }),
    languages.registerCodeLensProvider(selector, {
      provideCodeLenses: async (document) =>
        (await ask('textDocument/codeLens', file(document))).map(
          (it) => new vscode.CodeLens(range(it.range), it.command)),
    }),
  ];
}

async function activate(context) {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) return;
  const program = vscode.workspace.getConfiguration('tutorpolicy').get('path');
  const server = spawn(program, ['lsp'], { cwd: folder.uri.fsPath });
  server.on('error', (error) =>
    vscode.window.showErrorMessage(`tutorpolicy can't be started: ${error.message}`));
  const sessions = vscode.workspace.getConfiguration('tutorpolicy').get('sessions');
  const output = vscode.window.createOutputChannel('tutorpolicy');
  const shown = vscode.languages.createDiagnosticCollection('tutorpolicy');
  connection = new Connection(server, (method, params) => {
    if (method === 'window/showMessage') output.appendLine(params.message);
    if (method !== 'textDocument/publishDiagnostics') return;
    shown.set(vscode.Uri.parse(params.uri), params.diagnostics.map(diagnostic));
  }, async (method, params) => {
    if (method !== 'workspace/applyEdit') return null;
    return { applied: await vscode.workspace.applyEdit(workspaceEdit(params.edit)) };
  });
  await connection.request('initialize', {
    processId: process.pid,
    workspaceFolders: [{ uri: folder.uri.toString(), name: folder.name }],
    capabilities: { general: { positionEncodings: ['utf-16'] } },
    initializationOptions: sessions ? { sessions } : {},
  });
  connection.notify('initialized', {});
  const isOurs = (document) => document.languageId === 'yaml' && document.uri.scheme === 'file';
  const open = (document) => isOurs(document) && connection.notify('textDocument/didOpen', {
    textDocument: {
      uri: document.uri.toString(), languageId: 'yaml', version: document.version,
      text: document.getText(),
    },
  });
  vscode.workspace.textDocuments.forEach(open);
  const commands = ['tutorpolicy.runCase', 'tutorpolicy.acceptCase'].map((command) =>
    vscode.commands.registerCommand(command, async (argument) => {
      if (command === 'tutorpolicy.runCase') output.show(true);
      try {
        await connection.request('workspace/executeCommand', { command, arguments: [argument] });
      } catch (error) {
        vscode.window.showErrorMessage(error.message);
      }
    }));
  context.subscriptions.push(
    shown,
    output,
    ...commands,
    vscode.workspace.onDidOpenTextDocument(open),
    vscode.workspace.onDidCloseTextDocument((document) =>
      isOurs(document) && connection.notify('textDocument/didClose', file(document))),
    vscode.workspace.onDidSaveTextDocument((document) =>
      connection.notify('textDocument/didSave', file(document))),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) =>
      isOurs(document) && contentChanges.length > 0 && connection.notify('textDocument/didChange', {
        textDocument: { uri: document.uri.toString(), version: document.version },
        contentChanges: contentChanges.map((it) => ({ range: plain(it.range), text: it.text })),
      })),
    ...providers((method, params) => connection.request(method, params)));
}

async function deactivate() {
  await connection?.request('shutdown');
  connection?.notify('exit');
}

module.exports = { activate, deactivate };
