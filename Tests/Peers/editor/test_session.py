"""Drives 'tutorpolicy lsp' by a client of other people: pytest-lsp, and pygls beneath it.

The program is named by TUTORPOLICY, a folder with policies and Examples in it by TUTORPOLICY_WORKSPACE.
"""

import os
import pathlib

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

WORKSPACE = pathlib.Path(os.environ["TUTORPOLICY_WORKSPACE"])
ENDING = WORKSPACE / "policies" / "ending.yaml"


@pytest_lsp.fixture(
    config=ClientServerConfig(server_command=[os.environ["TUTORPOLICY"], "lsp"])
)
async def client(lsp_client: LanguageClient):
    result = await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=client_capabilities("visual-studio-code"),
            workspace_folders=[types.WorkspaceFolder(uri=WORKSPACE.as_uri(), name="it")],
        )
    )
    lsp_client.answered = result
    yield
    await lsp_client.shutdown_session()


def opened(client, path):
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(
            text_document=types.TextDocumentItem(
                uri=path.as_uri(), language_id="yaml", version=1, text=path.read_text()
            )
        )
    )
    return path.read_text()


def place(text, found, more=0):
    """The position of a text, counted in UTF-16, as this client does."""
    before = text[: text.index(found) + more]
    line = before.rsplit("\n", 1)[-1]
    return types.Position(before.count("\n"), len(line.encode("utf-16-le")) // 2)


def change(client, path, version, start, end, text):
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            text_document=types.VersionedTextDocumentIdentifier(uri=path.as_uri(), version=version),
            content_changes=[
                types.TextDocumentContentChangePartial(
                    range=types.Range(start, end), text=text
                )
            ],
        )
    )


async def diagnostics_of(client, path, version):
    """What is said of a version of a text; nothing is said of a file that never had a mistake."""
    for _ in range(100):
        await client.wait_for_notification("textDocument/publishDiagnostics")
        found = client.diagnostics.get(path.as_uri(), [])
        if found or version is None:
            return found
    raise AssertionError("nothing is said of " + str(path))


@pytest.mark.asyncio
async def test_mistake_fix_undo(client):
    text = opened(client, ENDING)
    start = place(text, "has(session.end)\n        - every", len("has(session."))
    end = types.Position(start.line, start.character + 3)
    change(client, ENDING, 2, start, end, "ende")
    found = await diagnostics_of(client, ENDING, 2)
    assert [(d.code, d.severity) for d in found] == [("unknown-fact", 1)]
    assert found[0].range.start == start
    assert "did you mean 'end'?" in found[0].message

    actions = await client.text_document_code_action_async(
        types.CodeActionParams(
            text_document=types.TextDocumentIdentifier(uri=ENDING.as_uri()),
            range=found[0].range,
            context=types.CodeActionContext(diagnostics=found),
        )
    )
    fix = actions[0]
    assert fix.title == "Change to 'end'"
    edit = fix.edit.changes[ENDING.as_uri()][0]
    change(client, ENDING, 3, edit.range.start, edit.range.end, edit.new_text)
    await client.wait_for_notification("textDocument/publishDiagnostics")
    assert not client.diagnostics[ENDING.as_uri()]


@pytest.mark.asyncio
async def test_rename_format_and_ways(client):
    text = opened(client, ENDING)
    document = types.TextDocumentIdentifier(uri=ENDING.as_uri())
    start = place(text, "session.schoolHeldAt in", len("session.sch"))
    hover = await client.text_document_hover_async(types.HoverParams(document, start))
    assert "a term of type" in hover.contents.value.lower()
    definition = await client.text_document_definition_async(
        types.DefinitionParams(document, start)
    )
    assert definition[0].uri.endswith("/policies/vocabulary.yaml")
    references = await client.text_document_references_async(
        types.ReferenceParams(types.ReferenceContext(include_declaration=True), document, start)
    )
    assert len(references) > 8
    prepared = await client.text_document_prepare_rename_async(
        types.PrepareRenameParams(document, start)
    )
    assert prepared.placeholder == "schoolHeldAt"
    edit = await client.text_document_rename_async(
        types.RenameParams(text_document=document, position=start, new_name="heldAt")
    )
    assert sum(len(edits) for edits in edit.changes.values()) == len(references)
    assert any(uri.endswith("/fixtures/starting.yaml") for uri in edit.changes)
    formatting = types.DocumentFormattingParams(document, types.FormattingOptions(2, True))
    assert not await client.text_document_formatting_async(formatting)
    start = types.Position(1, 0)
    change(client, ENDING, 2, start, start, "\n\n\n")
    edits = await client.text_document_formatting_async(formatting)
    assert [edit.new_text for edit in edits] == ["\n"] or len(edits) == 1
    symbols = await client.text_document_document_symbol_async(
        types.DocumentSymbolParams(document)
    )
    assert "session-finished" in [symbol.name for symbol in symbols]
    lenses = await client.text_document_code_lens_async(types.CodeLensParams(document))
    assert any("all pass" in lens.command.title for lens in lenses)
    tokens = await client.text_document_semantic_tokens_full_async(
        types.SemanticTokensParams(document)
    )
    assert len(tokens.data) % 5 == 0 and tokens.data
    folds = await client.text_document_folding_range_async(types.FoldingRangeParams(document))
    assert folds


@pytest.mark.asyncio
async def test_completion(client):
    text = opened(client, ENDING)
    document = types.TextDocumentIdentifier(uri=ENDING.as_uri())
    start = place(text, "session.schoolHeldAt in", len("session."))
    offered = await client.text_document_completion_async(types.CompletionParams(document, start))
    labels = [item.label for item in offered.items]
    assert "workOrder" in labels and "schoolHeldAt" in labels


@pytest.mark.asyncio
async def test_the_right_errors(client):
    with pytest.raises(Exception, match="there is no method"):
        await client.protocol.send_request_async("textDocument/nothing", {})
