import ArgumentParser
import CEL
import Diagnostics
import Foundation
import PolicyEditing
import PolicyEngine

/// The results of an expression of a policy file for sessions, part by part.
struct ExplainAt {
  let place: PlaceArgument
  let options: DecisionOptions
  let policies: PolicySet

  func run(
    _ format: SessionRun.Format, jobs: Int, suppositions: [Supposition]
  ) throws {
    let expression = try expression()
    let decision = try options.decision.isEmpty ? nil : options.decisions(of: policies).first
    let policies = policies
    try SessionRun(
      options: options, format: format, policies: policies, jobs: jobs, selection: nil,
      suppositions: suppositions
    ).run { session in
      let results = expression.results(
        in: session.document, by: policies, today: session.today, decision: decision)
      let json = JSONValue.array(
        results.map { path, result in
          .object([("about", .string(path.description)), ("result", result.json)])
        })
      return SessionRun.Report(
        passes: true,
        text: {
          results.map { path, result in
            "\(path)\n" + result.lines(indentation: 2).map { $0.printable + "\n" }.joined()
          }.joined()
        },
        json: { json.pretty }, ndjson: { Array((json.compact + "\n").utf8) })
    }
  }

  /// The expression at the place.
  ///
  /// - Throws: `ExitStatus.usage` where there is none, which is said.
  private func expression() throws -> PlacedExpression {
    let folder = PolicyFolder(options.policyOptions.policies)
    let wanted = Self.absolute(place.file)
    guard let source = folder.files.first(where: { Self.absolute($0.name) == wanted }) else {
      throw refusal(
        "'\(place.file)' is not a file of these policies",
        help: Suggestion.helpOrList(
          for: place.file, among: folder.policies.map(\.name), listing: "the policy files are"))
    }
    let index = SymbolIndex(of: folder, by: policies)
    guard let offset = source.byteOffset(of: place.position),
      let expression = index.expression(at: offset, of: source.name)
    else {
      throw refusal(
        "there is no expression at \(place.file):\(place.position.line):\(place.position.column)",
        help: "name a line and a column of a condition, both counted from 1")
    }
    return expression
  }

  private func refusal(_ message: String, help: String?) -> ExitStatus {
    let diagnostic = Diagnostic(code: .noExpression, message, at: nil, help: help)
    StandardError.write(DiagnosticRenderer(style: options.colors.errorStyle).render(diagnostic))
    return .usage
  }

  private static func absolute(_ path: String) -> String {
    URL(filePath: path.literalPath).standardizedFileURL.path
  }
}

/// A place on the command line: file, line and column, the two counted from 1.
struct PlaceArgument: ExpressibleByArgument {
  let file: String
  let position: SourcePosition

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 3, let line = Int(parts[parts.count - 2]), line > 0,
      let column = Int(parts[parts.count - 1]), column > 0
    else { return nil }
    file = parts.dropLast(2).joined(separator: ":")
    position = SourcePosition(line: line, column: column)
  }
}
