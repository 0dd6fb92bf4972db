import CEL
import Diagnostics
import Foundation
import PolicyEngine
import PolicyRendering
import PolicySQL
import TestSupport
import Testing

/// Holds what a database says of documents against what the engine says.
struct Agreement {
  let policies: PolicySet
  let database: Database
  static let today = "2026-11-23"

  /// How the documents came out.
  struct Tally: Equatable {
    var decided = 0
    /// Refused by the engine and the database.
    var refused = 0
    /// Refused by the database alone.
    var left = 0
  }

  /// Expects the same answers, rules and decisions apart that the statement leaves to the engine.
  func tally(
    _ documents: [String], decisions: [Int]? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Tally {
    let statement = policies.sqlStatement(for: database.dialect, decisions: decisions)
    let left = Set(statement.refusals.flatMap(\.notes).compactMap(\.ruleID))
    let answers = try await database.answers(
      of: statement, to: documents, today: Self.today, structure: structure)
    try #require(answers.count == documents.count, sourceLocation: sourceLocation)
    var tally = Tally()
    for (document, answer) in zip(documents, answers) {
      let expected = try engineAnswer(document, decisions: decisions)
      if answer.refused != nil {
        tally.refused += expected == nil ? 1 : 0
        tally.left += expected == nil ? 0 : 1
        continue
      }
      tally.decided += 1
      let wanted = expected?.without(left, decisions: statement.leftDecisions)
      let got = answer.without(left, decisions: statement.leftDecisions)
      #expect(
        got == wanted,
        "\(document)\n\(Self.difference(expected: wanted, actual: got))",
        sourceLocation: sourceLocation)
    }
    return tally
  }

  /// The structure by which DuckDB reads the facts of JSON texts, where the documents are to be a table.
  private var structure: String? {
    guard !database.dialect.layouts.contains(.json) else { return nil }
    let text = policies.sqlStatement(for: .duckdb).text
    return text.firstMatch(of: /from_json\(json, ('.*?')\) AS facts/).map { String($0.1) }
  }

  /// What the engine says; nil of a text that is not a document.
  func engineAnswer(_ document: String, decisions: [Int]?) throws -> Answer? {
    var diagnostics: [Diagnostic] = []
    guard
      let facts = FactDocument.read(
        json: Source(name: "document", text: document), schema: policies.vocabulary.schema,
        into: &diagnostics)
    else { return nil }
    let today = try #require(CivilDate(Self.today))
    let line = policies.decide(facts, today: today, decisions: decisions).ndjsonLine
    return try JSONDecoder().decode(Answer.self, from: Data(line.utf8))
  }

  private static func difference(expected: Answer?, actual: Answer) -> String {
    guard let expected else { return "the engine refuses the document" }
    func lines(_ answer: Answer) -> String {
      let parts: [(String, [Answer.Finding]?)] = [
        ("violated", answer.violated), ("undetermined", answer.undetermined),
        ("warning", answer.warnings),
      ]
      let decisions = (answer.decisions ?? [:]).sorted { $0.key < $1.key }
        .map { "\($0.key): \($0.value)" }
      return (decisions + parts.flatMap { part in (part.1 ?? []).map { "\(part.0): \($0)" } })
        .joined(separator: "\n")
    }
    return lineDiff(expected: lines(expected), actual: lines(actual))
  }
}

extension Diagnostic.Note {
  /// The rule that a note of a refusal names.
  var ruleID: String? {
    message.wholeMatch(of: /rule '(.*)' needs it/).map { String($0.1) }
  }
}

/// The hostile corpus: a small vocabulary, conditions of every kind, and documents that tell nearly equal things apart.
enum Corpus {
  static let folder = packageRoot.appending(path: "Tests/PolicySQLTests/Fixtures/corpus")

  static func policies() throws -> PolicySet {
    let result = PolicySet.load(directory: folder.path)
    return try #require(result.policies, "\(result.diagnostics.map(\.message))")
  }

  static func lines(_ name: String) throws -> [String] {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      .split(separator: "\n").map(String.init)
  }
}
