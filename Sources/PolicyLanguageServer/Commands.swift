import CEL
import Diagnostics
import LanguageServerProtocol
import PolicyEditing
import PolicyEngine
import PolicyTesting
import YAML

/// What the server does when a client says so.
enum ServerCommand: String, CaseIterable {
  /// Shows what comes of a case, and why.
  case run = "tutorpolicy.runCase"
  /// Has a case expect what comes.
  case accept = "tutorpolicy.acceptCase"
}

extension Workspace {
  /// What came of the case whose name stands on a line.
  mutating func result(of argument: LSP.CaseArgument) -> CaseResult? {
    guard let source = source(of: argument.uri) else { return nil }
    return run()?.results.first { result in
      result.fixture.range.source.name == source.name
        && result.fixture.range.range(encoding).start.line == argument.line
    }
  }

  /// Does what a command says; gives what is to be sent before the answer, and the answer.
  mutating func execute(
    _ params: LSP.ExecuteCommandParams
  ) throws(ResponseError) -> (messages: [ServerMessage], answer: String?) {
    guard let command = ServerCommand(rawValue: params.command) else {
      throw .requestFailed("there is no command '\(params.command)'")
    }
    guard let argument = params.arguments?.first, let result = result(of: argument) else {
      throw .requestFailed("there is no case on this line, or it has a mistake")
    }
    switch command {
    case .run:
      let report = TestTextReport(width: 100, style: .plain)
        .render(TestRun(results: [result], count: 1))
      return ([.show(report, isError: !result.passes)], report)
    case .accept:
      let edits = result.acceptedEdits
      guard !edits.isEmpty else {
        throw .requestFailed(
          result.passes
            ? "the case passes: it expects what comes"
            : "only a person can say what this case should expect")
      }
      return ([.apply("Expect what comes", edit(edits))], nil)
    }
  }

  /// Over each case: to run it, and where it fails to accept what comes.
  mutating func caseLenses(of source: Source, uri: String) -> [LSP.CodeLens] {
    (run()?.results ?? []).filter { $0.fixture.range.source.name == source.name }.flatMap {
      result -> [LSP.CodeLens] in
      let range = result.fixture.range.range(encoding)
      let argument = LSP.CaseArgument(uri: uri, line: range.start.line)
      func lens(_ title: String, _ command: ServerCommand) -> LSP.CodeLens {
        LSP.CodeLens(
          range: range,
          command: LSP.Command(title: title, command: command.rawValue, arguments: [argument]))
      }
      let run = lens(result.passes ? "passes: run" : "fails: run", .run)
      return result.acceptedEdits.isEmpty ? [run] : [run, lens("accept what comes", .accept)]
    }
  }

  /// The results of the expression at a place for a session.
  mutating func explanation(
    _ params: LSP.ExplainParams, today: (PolicySet) -> CivilDate
  ) throws(ResponseError) -> [LSP.ExpressionResult] {
    guard let policies = policies(), let source = source(of: params.textDocument.uri),
      let expression = index()?.expression(
        at: positions(in: source).offset(of: params.position), of: source.name)
    else { throw .requestFailed("there is no expression here") }
    guard let path = FileAddress.path(of: params.session),
      let text = documents[path]?.source ?? (try? files.base(path))
    else { throw .requestFailed("the session can't be read: \(params.session)") }
    var mistakes: [Diagnostic] = []
    let nodes = YAMLReader.read(text, into: &mistakes)
    let document = nodes.first.flatMap {
      FactDocument.read(yaml: $0, schema: policies.vocabulary.schema, into: &mistakes)
    }
    guard let document, nodes.count == 1 else {
      throw .requestFailed(mistakes.first?.message ?? "the file is not one session")
    }
    guard let date = params.today.map({ CivilDate($0) }) ?? today(policies) else {
      throw .requestFailed("'\(params.today ?? "")' is not a date")
    }
    return expression.results(
      in: document, by: policies, today: date,
      decision: params.decision.flatMap { policies.decisionIndex(named: $0) }
    ).map { path, result in
      LSP.ExpressionResult(
        about: path.description, text: result.lines().joined(separator: "\n"))
    }
  }
}

/// What is sent to a client besides an answer.
enum ServerMessage {
  /// Something to be read.
  case show(String, isError: Bool)
  /// An edit to be made.
  case apply(String, LSP.WorkspaceEdit)
}
